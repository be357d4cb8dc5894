package dev.umpire.checkers.knossos.analysis;

/** Which of Knossos' searches is asked. */
public enum Algorithm {
    /** Both searches at once; the first answer counts. */
    COMPETITION("competition"),
    /** Wing and Gong's search with Lowe's memo of configurations. */
    WGL("wgl"),
    /** Just-in-time linearization over sets of configurations. */
    LINEAR("linear");

    private final String optionName;

    Algorithm(String optionName) {
        this.optionName = optionName;
    }

    /** As on the command line. */
    public String optionName() {
        return optionName;
    }

    /** The Clojure namespace whose {@code analysis} it is. */
    public String namespace() {
        return "knossos." + optionName;
    }
}
