package dev.umpire.histories.binary;

/** What the codes of a column are added to; written as its code, 0 to 4. See {@link ColumnWriter}. */
public enum Transform {
    /** Nothing: the code is the number. */
    PLAIN(0),
    /** The number before it; 0 before the first. */
    DELTA(1),
    /** The number of the reference column in the same row; 0 where that has none. */
    REFERENCE(2),
    /** The largest number before it in this column, 0 at first; the packed number 0 stands for the number 0 itself. */
    NEWEST(3),
    /** The largest number of the reference column up to this row; the packed number 0 stands for the number 0 itself. */
    NEWEST_REFERENCE(4);

    private final int code;

    Transform(int code) {
        this.code = code;
    }

    /** What stands for it in a file. */
    int code() {
        return code;
    }

    boolean reservesZero() {
        return this == NEWEST || this == NEWEST_REFERENCE;
    }
}
