package dev.umpire.checkers.linearizable;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.model.Calls;
import dev.umpire.checkers.model.Model;
import dev.umpire.checkers.model.Models;
import dev.umpire.checkers.oracle.Share;
import dev.umpire.checkers.oracle.SmallHistories;
import dev.umpire.checkers.oracle.SmallHistories.Bound;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.histories.History;
import dev.umpire.histories.event.MalformedHistoryException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What joined reads decide, against the definition, and against the search on larger histories. */
class JoinedObjectTest {
    private static final long FIRST = Long.getLong("umpire.seed", 1);
    private static final long BYTES = 1L << 28;

    @Test
    void smallHistoriesAreJudgedAsDefined() {
        for (Bound bound : List.of(
                Bound.of(4, 2).withSnapshots(),
                Bound.of(4, 2).withUnknownWrites().withFailedWrites(),
                Bound.of(4, 1).withCompareAndSet())) {
            Map<Answer, Integer> answers = new EnumMap<>(Answer.class);
            SmallHistories.forEach(bound, small -> {
                Answer answer = decide(small.history(), Models.MULTI_REGISTER).answer();
                answers.merge(answer, 1, Integer::sum);
                if (answer != Answer.UNKNOWN) {
                    assertThat(answer == Answer.VALID)
                            .as(() -> small + " is " + answer)
                            .isEqualTo(LinearizabilityOracle.isLinearizable(small));
                }
            });
            assertThat(answers.get(Answer.VALID)).isGreaterThan(Share.seen(100));
            assertThat(answers.get(Answer.INVALID)).isGreaterThan(Share.seen(100));
            assertThat(answers.getOrDefault(Answer.UNKNOWN, 0)).isLessThan(answers.getOrDefault(Answer.VALID, 0) / 2);
        }
    }

    @Test
    void snapshotsAreJudgedAsTheSearchJudgesThem() throws MalformedHistoryException {
        agreesWithSearch(Models.MULTI_REGISTER, false);
    }

    @Test
    void listsAreJudgedAsTheSearchJudgesThem() throws MalformedHistoryException {
        agreesWithSearch(Models.LIST_APPEND, true);
    }

    private static void agreesWithSearch(Model<?> model, boolean lists) throws MalformedHistoryException {
        Map<Answer, Integer> answers = new EnumMap<>(Answer.class);
        for (long seed = FIRST; seed < FIRST + Share.of(1_000); seed++) {
            String text = RecordedTwoKeys.drawn(seed, lists, seed % 2 == 0);
            History history = History.parse(text);
            JoinedObject found = decide(history, model);
            Verdict searched = searched(history, model);
            answers.merge(found.answer(), 1, Integer::sum);
            if (found.answer() != Answer.UNKNOWN && searched.obliged() > 0) {
                assertThat(found.answer()).as("seed " + seed + "\n" + text).isEqualTo(searched.answer());
            }
            if (found.answer() == Answer.INVALID) {
                assertThat(found.anomaly().get().operations()).isNotEmpty();
                assertWitnessIsBrokenAlone(text, found, model);
            }
        }
        assertThat(answers.get(Answer.VALID)).isGreaterThan(Share.seen(300));
        assertThat(answers.get(Answer.INVALID)).as("%s", answers).isGreaterThan(Share.seen(100));
        assertThat(answers.getOrDefault(Answer.UNKNOWN, 0)).isLessThan(Share.of(100));
    }

    /** The operations of the witness, and those that wrote what they read of the lists, have no order by themselves either. */
    private static void assertWitnessIsBrokenAlone(String text, JoinedObject found, Model<?> model)
            throws MalformedHistoryException {
        if (model == Models.LIST_APPEND) {
            return; // elements of lists whose appends are left out were never written
        }
        Set<Integer> kept = new HashSet<>(found.anomaly().get().operations());
        History alone = History.parse(RecordedTwoKeys.only(text, kept));
        assertThat(searched(alone, model).answer())
                .as(found.anomaly().get().sentence())
                .isEqualTo(Answer.INVALID);
    }

    @Test
    void aCycleIsToldFactByFact() throws MalformedHistoryException {
        String text = """
                {"type":"invoke","process":0,"f":"write","key":"x","value":1,"time":1000000}
                {"type":"ok","process":0,"f":"write","key":"x","value":1,"time":2000000}
                {"type":"invoke","process":1,"f":"write","key":"y","value":2,"time":3000000}
                {"type":"ok","process":1,"f":"write","key":"y","value":2,"time":4000000}
                {"type":"invoke","process":2,"f":"snapshot","value":{"x":null,"y":null},"time":5000000}
                {"type":"ok","process":2,"f":"snapshot","value":{"x":null,"y":2},"time":6000000}
                """;
        JoinedObject found = decide(History.parse(text), Models.MULTI_REGISTER);
        assertThat(found.answer()).isEqualTo(Answer.INVALID);
        assertThat(found.anomaly().get().sentence())
                .contains("that keeps real time")
                .contains(", before session 2 read");
        assertThat(found.anomaly().get().operations()).containsExactly(0, 1, 2);
    }

