package dev.umpire.harness.junit.live;

import dev.umpire.harness.environment.Polling;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/**
 * Something that is to become true of a cluster, and what was last seen of it.
 *
 * <p>{@code await().until(condition)} waits for it; the extensions of Umpire tell what it last saw when the test fails.
 * {@code await().untilAsserted(condition::require)} tells it in Awaitility's own message, in any test. Thread-safe.
 */
public abstract class Condition implements Callable<Boolean> {
    private final String awaited;
    private final Supplier<Polling.Seen> question;
    private final Runnable untilNextTime;
    private volatile Polling.Seen last = new Polling.Seen(false, "it was never asked for");

    /**
     * @param awaited what is to become true, for people
     * @param question asks for it; what it throws is told as what was seen
     * @param untilNextTime is run when it is not true yet
     */
    Condition(String awaited, Supplier<Polling.Seen> question, Runnable untilNextTime) {
        this.awaited = awaited;
        this.question = question;
        this.untilNextTime = untilNextTime;
    }

    /** Asks once; whether it is true now. A question that fails is a no, with the reason as what was seen. */
    @Override
    public Boolean call() {
        Polling.Seen seen;
        try {
            seen = question.get();
        } catch (IllegalStateException noAnswer) {
            seen = new Polling.Seen(false, String.valueOf(noAnswer.getMessage()));
        }
        last = seen;
        if (!seen.reached()) {
            untilNextTime.run();
        }
        return seen.reached();
    }

    /**
     * Asks once.
     *
     * @throws AssertionError if it is not true now; the message says what was seen
     */
    public void require() {
        if (!call()) {
            throw new AssertionError(this);
        }
    }

    /** Whether it was true when it was last asked for. */
    public boolean reached() {
        return last.reached();
    }

    /** What was seen when it was last asked for, for people. */
    public String lastSeen() {
        return last.lastSeen();
    }

    /** {@code awaited that all replicas have everything; last seen: n1 leads at 812; n2 does not answer}. */
    @Override
    public String toString() {
        return "awaited " + awaited + "; last seen: " + lastSeen();
    }
}
