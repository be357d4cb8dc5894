package dev.umpire.checkers.causal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.oracle.Transcript;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.histories.History;
import java.util.List;
import org.junit.jupiter.api.Test;

class CausalTest {

    @Test
    void whoHasSeenAnAnswerCannotMissTheQuestion() {
        Verdict verdict = check("""
                10..15 ms  session Poons   n1  write question 1  ok
                20..21 ms  session Cake    n1  read question     ok 1
                30..35 ms  session Cake    n2  write answer 1    ok
                40..41 ms  session Dijk    n2  read answer       ok 1
                50..51 ms  session Dijk    n3  read question     ok nil
                """);
        assertThat(verdict.answer()).isEqualTo(Answer.INVALID);
        assertThat(verdict.anomalyCount()).isEqualTo(1);
        assertThat(verdict.anomalies().get(0).kind()).isEqualTo("WRITE_CO_INIT_READ");
        assertThat(verdict.anomalies().get(0).key()).isEqualTo("question");
        assertThat(verdict.anomalies().get(0).operations()).containsExactly(0, 1, 2, 3, 4);
        assertThat(verdict.anomalies().get(0).sentence())
                .isEqualTo("session Dijk read question at n3 (50 ms to 51 ms), which returned nil, the initial value,"
                        + " although question=1 is in its causal past: session Poons wrote question=1 at n1 (10 ms to"
                        + " 15 ms, acknowledged); session Cake read question at n1 (20 ms to 21 ms), which returned 1;"
                        + " after that session Cake wrote answer=1 at n2 (30 ms to 35 ms, acknowledged); session Dijk"
                        + " read answer at n2 (40 ms to 41 ms), which returned 1; after that, in the same session, came"
                        + " that read");
    }

    @Test
    void whoHasSeenTheEffectOfAnOverwriteCannotReadWhatWasOverwritten() {
        Verdict verdict = check("""
                0..5 ms    session 1  n1  write x 1   ok
                10..15 ms  session 2  n1  read x      ok 1
                20..25 ms  session 2  n1  write x 2   ok
                30..31 ms  session 3  n1  read x      ok 2
                40..41 ms  session 3  n2  read x      ok 1
                """);
        assertThat(verdict.anomalies().get(0).kind()).isEqualTo("WRITE_CO_READ");
        assertThat(verdict.anomalies().get(0).operations()).containsExactly(0, 1, 2, 3, 4);
        assertThat(verdict.anomalies().get(0).sentence())
                .isEqualTo("session 3 read x at n2 (40 ms to 41 ms), which returned 1, although in its causal past x=2"
                        + " had replaced it: session 1 wrote x=1 at n1 (0 ms to 5 ms, acknowledged); session 2 read x at"
                        + " n1 (10 ms to 15 ms), which returned 1; after that session 2 wrote x=2 at n1 (20 ms to 25 ms,"
                        + " acknowledged); session 3 read x at n1 (30 ms to 31 ms), which returned 2; after that, in the"
                        + " same session, came that read");
    }

    @Test
    void concurrentWritesMayBeSeenInEitherOrder() {
        String twoOrders = """
                0..5 ms    session 1  n1  write x 1   ok
                0..5 ms    session 2  n2  write x 2   ok
                10..11 ms  session 1  n1  read x      ok 1
                20..21 ms  session 1  n1  read x      ok 2
                10..11 ms  session 2  n2  read x      ok 2
                20..21 ms  session 2  n2  read x      ok 1
                """;
        assertThat(check(twoOrders).answer()).isEqualTo(Answer.VALID);
        assertThat(check(twoOrders).obliged()).isEqualTo(4);

        Verdict convergence = CausalConvergence.check(Transcript.parse(twoOrders), CheckOptions.DEFAULT);
        assertThat(convergence.answer()).isEqualTo(Answer.INVALID);
        assertThat(convergence.anomalyCount()).isEqualTo(1);
        assertThat(convergence.anomalies().get(0).kind()).isEqualTo("CYCLIC_CF");
        assertThat(convergence.anomalies().get(0).key()).isEqualTo("x");
        assertThat(convergence.anomalies().get(0).sentence())
                .isEqualTo("there is no one order of these writes: x=1 must come before x=2, as session 1 read x at n1"
                        + " (20 ms to 21 ms), which returned 2 and had x=1 in its past (session 1 wrote x=1 at n1 (0 ms"
                        + " to 5 ms, acknowledged); after that, in the same session, came that read); x=2 must come"
                        + " before x=1, as session 2 read x at n2 (20 ms to 21 ms), which returned 1 and had x=2 in its"
                        + " past (session 2 wrote x=2 at n2 (0 ms to 5 ms, acknowledged); after that, in the same"
                        + " session, came that read)");
        assertThat(convergence.anomalies().get(0).operations()).hasSize(4);
    }

