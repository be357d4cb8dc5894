package dev.umpire.checkers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.oracle.Share;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.histories.History;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WithoutRealTimeTest {
    /** The first session has long written 2 when the second reads 1: stale, if the order of the lines means anything. */
    private static final String STALE = """
            {"umpire":"history","version":1,"nodes":[],"initial":null,"realTime":%s}
            {"type":"invoke","process":0,"f":"write","key":"x","value":1}
            {"type":"ok","process":0,"f":"write","key":"x","value":1}
            {"type":"invoke","process":1,"f":"write","key":"x","value":2}
            {"type":"ok","process":1,"f":"write","key":"x","value":2}
            {"type":"invoke","process":1,"f":"read","key":"x","value":null}
            {"type":"ok","process":1,"f":"read","key":"x","value":1}
            {"umpire":"end","events":6}
            """;

    @Test
    void whatSpeaksOfRealTimeIsNotJudged() throws Exception {
        assertThat(Guarantee.LINEARIZABLE.check(history("true")).answer()).isEqualTo(Answer.INVALID);

        Verdict verdict = Guarantee.LINEARIZABLE.check(history("false"));

        assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(verdict.reason())
                .contains("the recording keeps no order between its sessions, and linearizable speaks of real time");
    }

    @Test
    void availabilityIsAQuestionOfRealTime() throws Exception {
        for (String guarantee : List.of("recovers-within:1s", "available-within:1s")) {
            assertThat(Guarantee.named(guarantee)
                            .check(history("false"))
                            .reason()
                            .orElseThrow())
                    .contains("speaks of real time");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "linearizable",
                "strict-consistent-prefix",
                "bounded-staleness",
                "bounded-staleness:3ms",
                "durability",
                "eventual",
                "counter"
            })
    void theseSpeakOfRealTime(String guarantee) throws Exception {
        assertThat(WithoutRealTime.refusal(guarantee, history("true"))).isEmpty();
        assertThat(WithoutRealTime.refusal(guarantee, history("false")))
                .contains(Verdict.undecided(
                        guarantee,
                        "the recording keeps no order between its sessions, and " + guarantee
                                + " speaks of real time"));
    }

    @Test
    void theOthersDoNot() throws Exception {
        for (String guarantee : List.of("sequential", "causal", "consistent-prefix", "integrity", "log-order")) {
            assertThat(WithoutRealTime.refusal(guarantee, history("false"))).isEmpty();
        }
    }

    @Test
    void noMoreIsAssumedThanWasAskedForAndRecorded() throws Exception {
        for (WriteOrder asked : WriteOrder.values()) {
            CheckOptions options = CheckOptions.DEFAULT.with(asked);
            assertThat(WithoutRealTime.options(options, history("true"))).isSameAs(options);
            assertThat(WithoutRealTime.options(options, history("false")).writeOrder())
                    .isEqualTo(asked == WriteOrder.REAL_TIME ? WriteOrder.SESSION : asked);
        }
    }

    @Test
    void writesOfSeveralSessionsAreNotOrdered() throws Exception {
        Verdict timed = Guarantee.READ_YOUR_WRITES.check(history("true"));
        Verdict untimed = Guarantee.READ_YOUR_WRITES.check(history("false"));

        assertThat(timed.answer()).isEqualTo(Answer.INVALID);
        assertThat(untimed.answer()).isEqualTo(Answer.VALID);
        assertThat(untimed.assumes()).contains("session write order");
    }

    @Test
    void aReadOfWhatIsWrittenLaterIsACircleOfTheSessions() throws Exception {
        History history = History.parse("""
                {"umpire":"history","version":1,"nodes":[],"initial":null,"realTime":false}
                {"type":"invoke","process":0,"f":"read","key":"x","value":null}
                {"type":"ok","process":0,"f":"read","key":"x","value":1}
                {"type":"invoke","process":0,"f":"write","key":"x","value":1}
                {"type":"ok","process":0,"f":"write","key":"x","value":1}
                {"umpire":"end","events":4}
                """);

        assertThat(Guarantee.INTEGRITY.check(history).anomalies().get(0).sentence())
                .endsWith(
                        "what sessions did and read follows itself in a circle, so in every order of the sessions some"
                                + " read returns what is not yet written");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "write|1|read|null|1",
                "append|1|read|null|[1]",
                "add|1|read|null|[1]",
                "enqueue|1|dequeue|null|1",
                "send|1|poll|null|[[0,1]]"
            })
    void aReaderMayStandBeforeTheWriterInTheFile(String put, String argument, String take, String asked, String got)
            throws Exception {
        String line = "{\"type\":\"%s\",\"process\":%d,\"f\":\"%s\",\"key\":\"x\",\"value\":%s}\n";
        History history = History.parse(
                "{\"umpire\":\"history\",\"version\":1,\"nodes\":[],\"initial\":null,\"realTime\":false}\n"
                        + line.formatted("invoke", 0, take, asked) + line.formatted("ok", 0, take, got)
                        + line.formatted("invoke", 1, put, argument) + line.formatted("ok", 1, put, argument)
                        + "{\"umpire\":\"end\",\"events\":4}\n");

        assertThat(Guarantee.INTEGRITY.check(history).answer()).isEqualTo(Answer.VALID);
    }

    @Test
    void sessionsAreJudgedAlikeInWhateverOrderTheyStand() throws Exception {
        List<String> reader = List.of(read(1), read(2), read(1));
        List<String> writers = List.of(write(1, 1), write(2, 2));
        String header = "{\"umpire\":\"history\",\"version\":1,\"nodes\":[],\"initial\":null,\"realTime\":false}\n";
        String end = "{\"umpire\":\"end\",\"events\":10}\n";
        History sorted = History.parse(header + String.join("", writers) + String.join("", reader) + end);
        History unsorted = History.parse(header + String.join("", reader) + String.join("", writers) + end);

        for (String guarantee : List.of("monotonic-reads", "causal", "sequential", "consistent-prefix", "pram")) {
            assertThat(Guarantee.named(guarantee).check(unsorted).answer())
                    .as(guarantee)
                    .isEqualTo(Guarantee.named(guarantee).check(sorted).answer());
        }
        assertThat(Guarantee.MONOTONIC_READS.check(unsorted).answer()).isEqualTo(Answer.INVALID);
    }

    @Test
    void atRandomNoAnswerDependsOnTheOrderInWhichSessionsStand() throws Exception {
        List<String> guarantees = List.of(
                "read-your-writes",
                "monotonic-reads",
                "monotonic-writes",
                "writes-follow-reads",
                "read-your-writes+monotonic-reads+monotonic-writes+writes-follow-reads",
                "pram",
                "causal",
                "causal-memory",
                "causal-convergence",
                "consistent-prefix",
                "monotonic-prefix",
                "sequential",
                "integrity");
        for (long seed = 0; seed < Share.of(600); seed++) {
            List<List<String>> sessions = sessions(new Random(seed));
            History first = interleaved(sessions, new Random(0));
            for (int other = 1; other <= 3; other++) {
                History again = interleaved(sessions, new Random(other));
                for (String guarantee : guarantees) {
                    assertThat(Guarantee.named(guarantee).check(again).answer())
                            .as("%s, seed %s: %s", guarantee, seed, sessions)
                            .isEqualTo(Guarantee.named(guarantee).check(first).answer());
                }
            }
        }
    }

    /** By session its operations, an invocation and an end each, of two registers and a list. */
    private static List<List<String>> sessions(Random random) {
        List<List<String>> sessions = new ArrayList<>();
        int value = 0;
        for (int s = 0; s < 3; s++) {
            List<String> operations = new ArrayList<>();
            int count = 1 + random.nextInt(3);
            for (int o = 0; o < count; o++) {
                String key = List.of("x", "y", "l").get(random.nextInt(3));
                boolean list = key.equals("l");
                value++;
                int any = 1 + random.nextInt(6);
                String read = random.nextInt(5) == 0 ? "null" : list ? "[" + any + "]" : "" + any;
                boolean write = random.nextBoolean();
                String function = write ? list ? "append" : "write" : "read";
                String line = "{\"type\":\"%s\",\"process\":" + s + ",\"f\":\"" + function + "\",\"key\":\"" + key
                        + "\",\"value\":%s}\n";
                operations.add(line.formatted("invoke", write ? "" + value : "null")
                        + line.formatted("ok", write ? "" + value : read));
            }
            sessions.add(operations);
        }
        return sessions;
    }

    private static History interleaved(List<List<String>> sessions, Random random) throws Exception {
        StringBuilder text = new StringBuilder(
                "{\"umpire\":\"history\",\"version\":1,\"nodes\":[],\"initial\":null,\"realTime\":false}\n");
        int[] next = new int[sessions.size()];
        int left = sessions.stream().mapToInt(List::size).sum();
        while (left > 0) {
            int s = random.nextInt(next.length);
            if (next[s] < sessions.get(s).size()) {
                text.append(sessions.get(s).get(next[s]++));
                left--;
            }
        }
        return History.parse(text.toString());
    }

    private static String read(int value) {
        return """
                {"type":"invoke","process":0,"f":"read","key":"x","value":null}
                {"type":"ok","process":0,"f":"read","key":"x","value":%d}
                """.formatted(value);
    }

    private static String write(int process, int value) {
        return """
                {"type":"invoke","process":%1$d,"f":"write","key":"x","value":%2$d}
                {"type":"ok","process":%1$d,"f":"write","key":"x","value":%2$d}
                """.formatted(process, value);
    }

    @Test
    void aPrefixMayShowWhatTheRecordingTellsLaterButNoCircle() throws Exception {
        String lines = """
                {"umpire":"history","version":1,"nodes":[],"initial":null,"realTime":false}
                {"type":"invoke","process":0,"f":"read","key":"x","value":null}
                {"type":"ok","process":0,"f":"read","key":"x","value":1}
                {"type":"invoke","process":0,"f":"write","key":"y","value":1}
                {"type":"ok","process":0,"f":"write","key":"y","value":1}
                {"type":"invoke","process":1,"f":"read","key":"y","value":null}
                {"type":"ok","process":1,"f":"read","key":"y","value":%s}
                {"type":"invoke","process":1,"f":"write","key":"x","value":1}
                {"type":"ok","process":1,"f":"write","key":"x","value":1}
                {"umpire":"end","events":8}
                """;

        Verdict circle = Guarantee.CONSISTENT_PREFIX.check(History.parse(lines.formatted("1")));

        assertThat(circle.answer()).isEqualTo(Answer.INVALID);
        assertThat(circle.anomalies().get(0).kind()).isEqualTo("ORDER_AGAINST_CAUSE");
        assertThat(circle.anomalies().get(0).operations()).containsExactly(0, 1, 2, 3);
        Verdict late = Guarantee.CONSISTENT_PREFIX.check(History.parse(lines.formatted("null")));
        assertThat(late.answer()).isEqualTo(Answer.VALID);
        assertThat(late.obliged()).isEqualTo(2);
    }

    private static History history(String realTime) throws Exception {
        return History.parse(STALE.formatted(realTime));
    }
}
