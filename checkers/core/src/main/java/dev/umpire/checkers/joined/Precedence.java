package dev.umpire.checkers.joined;

/** Which operations stand before others in every order that is looked for. */
public enum Precedence {

    /** Those that were completed before the other was invoked, of one session. */
    SESSION("that keeps each session's own order "),

    /** Those that were completed before the other was invoked, of all sessions. */
    REAL_TIME("that keeps real time ");

    private final String words;

    Precedence(String words) {
        this.words = words;
    }

    /** {@code that keeps real time }, with a space behind. */
    String words() {
        return words;
    }
}