    @Test
    void theOrderOfWritesMayBeFixedOverSeveralKeys() {
        Verdict verdict = CausalConvergence.check(Transcript.parse("""
                        0..1 ms    session 1  n1  write x 1   ok
                        2..3 ms    session 1  n1  write y 1   ok
                        4..5 ms    session 1  n1  read y      ok 2
                        0..1 ms    session 2  n1  write y 2   ok
                        2..3 ms    session 2  n1  write x 2   ok
                        4..5 ms    session 2  n1  read x      ok 1
                        """), CheckOptions.DEFAULT);
        assertThat(verdict.anomalies().get(0).kind()).isEqualTo("CYCLIC_CF");
        assertThat(verdict.anomalies().get(0).key()).isEmpty();
        assertThat(verdict.anomalies().get(0).sentence())
                .contains("y=1 must come before y=2, as session 1 read y")
                .contains("y=2 comes before x=2 as its cause (session 2 wrote y=2 at n1 (0 ms to 1 ms, acknowledged);"
                        + " after that session 2 wrote x=2 at n1 (2 ms to 3 ms, acknowledged))");
    }

    @Test
    void twoCasCannotBeEachOthersCause() {
        Verdict verdict = check("""
                0..5 ms    session 1  n1  cas x 2 1   ok
                0..5 ms    session 2  n2  cas x 1 2   ok
                """);
        assertThat(verdict.anomalies().get(0).kind()).isEqualTo("CYCLIC_CO");
        assertThat(verdict.anomalies().get(0).operations()).hasSize(2);
        assertThat(verdict.anomalies().get(0).sentence())
                .isEqualTo("operations that are causes of one another, in a circle: session 1 changed x=1 from 2 at n1"
                        + " (0 ms to 5 ms, acknowledged); session 2 changed x=2 from 1 at n2 (0 ms to 5 ms,"
                        + " acknowledged). Each returned what the one before it wrote or came after it in its session,"
                        + " and the first did so with the last");
    }

    @Test
    void onlyOneOfTwoCasCanHaveReplacedAValue() {
        String twice = """
                0..5 ms    session 1  n1  write x 1   ok
                10..15 ms  session 1  n1  cas x 1 2   ok
                10..15 ms  session 2  n2  cas x 1 3   ok
                """;
        for (Verdict verdict : List.of(
                CausalConvergence.check(Transcript.parse(twice), CheckOptions.DEFAULT.with(WriteOrder.NONE)),
                CausalMemory.check(Transcript.parse(twice), CheckOptions.DEFAULT),
                Pram.check(Transcript.parse(twice), CheckOptions.DEFAULT))) {
            assertThat(verdict.answer()).as(verdict.toString()).isEqualTo(Answer.INVALID);
            assertThat(verdict.anomalyCount()).isEqualTo(1);
            assertThat(verdict.anomalies().get(0).kind()).isEqualTo("CONTRADICTORY_CAS");
            assertThat(verdict.anomalies().get(0).key()).isEqualTo("x");
            assertThat(verdict.anomalies().get(0).operations()).containsExactly(0, 1, 2);
            assertThat(verdict.anomalies().get(0).sentence())
                    .isEqualTo(
                            "session 1 changed x=2 from 1 at n1 (10 ms to 15 ms, acknowledged), session 2 changed x=3"
                                    + " from 1 at n2 (10 ms to 15 ms, acknowledged): both replaced x=1, and only one of them can"
                                    + " have");
        }
        assertThat(check(twice).answer()).as("causality orders no writes").isEqualTo(Answer.VALID);
    }

    @Test
    void aWriteThatWasReplacedStandsDirectlyBeforeTheCas() {
        // x=9 is after x=1 as its effect, and so after the cas that replaced x=1; u=1 is after x=9, and u=2 before the
        // cas
        Verdict verdict = CausalConvergence.check(Transcript.parse("""
                0..5 ms    session 1  n1  write x 1   ok
                10..11 ms  session 2  n2  read x      ok 1
                20..25 ms  session 2  n2  write x 9   ok
                30..35 ms  session 2  n2  write u 1   ok
                40..45 ms  session 3  n1  read u      ok 1
                50..55 ms  session 3  n1  read u      ok 2
                40..45 ms  session 4  n1  write u 2   ok
                50..55 ms  session 4  n1  cas x 1 2   ok
                """), CheckOptions.DEFAULT);
        assertThat(verdict.answer()).isEqualTo(Answer.INVALID);
        assertThat(verdict.anomalies().get(0).kind()).isEqualTo("CONTRADICTORY_CAS");
        assertThat(verdict.anomalies().get(0).sentence())
                .startsWith(
                        "there is no one order of all writes in which each cas stands directly after what it replaced: ");
        assertThat(verdict.anomalies().get(0).operations()).hasSize(8);
    }

