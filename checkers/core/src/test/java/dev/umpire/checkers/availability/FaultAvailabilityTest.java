package dev.umpire.checkers.availability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.Guarantee;
import dev.umpire.checkers.oracle.Transcript;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.histories.History;
import dev.umpire.histories.event.MalformedHistoryException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultAvailabilityTest {
    private static final String FAULTS = """
            20 ms      nemesis inject 3 pause n1
            21 ms      nemesis confirm 3
            30 ms      nemesis heal 3
            40 ms      nemesis inject 4 failover n1
            41 ms      nemesis confirm 4
            50 ms      nemesis heal 4
            """;

    private static List<FaultAvailability> of(String lines) {
        return FaultAvailability.of(Transcript.parse(FAULTS + lines), Optional.empty());
    }

    @Test
    void theLongestSilenceIsThatOfTheFunctionWhichWaitedLongestWhileTheFaultWasInForce() {
        List<FaultAvailability> faults = of("""
                10..11 ms  session 1  n1  write x 1  ok
                12..13 ms  session 2  n2  read x     ok 1
                14..17 ms  session 2  n2  read x     ok 1
                18..22 ms  session 2  n2  read x     ok 1
                19..32 ms  session 1  n1  write x 2  ok
                23..26 ms  session 2  n2  read x     ok 1
                """);

        Silence longest = faults.get(0).longestSilence().orElseThrow();
        assertThat(longest.function()).isEqualTo("write");
        assertThat(longest.fromNanos()).isEqualTo(19_000_000);
        assertThat(longest.nanos()).isEqualTo(13_000_000);
        assertThat(longest.ended()).isTrue();
        assertThat(faults.get(1).longestSilence())
                .as("nobody asked between 40 and 50 ms")
                .isEmpty();
        assertThat(faults.get(0).lostWrites()).isEmpty();
    }

    @Test
    void theLongestSilenceMayBeOneThatTheHealCauses() {
        List<FaultAvailability> faults = of("""
                10..11 ms  session 1  n1  write x 1  ok
                22..24 ms  session 1  n1  write x 2  ok
                31..32 ms  session 1  n1  write x 3  ok
                33..45 ms  session 1  n1  write x 4  ok
                53..99 ms  session 1  n1  write x 5  ok
                """);

        Silence first = faults.get(0).longestSilence().orElseThrow();
        assertThat(first.fromNanos()).isEqualTo(33_000_000);
        assertThat(first.nanos()).as("up to the next fault").isEqualTo(7_000_000);
        assertThat(first.ended()).isFalse();
        assertThat(faults.get(1).longestSilence().orElseThrow().nanos()).isEqualTo(46_000_000);
        assertThat(faults.get(0).recovery().orElseThrow().nanos()).isEqualTo(1_000_000);
    }

    @Test
    void whatASilenceLastsFromTheNextFaultOnIsNoCostOfTheOneBefore() {
        List<FaultAvailability> faults = of("""
                10..11 ms  session 1  n1  write x 1  ok
                12..13 ms  session 2  n2  read x     ok 1
                13..23 ms  session 1  n1  write x 2  ok
                28..90 ms  session 2  n2  read x     ok 1
                31..32 ms  session 1  n1  write x 3  ok
                33..34 ms  session 1  n1  write x 4  ok
                """);

        Silence first = faults.get(0).longestSilence().orElseThrow();
        assertThat(first.function()).isEqualTo("read");
        assertThat(first.fromNanos()).isEqualTo(28_000_000);
        assertThat(first.nanos()).as("up to the next fault").isEqualTo(12_000_000);
        assertThat(first.ended()).isFalse();
        assertThat(faults.get(1).longestSilence().orElseThrow().nanos()).isEqualTo(62_000_000);
    }

    @Test
    void aSilenceThatEndsBeforeTheNextFaultMayBeTheLongestAlthoughALaterOneOutlastsThat() {
        Silence first = of("""
                10..11 ms  session 1  n1  write x 1  ok
                12..27 ms  session 1  n1  write x 2  ok
                29..90 ms  session 1  n1  write x 3  ok
                """).get(0).longestSilence().orElseThrow();

        assertThat(first.fromNanos()).isEqualTo(12_000_000);
        assertThat(first.nanos()).isEqualTo(15_000_000);
    }

    @Test
    void theRecoveryFromAFailoverIsTheLongestSilenceSinceItsInjection() {
        List<FaultAvailability> faults = of("""
                10..11 ms  session 1  n1  write x 1  ok
                40..41 ms  session 1  n1  write x 2  ok
                42..48 ms  session 1  n2  write x 3  ok
                48..49 ms  session 1  n2  write x 4  ok
                """);

        Silence recovery = faults.get(1).recovery().orElseThrow();
        assertThat(recovery.fromNanos()).isEqualTo(42_000_000);
        assertThat(recovery.nanos()).isEqualTo(6_000_000);
    }

    @Test
    void aFunctionThatWasNotAcknowledgedBeforeIsNotMissed() {
        assertThat(of("""
                        12..13 ms  session 2  n2  read x     ok 1
                        14..90 ms  session 1  n1  write x 1  fail
                        22..25 ms  session 2  n2  read x     ok 1
                        """).get(0).longestSilence())
                .hasValueSatisfying(silence -> assertThat(silence.function()).isEqualTo("read"));
    }

    @Test
    void theRecoveryIsThatOfTheSlowestFunctionUpToTheNextFault() {
        List<FaultAvailability> faults = of("""
                10..11 ms  session 1  n1  write x 1  ok
                12..13 ms  session 2  n2  read x     ok 1
                29..31 ms  session 2  n2  read x     ok 1
                29..45 ms  session 1  n1  write x 2  ok
                42..44 ms  session 2  n2  read x     ok 1
                """);

        Silence first = faults.get(0).recovery().orElseThrow();
        assertThat(first.function()).isEqualTo("write");
        assertThat(first.ended()).as("the next fault struck at 40 ms").isFalse();
        assertThat(first.nanos()).isEqualTo(10_000_000);
        Silence second = faults.get(1).recovery().orElseThrow();
        assertThat(second.function()).isEqualTo("write");
        assertThat(second.ended()).isTrue();
        assertThat(second.nanos()).isEqualTo(5_000_000);
    }

    @Test
    void aLostWriteCountsForTheFaultInForceOrElseTheNext() {
        String lines = """
                10..11 ms  session 1  n1  write a 1  ok
                12..13 ms  session 1  n1  write b 1  ok
                22..23 ms  session 1  n1  write b 2  ok
                32..33 ms  session 1  n1  write c 3  ok
                34..35 ms  session 1  n1  write d 3  ok
                52..53 ms  session 1  n1  write e 3  ok
                80..81 ms  session 1  n1  read a  ok nil final
                82..83 ms  session 1  n1  read b  ok 1 final
                84..85 ms  session 1  n1  read c  ok nil final
                86..87 ms  session 1  n1  read d  ok nil final
                88..89 ms  session 1  n1  read e  ok nil final
                """;
        History history = Transcript.parse(FAULTS + lines);
        Verdict durability = Guarantee.DURABILITY.check(history);

        List<FaultAvailability> faults = FaultAvailability.of(history, Optional.of(durability));

        assertThat(durability.anomalyCount()).isEqualTo(5);
        assertThat(faults)
                .extracting(FaultAvailability::lostWrites)
                .as("a and b to the pause, c and d to the failover that came next, e to neither")
                .containsExactly(OptionalLong.of(2), OptionalLong.of(2));
    }

    @Test
    void ofSeveralFaultsInForceTheLastOneTakesTheLoss() {
        History history = Transcript.parse("""
                20 ms      nemesis inject 3 pause n1
                30 ms      nemesis inject 4 pause n2
                35..36 ms  session 1  n1  write a 1  ok
                40 ms      nemesis heal 4
                50 ms      nemesis heal 3
                80..81 ms  session 1  n1  read a  ok nil final
                """);

        assertThat(FaultAvailability.of(history, Optional.of(Guarantee.DURABILITY.check(history))))
                .extracting(FaultAvailability::lostWrites)
                .containsExactly(OptionalLong.of(0), OptionalLong.of(1));
    }

    /** One that was acknowledged before the fault struck and one while it was in force; that behind them is there. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aLostMessageOfALogIsALostWrite(boolean inTransactions) throws MalformedHistoryException {
        History history = History.parse(sent(1, 10, inTransactions)
                + """
                {:process :nemesis, :type :info, :f :inject, :value {"id" 3 "fault" "pause" "node" "n1"}, :time 20000000}
                """
                + sent(2, 22, inTransactions)
                + """
                {:process :nemesis, :type :info, :f :heal, :value {"id" 3 "fault" "pause" "node" "n1"}, :time 30000000}
                """
                + sent(3, 40, inTransactions)
                + (inTransactions
                        // what shows the losses sends something, too
                        ? operation(
                                "txn", 50, "[[:poll] [:send \"p\" 4]]", "[[:poll {\"p\" [[3 3]]}] [:send \"p\" [4 4]]]")
                        : operation("poll", 50, "nil", "[[3 3]]")));
        Verdict durability = Guarantee.DURABILITY.check(history);

        assertThat(durability.anomalyCount()).isEqualTo(2);
        assertThat(FaultAvailability.of(history, Optional.of(durability)))
                .extracting(FaultAvailability::lostWrites)
                .containsExactly(OptionalLong.of(2));
    }

    private static String sent(int message, int millis, boolean inTransaction) {
        String record = "[" + message + " " + message + "]";
        return inTransaction
                ? operation("txn", millis, "[[:send \"p\" " + message + "]]", "[[:send \"p\" " + record + "]]")
                : operation("send", millis, "" + message, record);
    }

    private static String operation(String function, int millis, String asked, String answered) {
        String event =
                "{:process " + millis + ", :type :%s, :f :" + function + ", :key \"p\", :value %s, :time %d000000}\n";
        return event.formatted("invoke", asked, millis) + event.formatted("ok", answered, millis + 1);
    }

    @Test
    void whereDurabilityIsUndecidedNobodyKnowsWhatWasLost() {
        History history = Transcript.parse(FAULTS + "10..11 ms  session 1  n1  write a 1  ok");

        assertThat(FaultAvailability.of(history, Optional.of(Guarantee.DURABILITY.check(history))))
                .extracting(FaultAvailability::lostWrites)
                .containsOnly(OptionalLong.empty());
    }
}
