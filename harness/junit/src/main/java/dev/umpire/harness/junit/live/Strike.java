package dev.umpire.harness.junit.live;

/** A fault that a test has put in force; to close it undoes it. */
public final class Strike implements AutoCloseable {
    private final LiveNemesis nemesis;
    private final int id;
    private final String fault;
    private final String evidence;

    Strike(LiveNemesis nemesis, int id, String fault, String evidence) {
        this.nemesis = nemesis;
        this.id = id;
        this.fault = fault;
        this.evidence = evidence;
    }

    /** By what it was seen in force, one sentence of the probe. */
    public String evidence() {
        return evidence;
    }

    /**
     * Undoes it, and waits until a probe has seen it gone or was put off because of another fault. Doing so again does nothing.
     *
     * @throws IllegalStateException if it cannot be undone
     */
    public void heal() {
        nemesis.undo(id, fault);
    }

    @Override
    public void close() {
        heal();
    }

    /** For people: {@code partition n1 │ n2 n3}. */
    @Override
    public String toString() {
        return fault;
    }
}