    @Test
    void chainsOfCasThatAreInEachOthersWayArePutInAnotherOrder() {
        // x=1 and y=3 were first, but then neither can be replaced before the other: y=1 is a cause of x=2, x=3 of y=4
        String locked = """
                0..1 ms    session 1  n1  write x 1   ok
                2..3 ms    session 2  n1  write y 3   ok
                4..5 ms    session 3  n1  write y 1   ok
                6..7 ms    session 4  n1  write x 3   ok
                8..9 ms    session 3  n1  cas x 1 2   ok
                10..11 ms  session 4  n1  cas y 3 4   ok
                12..13 ms  session 5  n1  cas y 1 2   ok
                14..15 ms  session 6  n1  cas x 3 4   ok
                """;
        assertThat(CausalConvergence.check(Transcript.parse(locked), CheckOptions.DEFAULT)
                        .answer())
                .isEqualTo(Answer.VALID);
        assertThat(CausalMemory.check(Transcript.parse(locked), CheckOptions.DEFAULT)
                        .answer())
                .isEqualTo(Answer.VALID);
    }

    @Test
    void whatNeitherAnOrderNorACycleShowsIsNotDecided() {
        // whichever chain of x is first, both chains of y would have to be first
        String locked = """
                0..1 ms    session 1  n1  write y 1   ok
                2..3 ms    session 1  n1  write p 1   ok
                0..1 ms    session 2  n1  write y 3   ok
                2..3 ms    session 2  n1  write q 1   ok
                0..1 ms    session 3  n1  write x 1   ok
                2..3 ms    session 3  n1  write r 1   ok
                0..1 ms    session 4  n1  write x 3   ok
                2..3 ms    session 4  n1  write s 1   ok
                4..5 ms    session 5  n1  read p      ok 1
                6..7 ms    session 5  n1  read q      ok 1
                8..9 ms    session 5  n1  cas x 1 2   ok
                4..5 ms    session 6  n1  read p      ok 1
                6..7 ms    session 6  n1  read q      ok 1
                8..9 ms    session 6  n1  cas x 3 4   ok
                4..5 ms    session 7  n1  read r      ok 1
                6..7 ms    session 7  n1  read s      ok 1
                8..9 ms    session 7  n1  cas y 1 2   ok
                4..5 ms    session 8  n1  read r      ok 1
                6..7 ms    session 8  n1  read s      ok 1
                8..9 ms    session 8  n1  cas y 3 4   ok
                """;
        Verdict verdict = CausalConvergence.check(Transcript.parse(locked), CheckOptions.DEFAULT);
        assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(verdict.reason())
                .contains("no order was found in which each cas stands directly after what it replaced, and none was"
                        + " ruled out");
    }

    @Test
    void ofTwoCasThatReplacedEachOtherNoneCanBeFirstInAnySession() {
        Verdict verdict = Pram.check(Transcript.parse("""
                0..5 ms    session 1  n1  cas x 2 1   ok
                0..5 ms    session 2  n2  cas x 1 2   ok
                """), CheckOptions.DEFAULT);
        assertThat(verdict.anomalies().get(0).kind()).isEqualTo("CONTRADICTORY_CAS");
        assertThat(verdict.anomalies().get(0).operations()).hasSize(2);
        assertThat(verdict.anomalies().get(0).sentence())
                .isEqualTo(
                        "session 1 changed x=1 from 2 at n1 (0 ms to 5 ms, acknowledged), session 2 changed x=2 from 1"
                                + " at n2 (0 ms to 5 ms, acknowledged): each replaced or returned what the one before it wrote,"
                                + " or came after it in its session, and the first did so with the last");
    }

    @Test
    void theReadsOfOneSnapshotMustFitTogether() {
        String history = """
                0..1 ms    session 1  n1  write x 1        ok
                0..1 ms    session 2  n2  write y 1        ok
                2..3 ms    session 1  n1  write y 2        ok
                2..3 ms    session 2  n2  write x 2        ok
                10..15 ms  session 3  n3  snapshot x,y     ok 1,1
                """;
        assertThat(check(history).answer()).isEqualTo(Answer.VALID);
        Verdict verdict = check(history + """
                4..5 ms    session 3  n3  read y           ok 2
                6..7 ms    session 3  n3  read x           ok 2
                """);
        assertThat(verdict.answer()).isEqualTo(Answer.INVALID);
        assertThat(verdict.anomalyCount()).isEqualTo(1);
        assertThat(verdict.anomalies().get(0).kind()).isEqualTo("WRITE_CO_SNAPSHOT");
        assertThat(verdict.anomalies().get(0).operations()).hasSize(7);
        assertThat(verdict.anomalies().get(0).sentence())
                .startsWith("session 3 returned ")
                .contains("together (10 ms to 15 ms), which were never there at the same time: ");
    }

