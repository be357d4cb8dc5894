package dev.umpire.checkers.staleness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.checkers.Guarantee;
import dev.umpire.checkers.oracle.Transcript;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Figure;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.histories.History;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedStalenessTest {
    private static final String FOLLOWER = """
            10..20 ms  session 1  n1  write x 7  ok
            30..40 ms  session 1  n1  write x 8  ok
            50..60 ms  session 1  n1  write x 9  ok
            45..48 ms  session 2  n2  read x     ok 7
            70..71 ms  session 2  n2  read x     ok 7
            80..81 ms  session 2  n2  read x     ok 9
            """;

    private static Verdict check(String guarantee, String lines) {
        return Guarantee.named(guarantee).check(Transcript.parse(lines));
    }

    private static String only(Verdict verdict) {
        assertThat(verdict.answer()).as(verdict.toString()).isEqualTo(Answer.INVALID);
        assertThat(verdict.anomalies()).hasSize(1);
        assertThat(verdict.anomalies().get(0).kind()).isEqualTo("STALE_READ");
        return verdict.anomalies().get(0).sentence();
    }

    @Test
    void aReadLongAfterANewerAcknowledgementBreaksABoundOfTime() {
        Verdict verdict = check("bounded-staleness:29ms", FOLLOWER);

        assertThat(only(verdict))
                .isEqualTo(
                        "session 2 read x at n2 (70 ms to 71 ms), which returned 7, at least 30 ms after a newer value"
                                + " was acknowledged: session 1 wrote x=8 at n1 (30 ms to 40 ms, acknowledged); 7 was written by"
                                + " session 1 and acknowledged at 20 ms, 10 ms before 8 was invoked, so it is older (real-time"
                                + " write order); the bound is 29 ms");
        assertThat(verdict.anomalies().get(0).operations()).containsExactly(0, 1, 4);
        assertThat(verdict.guarantee()).isEqualTo("bounded-staleness:29ms");
        assertThat(check("bounded-staleness:30ms", FOLLOWER).answer()).isEqualTo(Answer.VALID);
        assertThat(check("bounded-staleness:30000us", FOLLOWER).answer()).isEqualTo(Answer.VALID);
        assertThat(check("bounded-staleness:1s", FOLLOWER).answer()).isEqualTo(Answer.VALID);
    }

    @Test
    void eachReadIsToldWithItsVersionsAndItsTime() {
        List<String> told = new ArrayList<>();

        BoundedStaleness.check(
                Transcript.parse(FOLLOWER),
                CheckOptions.DEFAULT,
                (operation, versions, nanos) -> told.add(operation + ": " + versions + " versions, " + nanos + " ns"));

        assertThat(told)
                .containsExactly("2: 1 versions, 5000000 ns", "4: 2 versions, 30000000 ns", "5: 0 versions, 0 ns");
    }

    @Test
    void aReadAfterTwoNewerAcknowledgementsBreaksABoundOfOneVersion() {
        Verdict verdict = check("bounded-staleness:1version", FOLLOWER);

        assertThat(only(verdict))
                .isEqualTo("session 2 read x at n2 (70 ms to 71 ms), which returned 7, although at least 2 newer values"
                        + " had been acknowledged by then (8, 9): session 1 wrote x=8 at n1 (30 ms to 40 ms,"
                        + " acknowledged); 7 was written by session 1 and acknowledged at 20 ms, 10 ms before 8 was"
                        + " invoked, so it is older (real-time write order); the bound is 1 version");
        assertThat(verdict.anomalies().get(0).operations()).containsExactly(0, 1, 3, 4);
        assertThat(check("bounded-staleness:2versions", FOLLOWER).answer()).isEqualTo(Answer.VALID);
    }

    @Test
    void aReadOfTheInitialValueIsStaleFromTheFirstAcknowledgement() {
        Verdict verdict = check("bounded-staleness:0ms", """
                10..20 ms  session 1  n1  write x 7  ok
                25..28 ms  session 2  n2  read x     ok nil
                """);
        assertThat(only(verdict))
                .isEqualTo(
                        "session 2 read x at n2 (25 ms to 28 ms), which returned nil, at least 5 ms after a newer value"
                                + " was acknowledged: session 1 wrote x=7 at n1 (10 ms to 20 ms, acknowledged); nil is the"
                                + " initial value, so it is older; the bound is 0 ms");
    }

    @Test
    void aReportedOrderIsNoLowerBound() {
        Verdict verdict = check("bounded-staleness:0ms", """
                10..40 ms  session 1  n1  write x 7  ok version 1
                15..20 ms  session 3  n1  write x 8  ok version 2
                50..51 ms  session 2  n2  read x     ok 7
                """);
        assertThat(only(verdict))
                .contains("which returned 7, 30 ms after a newer value")
                .contains("the store reported version 1 for 7 and 2 for 8, so 7 is older");
        assertThat(verdict.algorithm()).doesNotContain("lower bound");
        assertThat(verdict.anomalyCountIsLowerBound()).isFalse();
    }

    /** Of the two writes that overlap either may be the newer one, and the read of it fresh. */
    @Test
    void anInferredOrderShowsTheLeastNumberOfReadsThatAreTooStale() {
        Verdict verdict = check("bounded-staleness:0versions", """
                10..11 ms  session 1  n1  write x 7  ok
                20..40 ms  session 1  n1  write x 8  ok
                20..40 ms  session 2  n1  write x 9  ok
                50..51 ms  session 3  n2  read x     ok 7
                60..61 ms  session 3  n2  read x     ok 8
                70..71 ms  session 3  n2  read x     ok 9
                """);
        assertThat(only(verdict)).contains("at least 2 newer values");
        assertThat(verdict.anomalyCount()).isEqualTo(1);
        assertThat(verdict.anomalyCountIsLowerBound()).isTrue();
    }

    @Test
    void whatACasReplacedIsOlderAndSoIsAllThatIsKnownToBeOlderThanIt() {
        Verdict verdict = check("bounded-staleness:0versions", """
                10..60 ms  session 1  n1  write x 7   ok
                10..11 ms  session 2  n1  cas x 7 8   ok
                20..21 ms  session 2  n1  write x 9   ok
                70..71 ms  session 3  n2  read x      ok 7
                80..81 ms  session 3  n2  read x      ok 9
                """);
        assertThat(only(verdict)).contains("2 newer values").contains("directly after what it replaced");
    }

    @Test
    void concurrentWritesMakeNobodyStale() {
        assertThat(check("bounded-staleness:0versions", """
                10..20 ms  session 1  n1  write x 7  ok
                11..21 ms  session 2  n1  write x 8  ok
                30..31 ms  session 3  n2  read x     ok 7
                40..41 ms  session 3  n2  read x     ok 8
                """).answer()).isEqualTo(Answer.VALID);
    }

    @Test
    void theStalestReadsAreListedFirst() {
        Verdict verdict = check("bounded-staleness:0ms", FOLLOWER);
        assertThat(verdict.anomalyCount()).isEqualTo(2);
        assertThat(verdict.anomalies().get(0).sentence()).contains("at least 30 ms");
        assertThat(verdict.anomalies().get(1).sentence()).contains("at least 5 ms");
    }

    @Test
    void withoutABoundTheDistributionIsToldAndNothingDecided() {
        Verdict verdict = check("bounded-staleness", FOLLOWER);
        assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(verdict.reason())
                .contains("no bound was asked for, as in bounded-staleness:500ms or bounded-staleness:3versions");
        assertThat(verdict.figures())
                .containsExactly(
                        Figure.nanos("p50", 5_000_000),
                        Figure.nanos("p90", 30_000_000),
                        Figure.nanos("p99", 30_000_000),
                        Figure.nanos("max", 30_000_000),
                        Figure.fraction("within 0 ms", 1 / 3.0),
                        Figure.fraction("within 10 ms", 2 / 3.0),
                        Figure.fraction("within 100 ms", 1),
                        Figure.fraction("within 1,000 ms", 1),
                        Figure.count("p50 versions", 1),
                        Figure.count("p90 versions", 2),
                        Figure.count("p99 versions", 2),
                        Figure.count("max versions", 2),
                        Figure.fraction("fresh", 1 / 3.0),
                        Figure.fraction("within 1 version", 2 / 3.0),
                        Figure.fraction("within 3 versions", 1));
        assertThat(verdict.obliged()).isEqualTo(3);
    }

    @Test
    void withoutTimesOnlyVersionsAreJudged() throws Exception {
        History history = History.parse("""
                {"type":"invoke","process":1,"f":"write","key":"x","value":1}
                {"type":"ok","process":1,"f":"write","key":"x","value":1}
                {"type":"invoke","process":2,"f":"read","key":"x"}
                {"type":"ok","process":2,"f":"read","key":"x","value":null}
                """);
        Verdict inTime = Guarantee.named("bounded-staleness:5ms").check(history);
        assertThat(inTime.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(inTime.reason().orElseThrow()).contains("without recorded times");
        assertThat(Guarantee.named("bounded-staleness:0versions").check(history).answer())
                .isEqualTo(Answer.INVALID);
        assertThat(Guarantee.named("bounded-staleness:5ms")
                        .check(History.parse("""
                                {"type":"invoke","process":2,"f":"read","key":"x"}
                                {"type":"ok","process":2,"f":"read","key":"x","value":null}
                                """))
                        .reason()
                        .orElseThrow())
                .startsWith("no times are recorded");
    }

    @Test
    void whereNobodyReadsNothingIsDecided() {
        assertThat(check("bounded-staleness:5ms", "10..20 ms  session 1  n1  write x 7  ok")
                        .reason())
                .contains("nobody read anything: nothing could have been violated");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "ms", "-1ms", "1.5s", "5min", "9999999999999ms", "3 versions", "5ms:1"})
    void anUnclearBoundIsRefused(String bound) {
        assertThatThrownBy(() -> Guarantee.named("bounded-staleness:" + bound))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("bounded-staleness: found the bound " + bound
                        + ", expected a whole number and a unit: 200us, 500ms, 2s or 3versions");
    }

    @Test
    void aBoundOfCenturiesIsRefused() {
        assertThatThrownBy(() -> Guarantee.named("bounded-staleness:999999999999s"))
                .hasMessage("bounded-staleness: found the bound 999999999999s, expected at most 292 years");
    }

    /**
     * 1 was acknowledged before the cas to 3 was invoked, and 2, which that cas replaced, before 4: so 4 is newer than 1, though
     * it was invoked earlier than 1 was acknowledged.
     */
    @Test
    void whatStandsBetweenTwoValuesIsToldWhereTimeAloneDoesNotOrderThem() {
        Verdict verdict = check("bounded-staleness:2versions", """
                4..20 ms   session 1  n1  write x 1   ok
                5..8 ms    session 2  n1  write x 2   ok
                9..30 ms   session 3  n1  write x 4   ok
                22..60 ms  session 4  n1  cas x 2 3   ok
                70..71 ms  session 5  n2  read  x     ok 1
                """);

        assertThat(only(verdict))
                .contains("although at least 3 newer values had been acknowledged by then (2, 4, 3)")
                .contains("1 was written by session 1 and acknowledged at 20 ms, 2 ms before 3 was invoked");
        assertThat(verdict.anomalies().get(0).operations()).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
        assertThat(check("bounded-staleness:3versions", """
                4..20 ms   session 1  n1  write x 1   ok
                5..8 ms    session 2  n1  write x 2   ok
                9..30 ms   session 3  n1  write x 4   ok
                22..60 ms  session 4  n1  cas x 2 3   ok
                70..71 ms  session 5  n2  read  x     ok 1
                """).answer()).isEqualTo(Answer.VALID);
    }
}
