package dev.umpire.checkers.availability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.Guarantee;
import dev.umpire.checkers.oracle.Transcript;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.Figure;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.histories.History;
import dev.umpire.histories.event.MalformedHistoryException;
import java.util.List;
import org.junit.jupiter.api.Test;

class AvailableWithinTest {
    private static Verdict check(String bound, String lines) {
        return Guarantee.named("available-within:" + bound).check(Transcript.parse(lines));
    }

    private static Verdict parsed(String bound, String lines) throws MalformedHistoryException {
        return Guarantee.named("available-within:" + bound).check(History.parse(lines));
    }

    @Test
    void aSilenceLongerThanTheBoundIsToldWithWhoAskedInVain() {
        Verdict verdict = check("9ms", """
                10..12 ms  session 1  n1  read x  ok nil
                14..20 ms  session 1  n1  read x  fail
                21..24 ms  session 2  n2  read x  ok nil
                """);

        assertThat(verdict.answer()).isEqualTo(Answer.INVALID);
        assertThat(verdict.obliged()).isEqualTo(2);
        Anomaly anomaly = verdict.anomalies().get(0);
        assertThat(anomaly.kind()).isEqualTo("SILENCE");
        assertThat(anomaly.operations()).containsExactly(1, 2);
        assertThat(anomaly.sentence())
                .isEqualTo(
                        "from 14 ms on, session 1 asked (read x at n1, 14 ms to 20 ms, failed), and the first read to"
                                + " be acknowledged was that of session 2 at 24 ms: 10 ms, more than 9 ms");
        assertThat(verdict.figures()).containsExactly(Figure.nanos("longest silence", 10_000_000));
    }

    @Test
    void eachFunctionIsMeasuredByItself() {
        assertThat(check("5ms", """
                        10..12 ms  session 1  n1  write x 1  ok
                        13..15 ms  session 2  n2  read x  ok 1
                        13..30 ms  session 1  n1  write x 2  ok
                        15..18 ms  session 2  n2  read x  ok 1
                        18..22 ms  session 2  n2  read x  ok 1
                        """).anomalies())
                .singleElement()
                .extracting(Anomaly::sentence)
                .asString()
                .contains("the first write to be acknowledged");
    }

    @Test
    void whereNobodyAsksNobodyIsSilent() {
        Verdict verdict = check("5ms", """
                10..12 ms  session 1  n1  read x  ok nil
                60..62 ms  session 1  n1  read x  ok nil
                90..99 ms  session 1  n1  read x  ok nil final
                """);

        assertThat(verdict.answer()).isEqualTo(Answer.VALID);
        assertThat(verdict.figures()).containsExactly(Figure.nanos("longest silence", 2_000_000));
    }

    @Test
    void aSilenceThatEndsWithTheRecordingCountsOnlyIfItIsTooLongByThen() {
        String lines = """
                10..12 ms  session 1  n1  read x  ok nil
                14..20 ms  session 1  n1  read x  info
                """;

        Verdict within = check("6ms", lines);
        assertThat(within.answer()).isEqualTo(Answer.VALID);
        assertThat(within.obliged()).isEqualTo(1);
        assertThat(within.figures()).containsExactly(Figure.nanos("longest silence", 2_000_000));
        assertThat(check("5ms", lines).answer()).isEqualTo(Answer.INVALID);
    }

    @Test
    void whatWasGivenUpInTheMomentInWhichItWasAskedWasTried() {
        Verdict verdict = check("5ms", """
                10..12 ms  session 1  n1  read x  ok nil
                14..14 ms  session 1  n1  read x  fail
                15..15 ms  session 1  n1  read x  fail
                20..20 ms  session 2  n2  read x  fail
                """);

        assertThat(verdict.anomalies()).singleElement().satisfies(anomaly -> {
            assertThat(anomaly.operations()).containsExactly(1, 2);
            assertThat(anomaly.sentence())
                    .isEqualTo(
                            "from 14 ms on, session 1 asked (read x at n1, 14 ms to 14 ms, failed), and no read had been"
                                    + " acknowledged when the last one that is recorded was given up at 20 ms: at least 6 ms,"
                                    + " more than 5 ms");
        });
    }

    @Test
    void whatNeverEndsIsAskedAsLongAsAnythingIsRecorded() throws MalformedHistoryException {
        Verdict verdict = parsed("5ms", """
                {"time":10000000,"type":"invoke","process":1,"f":"read","key":"x"}
                {"time":12000000,"type":"ok","process":1,"f":"read","key":"x"}
                {"time":14000000,"type":"invoke","process":1,"f":"read","key":"x"}
                {"time":20000000,"type":"invoke","process":2,"f":"write","key":"x","value":1}
                {"time":30000000,"type":"ok","process":2,"f":"write","key":"x","value":1}
                """);

        assertThat(verdict.anomalies())
                .extracting(Anomaly::sentence)
                .containsExactlyInAnyOrder(
                        "from 14 ms on, session 1 asked (read x, from 14 ms, outcome unknown), and no read had been"
                                + " acknowledged when the last one that is recorded was given up at 30 ms: at least 16 ms,"
                                + " more than 5 ms",
                        "from 20 ms on, session 2 asked (wrote x=1, 20 ms to 30 ms, acknowledged), and the first write to be"
                                + " acknowledged was that of session 2 at 30 ms: 10 ms, more than 5 ms");
        assertThat(verdict.figures()).containsExactly(Figure.nanos("longest silence", 16_000_000));
    }

    @Test
    void whatHasNoTimesCountsForNothing() throws MalformedHistoryException {
        Verdict verdict = parsed("5ms", """
                {"time":10000000,"type":"invoke","process":1,"f":"read","key":"x"}
                {"time":12000000,"type":"ok","process":1,"f":"read","key":"x"}
                {"time":12000000,"type":"invoke","process":1,"f":"read","key":"x"}
                {"type":"ok","process":1,"f":"read","key":"x"}
                {"type":"invoke","process":1,"f":"read","key":"x"}
                {"time":40000000,"type":"ok","process":1,"f":"read","key":"x"}
                {"type":"invoke","process":1,"f":"write","key":"x","value":1}
                {"type":"ok","process":1,"f":"write","key":"x","value":1}
                """);

        assertThat(verdict.answer()).isEqualTo(Answer.VALID);
        assertThat(verdict.obliged()).isEqualTo(1);
        assertThat(verdict.figures()).containsExactly(Figure.nanos("longest silence", 2_000_000));
    }

    @Test
    void aFunctionThatIsNeverAcknowledgedIsUndecided() {
        Verdict verdict = check("5ms", """
                10..12 ms  session 1  n1  read x  ok nil
                14..90 ms  session 1  n1  cas x 1 2  fail
                14..90 ms  session 2  n1  write x 2  info
                """);

        assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(verdict.obliged()).isEqualTo(1);
        assertThat(verdict.reason())
                .contains("no cas and no write was ever acknowledged, so that nobody knows whether the store has it");
    }

    @Test
    void withoutOperationsOrABoundNothingIsDecided() {
        assertThat(check("5ms", "10..12 ms  session 1  n1  read x  ok nil final")
                        .reason())
                .contains("no operation with its times is recorded: nothing could have been violated");
        Verdict measured = Guarantee.AVAILABLE_WITHIN.check(Transcript.parse("""
                10..12 ms  session 1  n1  read x  ok nil
                """));
        assertThat(measured.reason()).contains("no bound was asked for, as in available-within:2s");
        assertThat(measured.figures()).isEqualTo(List.of(Figure.nanos("longest silence", 2_000_000)));
    }
}
