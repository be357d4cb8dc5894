package dev.umpire.checkers.verdict;

/** What an OK read says whose value is nil. */
public enum NilReads {
    /** It returned the absent value: there was nothing, or nil was written. */
    ABSENT("absent"),
    /** Its result is not known, and any would be right; as Knossos takes it. */
    UNKNOWN("unknown");

    private final String optionName;

    NilReads(String optionName) {
        this.optionName = optionName;
    }

    /** As on the command line. */
    public String optionName() {
        return optionName;
    }
}
