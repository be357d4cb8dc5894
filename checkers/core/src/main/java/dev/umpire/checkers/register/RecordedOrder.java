package dev.umpire.checkers.register;

/** An order of a register's writes that the history itself tells, so that nothing needs to be assumed. */
public sealed interface RecordedOrder permits ReportedVersions, TracedOrder {

    /** How many writes stand in one row. */
    int count();

    /** The write at a place of that row, from 0, the oldest. */
    int write(int place);

    /** Grows from older writes to newer ones; {@link dev.umpire.histories.History#ABSENT} for one that may stand anywhere. */
    long rank(int write);

    /** Whether the first write certainly stands before the second. */
    boolean before(int first, int second);
}
