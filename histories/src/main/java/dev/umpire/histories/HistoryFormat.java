package dev.umpire.histories;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The formats that histories are written in.
 *
 * <p>A further format is a constant here, a case in {@link HistoryFiles#write} and in {@link HistoryFiles#losses}, and, if it is
 * read as well, a constant and a test of the first characters in {@link DetectedFormat}. Its name is what people type, and the
 * extension of a file name means it unless another format claims that in {@link #ofFileName}.
 */
public enum HistoryFormat {
    /** Umpire's own: JSON Lines with header and trailer; the schema is in the module's README.md. */
    JSONL,
    /** Jepsen's: one EDN map a line. Header and trailer have no place there. */
    EDN,
    /** Umpire's own: blocks of columns, small and fast, from which nothing is lost; the layout is in the module's README.md. */
    BINARY,
    /** One JSON array of Jepsen's events, as elle-cli takes it: keywords are strings. */
    JSON,
    /** dbcop's text: sessions of transactions over registers, without time. */
    DBCOP,
    /** dbcop's JSON: the same, with numbers for keys. */
    DBCOP_JSON,
    /** Plume's text: the same, one read or write a line. */
    PLUME,
    /** AWDIT's own text: the same, of committed transactions alone. */
    AWDIT;

    /** What people call it on a command line, such as {@code dbcop-json}. */
    public String formatName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The format of that name; empty if there is none. */
    public static Optional<HistoryFormat> ofName(String name) {
        return Arrays.stream(values())
                .filter(format -> format.formatName().equals(name))
                .findFirst();
    }

    /** The format that the extension of a file name stands for, in any case of letters; empty if it stands for none. */
    public static Optional<HistoryFormat> ofFileName(String fileName) {
        String extension = fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return (extension.equals("umpire") ? Optional.of(BINARY) : ofName(extension))
                .filter(format -> fileName.indexOf('.') >= 0);
    }

    /** Whether it keeps the order within each session alone, and nothing but reads and writes of registers. */
    boolean isOfSessions() {
        return switch (this) {
            case DBCOP, DBCOP_JSON, PLUME, AWDIT -> true;
            case JSONL, EDN, BINARY, JSON -> false;
        };
    }
}
