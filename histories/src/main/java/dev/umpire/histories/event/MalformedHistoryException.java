package dev.umpire.histories.event;

import java.io.IOException;

/**
 * A history file that cannot be read, with the place, what was found there and what was expected. Its message is one
 * line, made for people: {@code run7/history.edn:1204:17: found :typ, expected :type in an operation map}.
 */
public final class MalformedHistoryException extends IOException {
    private static final long serialVersionUID = 1;

    private final String source;
    private final long line;
    private final long column;
    private final String problem;

    /**
     * @param source the file, or another name of where the text came from
     * @param line from 1
     * @param column from 1
     * @param problem "found ..., expected ..."
     */
    public MalformedHistoryException(String source, long line, long column, String problem) {
        this(source, line, column, problem, source + ":" + line + ":" + column + ": " + problem);
    }

    private MalformedHistoryException(String source, long line, long column, String problem, String message) {
        super(message);
        this.source = source;
        this.line = line;
        this.column = column;
        this.problem = problem;
    }

    /**
     * A refusal of a file that has no lines: its message names the byte, {@code run7/history.umpire: byte 812: found ...}.
     *
     * @param offset of the byte, from 0; it is in line 1, in the column behind that number
     */
    public static MalformedHistoryException atByte(String source, long offset, String problem) {
        return new MalformedHistoryException(
                source, 1, offset + 1, problem, source + ": byte " + offset + ": " + problem);
    }

    /** What was found and what was expected, without the place. */
    public String problem() {
        return problem;
    }

    public String source() {
        return source;
    }

    public long line() {
        return line;
    }

    public long column() {
        return column;
    }
}
