package dev.umpire.harness.cli.serve;

/** How a run stands. */
enum State {
    HELD("✓ held", "held"),
    BROKEN("✗ broken", "broken"),
    UNDECIDED("? undecided", "undecided"),
    /** A checker ended with an exception. */
    FAILED("! failed", "broken"),
    /** Its cluster is being started: nothing was recorded yet. */
    STARTING("… starting", "going"),
    RUNNING("… running", "going"),
    /** Its recording is whole, its verdict does not stand there yet. */
    JUDGING("… being judged", "going"),
    /** It has written nothing for long, and its recording has no end. */
    INTERRUPTED("! interrupted", "undecided"),
    /** Its recording is whole, and nobody kept a verdict, as of a replay. */
    NOT_JUDGED("not judged", "undecided");

    private final String words;
    private final String style;

    State(String words, String style) {
        this.words = words;
        this.style = style;
    }

    /** As people read it, never told by colour alone. */
    String words() {
        return words;
    }

    /** The class by which the page's style knows it. */
    String style() {
        return style;
    }

    /** Whether it may still change by itself. */
    boolean isGoingOn() {
        return this == STARTING || this == RUNNING || this == JUDGING;
    }
}
