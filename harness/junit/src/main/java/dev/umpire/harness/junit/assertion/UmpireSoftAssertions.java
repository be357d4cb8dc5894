package dev.umpire.harness.junit.assertion;

import dev.umpire.harness.run.Run;
import dev.umpire.histories.History;
import java.util.function.Consumer;
import org.assertj.core.api.AbstractSoftAssertions;
import org.assertj.core.api.SoftAssertionsProvider;

/**
 * Several sentences of which all that are wrong are told at once.
 *
 * <pre>
 * UmpireSoftAssertions.assertAllOf(softly -&gt; {
 *     softly.assertThat(history).readsItsOwnWrites();
 *     softly.assertThat(run).keptItsPromise();
 * });
 * </pre>
 */
public class UmpireSoftAssertions extends AbstractSoftAssertions {

    /** Says all sentences, and fails with those that are wrong. */
    public static void assertAllOf(Consumer<UmpireSoftAssertions> sentences) {
        SoftAssertionsProvider.assertSoftly(UmpireSoftAssertions.class, sentences);
    }

    /** About a history. */
    public HistoryAssert assertThat(History actual) {
        return proxy(HistoryAssert.class, History.class, actual);
    }

    /** About a run. */
    public RunAssert assertThat(Run actual) {
        return proxy(RunAssert.class, Run.class, actual);
    }
}
