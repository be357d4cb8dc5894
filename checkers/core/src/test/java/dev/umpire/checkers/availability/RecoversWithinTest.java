package dev.umpire.checkers.availability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.checkers.Guarantee;
import dev.umpire.checkers.oracle.Transcript;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.Figure;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.histories.History;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecoversWithinTest {
    private static final String BEFORE = """
            10..11 ms  session 1  n1  write x 1  ok
            12..13 ms  session 2  n2  read  x    ok 1
            """;
    private static final String PAUSE = """
            20 ms      nemesis inject 3 pause n1
            21 ms      nemesis confirm 3
            30 ms      nemesis heal 3
            """;

    private static Verdict check(String bound, String... lines) {
        return Guarantee.named("recovers-within:" + bound).check(Transcript.parse(String.join("", lines)));
    }

    @Test
    void aStoreThatAcknowledgesAgainWithinTheBoundHasRecovered() {
        Verdict verdict = check("9ms", BEFORE, PAUSE, """
                25..35 ms  session 1  n1  write x 2  ok
                31..40 ms  session 2  n2  read  x    ok 2
                """);

        assertThat(verdict.answer()).isEqualTo(Answer.VALID);
        assertThat(verdict.obliged()).as("reads and writes").isEqualTo(2);
        assertThat(verdict.figures()).containsExactly(Figure.nanos("longest recovery", 9_000_000));
    }

    @Test
    void aWriteThatIsAcknowledgedTooLateIsToldWithThoseThatWereTriedInVain() {
        Verdict verdict = check("8ms", BEFORE, PAUSE, """
                25..31 ms  session 2  n2  read  x    ok 1
                26..36 ms  session 1  n1  write x 2  info
                37..38 ms  session 1  n1  write x 3  fail
                38..39 ms  session 2  n2  write x 4  ok
                39..41 ms  session 2  n2  write x 5  ok
                """);

        assertThat(verdict.answer()).isEqualTo(Answer.INVALID);
        assertThat(verdict.anomalyCount()).isEqualTo(1);
        assertThat(verdict.figures()).containsExactly(Figure.nanos("longest recovery", 9_000_000));
        Anomaly anomaly = verdict.anomalies().get(0);
        assertThat(anomaly.kind()).isEqualTo("SLOW_RECOVERY");
        assertThat(anomaly.operations()).as("26, 37 and 38 ms").containsExactly(3, 4, 5);
        assertThat(anomaly.details()).isEmpty();
        assertThat(anomaly.sentence())
                .isEqualTo("after fault 3 (pause n1) was healed at 30 ms, session 1 asked (wrote x=2 at n1, from 26 ms,"
                        + " outcome unknown), and the first write to be acknowledged was that of session 2 at 39 ms:"
                        + " 9 ms, more than 8 ms");
    }

    @Test
    void whatASilenceLastsFromTheNextFaultOnIsNoneOfTheRecovery() {
        Verdict verdict = check("5ms", BEFORE, PAUSE, """
                31..70 ms  session 1  n1  write x 2  ok
                40 ms      nemesis inject 4 pause n1
                41 ms      nemesis confirm 4
                60 ms      nemesis heal 4
                """);

        assertThat(verdict.answer()).isEqualTo(Answer.INVALID);
        assertThat(verdict.figures()).containsExactly(Figure.nanos("longest recovery", 10_000_000));
    }

    @Nested
    class WhereTheNextFaultStrikesInTheSilence {
        private static final String NEXT = """
                31..70 ms  session 1  n1  write x 2  ok
                40 ms      nemesis inject 4 pause n1
                41 ms      nemesis confirm 4
                """;

        @Test
        void whatWasToldTooLongIsToldApart() {
            assertThat(check("5ms", BEFORE, PAUSE, NEXT).anomalies())
                    .singleElement()
                    .extracting(Anomaly::sentence)
                    .isEqualTo("after fault 3 (pause n1) was healed at 30 ms, session 1 asked (wrote x=2 at n1, 31 ms"
                            + " to 70 ms, acknowledged), and the first write to be acknowledged was that of session 1 at"
                            + " 70 ms: 39 ms, 9 ms of them before fault 4 (pause n1) struck, when 5 ms had passed");
        }

        @Test
        void theRestIsNoRecoveryWithinTheBoundOrWithoutOneEither() {
            Verdict within = check("50ms", BEFORE, PAUSE, NEXT);
            assertThat(within.answer()).isEqualTo(Answer.VALID);
            assertThat(within.figures()).containsExactly(Figure.nanos("longest recovery", 9_000_000));

            Verdict without = Guarantee.RECOVERS_WITHIN.check(Transcript.parse(BEFORE + PAUSE + NEXT));
            assertThat(without.figures()).containsExactly(Figure.nanos("longest recovery", 9_000_000));
        }
    }

    @Test
    void aStoreThatNeverAcknowledgesAgainIsToldByTheLastThatWasGivenUp() {
        Verdict verdict = check("5ms", BEFORE, PAUSE, """
                31..33 ms  session 1  n1  write x 2  fail
                35..41 ms  session 1  n1  write x 3  info
                """);

        assertThat(verdict.anomalies()).singleElement().satisfies(anomaly -> {
            assertThat(anomaly.operations()).containsExactly(2, 3);
            assertThat(anomaly.sentence())
                    .isEqualTo(
                            "after fault 3 (pause n1) was healed at 30 ms, session 1 asked (wrote x=2 at n1, 31 ms to"
                                    + " 33 ms, failed), and no write had been acknowledged when the last one that is recorded was"
                                    + " given up at 41 ms: at least 10 ms, more than 5 ms");
        });
    }

    @Test
    void ofManyThatWereTriedInVainEightAreShown() {
        StringBuilder tries = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            tries.append((31 + i) + ".." + (32 + i) + " ms  session 1  n1  write x " + (2 + i) + "  fail\n");
        }

        Anomaly anomaly =
                check("5ms", BEFORE, PAUSE, tries.toString()).anomalies().get(0);

        assertThat(anomaly.operations()).containsExactly(2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(anomaly.details()).containsExactly("and 2 more were tried meanwhile");
    }

    @Test
    void theBoundBeginsWhenSomebodyAsks() {
        assertThat(check("5ms", BEFORE, PAUSE, "60..65 ms  session 2  n2  read  x    ok 1")
                        .answer())
                .isEqualTo(Answer.VALID);
    }

    @Test
    void aFailoverIsToBeOverSoonAfterItsInjection() {
        String failover = """
                20 ms      nemesis inject 3 failover n1
                21 ms      nemesis confirm 3
                60 ms      nemesis heal 3
                """;

        Verdict verdict = check("5ms", BEFORE, failover, "20..30 ms  session 2  n2  read  x    ok 1");

        assertThat(verdict.anomalies())
                .singleElement()
                .extracting(Anomaly::sentence)
                .asString()
                .startsWith("after fault 3 (failover n1) was injected at 20 ms, ");
        assertThat(check("5ms", BEFORE, failover.replace("failover", "membership"), """
                                20..30 ms  session 2  n2  read  x    ok 1
                                """)
                        .answer())
                .isEqualTo(Answer.INVALID);
    }

    @Nested
    class WhileTheLeaderThatIsLostGoesOn {
        private static final String FAILOVER = """
                20 ms      nemesis inject 3 failover n1
                40 ms      nemesis confirm 3
                60 ms      nemesis heal 3
                """;
        private static final String OLD_LEADER = """
                21..22 ms  session 1  n1  write x 2  ok
                23..25 ms  session 1  n1  write x 3  ok
                """;

        @Test
        void itsAnswersAreNoRecovery() {
            Verdict verdict = check("5ms", BEFORE, FAILOVER, OLD_LEADER, """
                    26..31 ms  session 1  n1  write x 4  info
                    33..38 ms  session 1  n2  write x 5  ok
                    39..40 ms  session 1  n2  write x 6  ok
                    """);

            assertThat(verdict.answer()).isEqualTo(Answer.INVALID);
            assertThat(verdict.obliged()).isEqualTo(1);
            assertThat(verdict.figures()).containsExactly(Figure.nanos("longest recovery", 12_000_000));
            assertThat(verdict.anomalies()).singleElement().satisfies(anomaly -> {
                assertThat(anomaly.operations()).containsExactly(4, 5);
                assertThat(anomaly.sentence())
                        .isEqualTo(
                                "after fault 3 (failover n1) was injected at 20 ms and a write was still acknowledged"
                                        + " at 25 ms, session 1 asked (wrote x=4 at n1, from 26 ms, outcome unknown), and"
                                        + " the first write to be acknowledged was that of session 1 at 38 ms: 12 ms, more"
                                        + " than 5 ms");
            });
        }

        @Test
        void aSilenceWithinTheBoundIsARecovery() {
            Verdict verdict = check("12ms", BEFORE, FAILOVER, OLD_LEADER, "26..38 ms  session 1  n2  write x 4  ok\n");

            assertThat(verdict.answer()).isEqualTo(Answer.VALID);
            assertThat(verdict.figures()).containsExactly(Figure.nanos("longest recovery", 12_000_000));
        }

        @Test
        void aSilenceThatNobodyEndsBreaksItOnceTheBoundHasPassed() {
            String silence = "26..90 ms  session 1  n1  write x 4  info\n";

            assertThat(check("30ms", BEFORE, FAILOVER, OLD_LEADER, silence).answer())
                    .isEqualTo(Answer.INVALID);
            assertThat(check("70ms", BEFORE, FAILOVER, OLD_LEADER, silence).reason())
                    .as("nobody knows how long it would have lasted")
                    .contains("after fault 3 (failover n1) was injected at 20 ms and a write was still acknowledged at"
                            + " 25 ms, no write had been acknowledged when the last one that is recorded was given up,"
                            + " before 70ms had passed");
        }

        @Test
        void theNextFaultCutsTheSilenceShort() {
            String next = """
                    50 ms      nemesis inject 4 pause n2
                    51 ms      nemesis confirm 4
                    55 ms      nemesis heal 4
                    """;
            String silence = "26..80 ms  session 1  n2  write x 4  ok\n";

            assertThat(check("30ms", BEFORE, FAILOVER, next, OLD_LEADER, silence)
                            .reason())
                    .hasValueSatisfying(reason -> assertThat(reason)
                            .startsWith("after fault 3 (failover n1) was injected at 20 ms and a write was still"
                                    + " acknowledged at 25 ms, no write had been acknowledged when fault 4 (pause n2)"
                                    + " struck, before 30ms had passed"));
            assertThat(check("24ms", BEFORE, FAILOVER, next, OLD_LEADER, silence)
                            .anomalyCount())
                    .as("the bound had just passed")
                    .isEqualTo(1);
        }

        @Test
        void anOutageThatTheHealCausesIsNoneOfThisRecovery() {
            assertThat(check("5ms", BEFORE, FAILOVER, OLD_LEADER, "70..99 ms  session 1  n2  write x 4  ok\n")
                            .answer())
                    .isEqualTo(Answer.VALID);
        }
    }

    @Test
    void aCrashThatNobodyHealsIsToBeMadeGoodByTheOthers() {
        String crash = """
                20 ms      nemesis inject 3 crash n1
                21 ms      nemesis confirm 3
                """;
        String late = "20..30 ms  session 2  n2  read  x    ok 1\n";

        assertThat(check("5ms", BEFORE, crash, late).answer()).isEqualTo(Answer.INVALID);
        assertThat(check("5ms", BEFORE, crash, late, "31 ms nemesis heal 3\n").answer())
                .as("the heal is what counts")
                .isEqualTo(Answer.UNKNOWN);
        assertThat(check("5ms", BEFORE, crash.replace("crash", "pause"), late).answer())
                .as("a pause that goes on")
                .isEqualTo(Answer.UNKNOWN);
    }

    @Test
    void aFaultThatNoProbeSawObligesToNothing() {
        Verdict verdict = check("5ms", BEFORE, PAUSE.replace("confirm", "unconfirmed"), """
                31..50 ms  session 2  n2  read  x    ok 1
                """);

        assertThat(verdict.reason())
                .contains("no fault was seen to strike and seen off while no other was in force: there was nothing to"
                        + " recover from");
    }

    @Test
    void whatWasNeverAcknowledgedBeforeOrIsNotTriedAfterObligesToNothing() {
        Verdict verdict = check("5ms", BEFORE, PAUSE, "31..50 ms  session 2  n2  cas x 1 2  fail");

        assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(verdict.reason())
                .contains(
                        "what was acknowledged before a fault was not tried after it: nothing could have been violated");
    }

    @Test
    void finalReadsAreNoRecovery() {
        assertThat(check("50ms", BEFORE, PAUSE, "31..32 ms  session 2  n2  read  x    ok 1 final")
                        .obliged())
                .isZero();
    }

    @Test
    void withoutOperationsNothingIsDecided() {
        assertThat(check("5ms", PAUSE).reason())
                .contains("no operation with its times is recorded: nothing could have been violated");
    }

    @Test
    void withoutTimesNothingIsDecided() throws Exception {
        History history = History.parse("""
                {"type":"invoke","process":1,"f":"write","key":"x","value":1}
                {"type":"ok","process":1,"f":"write","key":"x","value":1}
                """);

        assertThat(Guarantee.named("recovers-within:1s").check(history).reason())
                .contains("no operation with its times is recorded: nothing could have been violated");
    }

    @Test
    void whatTheNextFaultOrTheEndOfTheRecordingCutsShortIsUndecided() {
        String next = """
                40 ms      nemesis inject 4 pause n2
                41 ms      nemesis confirm 4
                """;
        String silence = """
                31..60 ms  session 1  n1  write x 2  info
                31..60 ms  session 2  n2  read  x    ok 1
                """;

        Verdict struck = check("10ms", BEFORE, PAUSE, next, silence);
        assertThat(struck.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(struck.obliged()).isZero();
        assertThat(struck.examined()).isEqualTo(2);
        assertThat(struck.reason())
                .contains("after fault 3 (pause n1) was healed at 30 ms, no write had been acknowledged when fault 4"
                        + " (pause n2) struck, before 10ms had passed; so it was 1 times more");
        assertThat(check("9ms", BEFORE, PAUSE, next, silence).answer())
                .as("the bound had just passed")
                .isEqualTo(Answer.INVALID);
        assertThat(check("29ms", BEFORE, PAUSE, silence).reason())
                .contains(
                        "after fault 3 (pause n1) was healed at 30 ms, no write had been acknowledged when the last one"
                                + " that is recorded was given up, before 29ms had passed");
    }

    @Test
    void whereAnotherFaultIsInForceItsHealIsJudged() {
        String other = """
                25 ms      nemesis inject 4 pause n2
                26 ms      nemesis confirm 4
                50 ms      nemesis heal 4
                """;

        Verdict verdict = check("5ms", BEFORE, PAUSE, other, """
                31..58 ms  session 1  n1  write x 2  ok
                31..55 ms  session 2  n2  read  x    ok 1
                """);

        assertThat(verdict.obliged()).isEqualTo(2);
        assertThat(verdict.anomalies())
                .singleElement()
                .extracting(Anomaly::sentence)
                .asString()
                .startsWith("after fault 4 (pause n2) was healed at 50 ms");
    }

    @Test
    void aHealThatFailedIsNoHeal() {
        String failed = PAUSE + "32 ms nemesis unconfirmed 3\n";
        String other = """
                40 ms      nemesis inject 4 pause n2
                41 ms      nemesis confirm 4
                50 ms      nemesis heal 4
                51 ms      nemesis gone 4
                """;

        assertThat(check("5ms", BEFORE, failed, other, "60..90 ms  session 1  n1  write x 2  ok\n")
                        .obliged())
                .as("the first pause is still in force when the second is healed")
                .isZero();
        assertThat(check(
                                "5ms",
                                BEFORE,
                                failed,
                                "80 ms nemesis heal 3\n82 ms nemesis gone 3\n",
                                "31..83 ms  session 1  n1  write x 2  ok\n")
                        .answer())
                .as("3 ms after the heal that did it")
                .isEqualTo(Answer.VALID);
        assertThat(check("5ms", BEFORE, failed, "82 ms nemesis gone 3\n", "31..83 ms  session 1  n1  write x 2  ok\n")
                        .answer())
                .as("53 ms after the only heal, which the probe saw late")
                .isEqualTo(Answer.INVALID);
    }

    @Test
    void withoutABoundItIsMeasuredAndUndecided() {
        Verdict verdict = Guarantee.RECOVERS_WITHIN.check(Transcript.parse(BEFORE + PAUSE + """
                31..40 ms  session 1  n1  write x 2  ok
                """));

        assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(verdict.reason()).contains("no bound was asked for, as in recovers-within:10s");
        assertThat(verdict.figures()).isEqualTo(List.of(Figure.nanos("longest recovery", 9_000_000)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "1.5s", "3versions", "10 s"})
    void anUnclearBoundIsRefused(String bound) {
        assertThatThrownBy(() -> Guarantee.named("recovers-within:" + bound))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("recovers-within: found the bound " + bound
                        + ", expected a whole number and a unit: 200us, 500ms or 10s");
        assertThatThrownBy(() -> Guarantee.named("available-within:" + bound))
                .hasMessageStartingWith("available-within: found the bound " + bound);
    }
}
