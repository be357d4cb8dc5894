package dev.umpire.checkers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.histories.History;
import dev.umpire.histories.event.MalformedHistoryException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A transaction may read one key twice, with two answers: what is told of it is the answer that is at fault. */
class ReadTwiceTest {
    private static final String ONE_AND_TWO = """
            {"type":"invoke","process":1,"f":"write","key":"x","value":1,"time":0}
            {"type":"ok","process":1,"f":"write","key":"x","value":1,"time":1000000}
            {"type":"invoke","process":1,"f":"write","key":"x","value":2,"time":2000000}
            {"type":"ok","process":1,"f":"write","key":"x","value":2,"time":3000000}
            """;

    private static final String EITHER_FIRST = """
            {"type":"invoke","process":1,"f":"write","key":"x","value":1,"time":0}
            {"type":"invoke","process":2,"f":"write","key":"x","value":2,"time":2000000}
            {"type":"ok","process":2,"f":"write","key":"x","value":2,"time":3000000}
            {"type":"ok","process":1,"f":"write","key":"x","value":1,"time":3500000}
            """;

    @Test
    void theAbortedValueIsTold() {
        String history = ONE_AND_TWO.replace("\"ok\",\"process\":1,\"f\":\"write\",\"key\":\"x\",\"value\":2", """
                "fail","process":1,"f":"write","key":"x","value":2""")
                + reading(2, 4, "1", "2");

        assertThat(told("integrity", history))
                .isEqualTo(
                        "ABORTED_READ: session 2 read x (4 ms to 5 ms), which returned 2, a value that took no effect:"
                                + " session 1 wrote x=2 (2 ms to 3 ms, failed), and nobody else wrote it");
    }

    @Test
    void theValueThatNobodyWroteIsTold() {
        assertThat(told("integrity", ONE_AND_TWO + reading(2, 4, "2", "7")))
                .isEqualTo(
                        "PHANTOM_READ: session 2 read x (4 ms to 5 ms), which returned 7, a value that nobody wrote to"
                                + " x");
    }

    @Test
    void theStaleValueIsTold() {
        String history = ONE_AND_TWO + reading(1, 4, "2", "1");

        assertThat(told("read-your-writes", history))
                .contains("and then read x (4 ms to 5 ms), which returned 1: 1 was written by session 1");
        assertThat(told("causal", history))
                .startsWith("WRITE_CO_READ: session 1 read x (4 ms to 5 ms), which returned 1, although in its causal"
                        + " past x=2 had replaced it");
        assertThat(told("pram", history))
                .contains(
                        "session 1 read x (4 ms to 5 ms), which returned 1, but x=2 must come after what it returned");
    }

    @Test
    void theInitialValueIsTold() {
        String history = ONE_AND_TWO + reading(1, 4, "2", "null");

        assertThat(told("read-your-writes", history)).contains("which returned nil, the initial value");
        assertThat(told("causal", history)).contains("which returned nil, the initial value");
        assertThat(told("pram", history)).contains("which returned nil, the initial value");
    }

    @Test
    void ofTwoSuchReadsTheNewerValueOfTheFirstAndTheOlderOneOfTheSecondAreTold() {
        assertThat(told("monotonic-reads", ONE_AND_TWO + reading(2, 4, "1", "2") + reading(2, 6, "2", "1")))
                .startsWith(
                        "BACK_IN_TIME: session 2 read x (4 ms to 5 ms), which returned 2, and then read x (6 ms to 7"
                                + " ms), which returned 1: 1 was written by session 1");
        assertThat(told("monotonic-reads", ONE_AND_TWO + reading(2, 4, "null", "2") + reading(2, 6, "2", "null")))
                .startsWith(
                        "BACK_TO_INITIAL: session 2 read x (4 ms to 5 ms), which returned 2, and then read x (6 ms to"
                                + " 7 ms), which returned nil, the initial value");
    }

    @Test
    void eachReasonOfAnOrderIsToldWithItsOwnValue() {
        assertThat(told("monotonic-reads", EITHER_FIRST + reading(3, 4, "1", "2") + reading(3, 6, "2", "1")))
                .contains(
                        "1 before 2 (session 3 read x (4 ms to 5 ms), which returned 1, and then read x (6 ms to 7 ms),"
                                + " which returned 2)")
                .contains(
                        "2 before 1 (session 3 read x (4 ms to 5 ms), which returned 2, and then read x (6 ms to 7 ms),"
                                + " which returned 1)");
    }

