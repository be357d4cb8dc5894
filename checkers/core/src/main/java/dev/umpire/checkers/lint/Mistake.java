package dev.umpire.checkers.lint;

/** A kind of mistake in a recording, with why it matters and how to mend it. Worst first. */
public enum Mistake {
    /** A write recorded as failed whose value is read. */
    FAILED_WRITE_READ(
            "failed writes whose value is read",
            "a write that may have taken effect is no failure: checkers drop failed operations, and every read of its value"
                    + " then looks like a read of aborted data",
            "record fail only where the store certainly did nothing; a timeout, a lost connection and an unclear error are info"),
    /** An operation of a process after one of unknown outcome. */
    PROCESS_REUSED(
            "processes that go on after an unknown outcome",
            "the operation of unknown outcome may still take effect, so what the process does next does not come after it",
            "go on in a new process, and name the session in both (the field session)"),
    /** Some operations name a key, others on the same store do not. */
    KEYED_AND_UNKEYED(
            "operations without a key beside operations with one",
            "operations without a key are about another object than those with one, and what was written to the one is never"
                    + " found in the other",
            "name the key in every operation, in the field key or as [key value] in all values (--independent)"),
    /** Operations of functions that no checker and no built-in model knows. */
    FUNCTION_NOT_KNOWN(
            "functions that no checker knows",
            "what such an operation reads or writes is not known: guarantees of its keys are undecided, and a value that only it"
                    + " wrote is a phantom where it is read",
            "name it as the schema of histories does (write for a put or set of one value, read for a lookup), or judge with a"
                    + " model of your own that knows it"),
    /** A value that nobody wrote, read where the initial value would be. */
    INITIAL_NOT_DECLARED(
            "reads of an initial value that nobody declared",
            "a value that nobody wrote is a phantom, unless it was there from the beginning",
            "declare it: --initial VALUE, or initial in the header of the recording"),
    /** One value written twice to a key, or the initial value written. */
    VALUES_NOT_UNIQUE(
            "values that are written more than once to a key",
            "a read of such a value cannot be joined to one write, so that most guarantees are undecided for the key",
            "write every value once: a counter, or session and counter"),
    /** A session that has no operation acknowledged, though it asked. */
    SESSION_NEVER_ANSWERED(
            "sessions of which no operation was answered",
            "such a session has seen nothing, and all that it wrote may or may not exist",
            "check the client's connection and its timeout"),
    /** Time that runs backwards. */
    TIME_BACKWARDS(
            "times that run backwards",
            "the order of the events is what counts, and was used; but staleness and other durations are wrong",
            "take times from one monotonic clock of the recorder, at the moment at which the event is recorded"),
    /** Several nodes, and no session uses more than one. */
    NO_SESSION_MOVES(
            "sessions that never change their node",
            "a session that stays at one replica hardly ever sees time go back: what is held says little about sessions that"
                    + " move",
            "let sessions reconnect to another node now and then"),
    /** Operations that name no node. */
    NO_NODES(
            "operations that name no node",
            "nobody can tell at which replica something was seen, nor whether any session ever changed it",
            "record whom each request was sent to (the field node)"),
    /** Writes, and no read that was answered. */
    NOTHING_READ(
            "writes of which none is ever read",
            "a history in which nothing is read back keeps every guarantee and shows none",
            "read what was written, from other sessions and other nodes too");

    private final String title;
    private final String why;
    private final String mend;

    Mistake(String title, String why, String mend) {
        this.title = title;
        this.why = why;
        this.mend = mend;
    }

    /** What it is, in the plural, without a full stop: {@code times that run backwards}. */
    public String title() {
        return title;
    }

    /** Why it matters, one sentence without a full stop. */
    public String why() {
        return why;
    }

    /** How to mend it, one sentence without a full stop. */
    public String mend() {
        return mend;
    }
}
