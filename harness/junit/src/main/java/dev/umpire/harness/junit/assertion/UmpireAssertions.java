package dev.umpire.harness.junit.assertion;

import dev.umpire.harness.run.Run;
import dev.umpire.histories.History;

/**
 * Where sentences begin.
 *
 * <pre>
 * import static dev.umpire.checkers.Guarantee.READ_YOUR_WRITES;
 * import static dev.umpire.harness.junit.assertion.UmpireAssertions.assertThat;
 *
 * assertThat(history).satisfies(READ_YOUR_WRITES);
 * </pre>
 */
public final class UmpireAssertions {
    private UmpireAssertions() {}

    /** About a history. */
    public static HistoryAssert assertThat(History actual) {
        return new HistoryAssert(actual);
    }

    /** About a run. */
    public static RunAssert assertThat(Run actual) {
        return new RunAssert(actual);
    }
}