    @Test
    void anUnknownOutcomeCountsOnceItWasSeenAndPrecedesNothing() {
        assertThat(check("""
                        0..5 ms    session 1  n1  write x 1   info
                        10..11 ms  session 1  n1  read x      ok nil
                        20..21 ms  session 2  n1  read x      ok 1
                        """).answer()).isEqualTo(Answer.VALID);
        assertThat(check("""
                        0..5 ms    session 1  n1  write x 1   info
                        20..21 ms  session 2  n1  read x      ok 1
                        30..31 ms  session 2  n2  read x      ok nil
                        """).answer()).isEqualTo(Answer.INVALID);
    }

    @Test
    void aKeyWithOneValueWrittenTwiceIsNotDecided() {
        Verdict verdict = check("""
                0..5 ms    session 1  n1  write x 1   ok
                10..11 ms  session 1  n1  write x 1   ok
                20..21 ms  session 2  n1  read x      ok 1
                30..31 ms  session 2  n1  read y      ok nil
                """);
        assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(verdict.reason().orElseThrow()).contains("key x is ambiguous: 1 is written more than once");
    }

    @Test
    void aKeyOfSetsIsNotDecided() {
        Verdict verdict = check("""
                0..5 ms    session 1  n1  add x 1     ok
                20..21 ms  session 2  n1  read y      ok nil
                """);
        assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(verdict.reason()).contains("key x has operations add, which this checker cannot judge yet");
    }

    @Test
    void anotherKeyBreaksTheGuaranteeAllTheSame() {
        assertThat(check("""
                        0..5 ms    session 1  n1  write x 1   ok
                        10..11 ms  session 1  n1  write x 1   ok
                        20..21 ms  session 1  n1  write y 1   ok
                        30..31 ms  session 1  n2  read y      ok nil
                        """).answer()).isEqualTo(Answer.INVALID);
    }

    @Test
    void aRecordingWithoutRealTimeIsJudgedByTheSessionsAlone() throws Exception {
        // the second session is told first, so that its read seems to come before the write
        History history = History.parse("""
                {"umpire":"history","version":1,"nodes":[],"initial":null,"realTime":false}
                {"type":"invoke","process":2,"f":"read","key":"x"}
                {"type":"ok","process":2,"f":"read","key":"x","value":1}
                {"type":"invoke","process":2,"f":"read","key":"x"}
                {"type":"ok","process":2,"f":"read","key":"x","value":null}
                {"type":"invoke","process":1,"f":"write","key":"x","value":1}
                {"type":"ok","process":1,"f":"write","key":"x","value":1}
                {"umpire":"end","events":6}
                """);
        Verdict verdict = Causal.check(history, CheckOptions.DEFAULT);
        assertThat(verdict.answer()).isEqualTo(Answer.INVALID);
        assertThat(verdict.obliged()).isEqualTo(2);
    }

    @Test
    void withoutAReadThereIsNothingToViolate() {
        Verdict verdict = check("0..5 ms    session 1  n1  write x 1   ok");
        assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(verdict.reason())
                .contains("no read of the history returned anything: nothing could have been violated");
    }

    @Test
    void readsFromThinAirAreLeftToIntegrity() {
        Verdict verdict = check("""
                0..5 ms    session 1  n1  write x 1   ok
                10..11 ms  session 1  n1  read x      ok 7
                20..21 ms  session 1  n1  read x      ok 1
                """);
        assertThat(verdict.answer()).isEqualTo(Answer.VALID);
        assertThat(verdict.obliged()).isEqualTo(1);
        assertThat(verdict.reason()).contains("1 read left out: aborted, phantom or future, see integrity");
    }

    @Test
    void asManyAnomaliesAreListedAsWereAskedForAndAllAreCounted() {
        StringBuilder lines = new StringBuilder("0..1 ms session 1 n1 write x 1 ok\n");
        for (int i = 0; i < 20; i++) {
            lines.append(10 + 10 * i).append("..").append(11 + 10 * i).append(" ms session 1 n1 read x ok nil\n");
        }
        Verdict verdict = Causal.check(Transcript.parse(lines.toString()), CheckOptions.DEFAULT.withAnomalyLimit(3));
        assertThat(verdict.anomalyCount()).isEqualTo(20);
        assertThat(verdict.anomalies())
                .hasSize(3)
                .allSatisfy(anomaly -> assertThat(anomaly.operations()).hasSize(2));
        assertThat(verdict.anomalies().get(0).operations()).containsExactly(0, 1);
    }

    private static Verdict check(String lines) {
        History history = Transcript.parse(lines);
        return Causal.check(history, CheckOptions.DEFAULT);
    }
}
