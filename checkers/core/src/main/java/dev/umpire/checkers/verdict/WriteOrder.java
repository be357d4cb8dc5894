package dev.umpire.checkers.verdict;

/** The write order assumption: which writes of one key certainly took effect one after the other. */
public enum WriteOrder {
    /** An acknowledged write took effect before every write of its key that was invoked after the acknowledgement. */
    REAL_TIME("real-time", "real-time write order"),
    /** Only the writes of one session are ordered. */
    SESSION("session", "session write order"),
    /** Nothing is assumed. */
    NONE("none", "no write order");

    private final String optionName;
    private final String phrase;

    WriteOrder(String optionName, String phrase) {
        this.optionName = optionName;
        this.phrase = phrase;
    }

    /** As on the command line. */
    public String optionName() {
        return optionName;
    }

    /** As in a verdict's {@code assumes}. */
    public String phrase() {
        return phrase;
    }
}
