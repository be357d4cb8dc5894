package dev.umpire.checkers.online;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.oracle.Share;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.histories.value.Value;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is remembered does not grow with the recording. Counted, not measured. */
class OnlineMemoryTest {
    private static final int WINDOW = 1_000;
    private static final int KEYS = 4;

    /** Beside the window: for each key what is open, a few bounds of 8 sessions, and runs of forgotten numbers. */
    private static final int MOST = 2 * WINDOW + KEYS * 150;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "read-your-writes",
                "monotonic-reads",
                "integrity",
                "linearizable",
                "bounded-staleness:500ms",
                "bounded-staleness:20versions"
            })
    void ofAMillionEventsLittleMoreThanTheWindowIsRemembered(String guarantee) {
        OnlineChecker online = OnlineChecker.of(guarantee, CheckOptions.DEFAULT, Value.NIL, WINDOW)
                .orElseThrow();
        LongRecording recording = new LongRecording(KEYS);
        long most = 0;
        for (int i = 0; i < Share.of(1_000); i++) {
            recording.next(1_000, online::accept);
            most = Math.max(most, online.retained());
        }
        assertThat(most).isLessThan(MOST);
        assertThat(online.answer()).isEqualTo(Answer.VALID);
        assertThat(online.verdict().obliged()).isGreaterThan(Share.seen(200_000));
    }
}
