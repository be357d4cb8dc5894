package dev.umpire.harness.cli.terminal;

import java.io.PrintStream;
import java.util.OptionalInt;

/**
 * Where the command writes.
 *
 * @param out standard output: the answer
 * @param err standard error: progress, warnings, errors
 * @param outColours whether colours may be used on {@code out}: it is a terminal, and the user did not say NO_COLOR
 * @param errIsTerminal whether a status line can be rewritten on {@code err}
 * @param columns of the terminal; 80 where unknown
 * @param outColumns of the terminal to which {@code out} goes; empty: it goes to none, or nobody knows how wide that is
 */
public record Terminal(
        PrintStream out,
        PrintStream err,
        boolean outColours,
        boolean errIsTerminal,
        int columns,
        OptionalInt outColumns) {

    /** Where {@code out} is as wide as every line. */
    public Terminal(PrintStream out, PrintStream err, boolean outColours, boolean errIsTerminal, int columns) {
        this(out, err, outColours, errIsTerminal, columns, OptionalInt.empty());
    }

    /** How a word is set off. */
    public enum Style {
        PLAIN(""),
        STRONG("1"),
        FAINT("2"),
        BAD("31;1"),
        GOOD("32"),
        OPEN("33");

        private final String code;

        Style(String code) {
            this.code = code;
        }
    }

    /** The text in a colour, if it goes to standard output and colours are allowed. */
    public String styled(Style style, String text) {
        return outColours && style != Style.PLAIN ? "\u001b[" + style.code + "m" + text + "\u001b[0m" : text;
    }

    /** Writes out what is buffered. */
    public void flush() {
        out.flush();
        err.flush();
    }
}