    @Test
    void whatWasReadBackAndForthIsTold() {
        assertThat(told(
                        "monotonic-reads",
                        EITHER_FIRST + reading(3, 4, "1", "1") + reading(3, 6, "1", "2") + reading(3, 8, "2", "1")))
                .contains(
                        "BACK_AND_FORTH: session 3 read x (4 ms to 5 ms), which returned 1, then read x (6 ms to 7 ms),"
                                + " which returned 2, and then read x (8 ms to 9 ms), which returned 1 again");
    }

    @Test
    void whatShowedTheLaterWriteIsToldAndWhatLacksTheEarlierOne() {
        String history = """
                {"type":"invoke","process":1,"f":"write","key":"y","value":1,"time":0}
                {"type":"ok","process":1,"f":"write","key":"y","value":1,"time":1000000}
                {"type":"invoke","process":1,"f":"write","key":"x","value":1,"time":2000000}
                {"type":"ok","process":1,"f":"write","key":"x","value":1,"time":3000000}
                {"type":"invoke","process":2,"f":"txn","value":[["r","x",null],["r","x",null],["r","y",null],["r","y",null]],"time":4000000}
                {"type":"ok","process":2,"f":"txn","value":[["r","x",null],["r","x",1],["r","y",1],["r","y",null]],"time":5000000}
                """;

        assertThat(told("monotonic-writes", history))
                .contains(
                        "session 2 read x (4 ms to 5 ms), which returned 1, and together with it read y (4 ms to 5 ms),"
                                + " which returned nil, the initial value");
        assertThat(told("causal", history))
                .contains("WRITE_CO_INIT_READ: session 2 read y (4 ms to 5 ms), which returned nil, the initial value")
                .contains("and that txn itself returned y=1");
    }

    @Test
    void listsInTwoOrdersAreToldAsACircle() {
        String history = """
                {"type":"invoke","process":1,"f":"append","key":"x","value":1,"time":0}
                {"type":"ok","process":1,"f":"append","key":"x","value":1,"time":1000000}
                {"type":"invoke","process":2,"f":"append","key":"x","value":2,"time":2000000}
                {"type":"ok","process":2,"f":"append","key":"x","value":2,"time":3000000}
                """ + reading(3, 4, "[1,2]", "[1,2]") + reading(3, 6, "[2,1]", "[2,1]");

        assertThat(told("pram", history))
                .isEqualTo(
                        "CYCLIC_HB: no one order of all writes explains what session 3 read: 1 in x must come before 2"
                                + " in x, as session 3 read x (4 ms to 5 ms), which returned [1, 2]; 2 in x must come before 1 in"
                                + " x, as session 3 read x (6 ms to 7 ms), which returned [2, 1]: so each would come before"
                                + " itself");
    }

    @Test
    void whatWasReadFromEachWriteOfACircleIsTold() {
        assertThat(told("causal", EITHER_FIRST + reading(2, 4, "1", "2")))
                .contains(
                        "x=2 must come before x=1, as session 2 read x (4 ms to 5 ms), which returned 1 and had x=2 in"
                                + " its past")
                .contains(
                        "x=1 must come before x=2, as session 2 read x (4 ms to 5 ms), which returned 2 and had x=1 in"
                                + " its past");
    }

    @Test
    void ofTwoListsTheOneThatLacksAnAppendIsTold() {
        String history = """
                {"type":"invoke","process":1,"f":"append","key":"x","value":1,"time":0}
                {"type":"ok","process":1,"f":"append","key":"x","value":1,"time":1000000}
                """ + reading(1, 4, "[1]", "[]");

        assertThat(told("causal", history)).contains("which returned [], without 1 in x");
        assertThat(told("pram", history)).contains("which returned [], without 1 in x");
        assertThat(told("read-your-writes", history)).contains("which returned [], the initial value");
    }

    private static String reading(int session, int fromMillis, String first, String second) {
        return """
                {"type":"invoke","process":%1$d,"f":"txn","value":[["r","x",null],["r","x",null]],"time":%2$d}
                {"type":"ok","process":%1$d,"f":"txn","value":[["r","x",%4$s],["r","x",%5$s]],"time":%3$d}
                """.formatted(session, fromMillis * 1_000_000L, (fromMillis + 1) * 1_000_000L, first, second);
    }

    private static String told(String guarantee, String events) {
        try {
            Verdict verdict = Guarantee.named(guarantee).check(History.parse(events), CheckOptions.DEFAULT);
            return verdict.anomalies().stream().map(ReadTwiceTest::told).collect(Collectors.joining("\n"));
        } catch (MalformedHistoryException e) {
            throw new AssertionError(e);
        }
    }

    private static String told(Anomaly anomaly) {
        return anomaly.kind() + ": " + anomaly.sentence();
    }
}