    private static JoinedObject decide(History history, Model<?> model) {
        Calls calls = new Calls(history, CheckOptions.DEFAULT.nilReads());
        int[] operations = IntStream.range(0, history.size())
                .filter(operation -> calls.matters(operation, model))
                .toArray();
        return JoinedObject.decide(history, calls, model, CheckOptions.DEFAULT, BYTES, operations);
    }

    private static Verdict searched(History history, Model<?> model) {
        // so small a bound that nothing is joined would leave it open; so large a one decides all of these by search
        return Linearizable.check(history, CheckOptions.DEFAULT, model);
    }

    /** Two sessions and more on keys x and y, as a store recorded them that is right, or that returned one read too old. */
    private static final class RecordedTwoKeys {
        private record Deed(
                int process, String function, String key, String argument, String result, int invoked, int completed) {}

        private RecordedTwoKeys() {}

        static String drawn(long seed, boolean lists, boolean isWrong) {
            Random random = new Random(seed);
            int sessions = 2 + random.nextInt(3);
            int size = 8 + random.nextInt(10);
            List<Deed> deeds = new ArrayList<>();
            int[] free = new int[sessions];
            List<Integer> x = new ArrayList<>();
            List<Integer> y = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                int process = random.nextInt(sessions);
                // takes effect at 10 * i, invoked before and completed after, as far as its session is free
                int invoked = Math.max(free[process] + 1, 10 * i - random.nextInt(12));
                int completed = 10 * i + 1 + random.nextInt(12);
                if (invoked > 10 * i) {
                    continue;
                }
                free[process] = completed;
                int what = random.nextInt(3);
                String key = random.nextBoolean() ? "x" : "y";
                List<Integer> values = key.equals("x") ? x : y;
                boolean old = isWrong && random.nextInt(3) == 0;
                if (what == 0) {
                    values.add(i + 1);
                    deeds.add(new Deed(
                            process, lists ? "append" : "write", key, "" + (i + 1), "" + (i + 1), invoked, completed));
                } else if (what == 1 || lists) {
                    deeds.add(new Deed(process, "read", key, "null", value(values, lists, old), invoked, completed));
                } else {
                    String both = "{\"x\":" + value(x, false, old) + ",\"y\":" + value(y, false, false) + "}";
                    deeds.add(new Deed(process, "snapshot", "", "{\"x\":null,\"y\":null}", both, invoked, completed));
                }
            }
            return written(deeds);
        }

        private static String value(List<Integer> values, boolean lists, boolean old) {
            List<Integer> seen = old && !values.isEmpty() ? values.subList(0, values.size() - 1) : values;
            return lists ? seen.toString() : seen.isEmpty() ? "null" : "" + seen.get(seen.size() - 1);
        }

        private static String written(List<Deed> deeds) {
            record Line(int at, String text) {}
            List<Line> lines = new ArrayList<>();
            for (Deed deed : deeds) {
                String key = deed.key().isEmpty() ? "" : "\"key\":\"" + deed.key() + "\",";
                String all = "\"process\":" + deed.process() + ",\"f\":\"" + deed.function() + "\"," + key;
                lines.add(new Line(
                        2 * deed.invoked(), "{\"type\":\"invoke\"," + all + "\"value\":" + deed.argument() + "}"));
                lines.add(new Line(
                        2 * deed.completed() + 1, "{\"type\":\"ok\"," + all + "\"value\":" + deed.result() + "}"));
            }
            lines.sort((a, b) -> Integer.compare(a.at(), b.at()));
            return lines.stream().map(Line::text).collect(Collectors.joining("\n", "", "\n"));
        }

        /** The lines of some operations, which are numbered in the order of their invocations. */
        static String only(String text, Set<Integer> kept) {
            StringBuilder lines = new StringBuilder();
            Set<String> taken = new HashSet<>();
            int operation = 0;
            for (String line : text.lines().toList()) {
                String process = line.replaceAll(".*\"process\":(\\d+).*", "$1");
                if (line.contains("\"invoke\"")) {
                    taken.remove(process);
                    if (kept.contains(operation++)) {
                        taken.add(process);
                    }
                }
                if (taken.contains(process)) {
                    lines.append(line).append('\n');
                }
            }
            return lines.toString();
        }
    }
}
