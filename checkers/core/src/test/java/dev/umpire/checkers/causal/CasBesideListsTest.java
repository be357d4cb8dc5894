package dev.umpire.checkers.causal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.Guarantee;
import dev.umpire.checkers.oracle.Share;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.histories.History;
import dev.umpire.histories.event.Event;
import dev.umpire.histories.event.MalformedHistoryException;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Cas in one history with lists and transactions: what is broken is shown by its witness alone, and what holds in one order for
 * all holds in the orders of sessions.
 */
class CasBesideListsTest {
    private static final CheckOptions OPTIONS = CheckOptions.DEFAULT.with(WriteOrder.NONE);
    private static final List<Guarantee> GUARANTEES =
            List.of(Guarantee.PRAM, Guarantee.CAUSAL, Guarantee.CAUSAL_MEMORY, Guarantee.CAUSAL_CONVERGENCE);

    @Test
    void aTransactionAndTheCasOfAnotherSessionCannotReplaceOneValue() {
        for (Guarantee guarantee : List.of(Guarantee.PRAM, Guarantee.CAUSAL_MEMORY)) {
            Verdict verdict = guarantee.check(history(List.of(
                    operation(0, "cas", "x", "[nil 1]", "[nil 1]"),
                    operation(1, "txn", "", "[[:r :x nil] [:w :x 2]]", "[[:r :x nil] [:w :x 2]]"))));

            assertThat(verdict.anomalies())
                    .extracting(Anomaly::kind)
                    .as(guarantee.name())
                    .containsExactly("CONTRADICTORY_CAS");
            assertThat(verdict.anomalies().get(0).operations()).containsExactly(0, 1);
        }
    }

    @Test
    void aListMayOrderAppendsAgainstACasBetweenThem() {
        Verdict verdict = Guarantee.PRAM.check(history(List.of(
                operation(1, "append", "l", "2", "2"),
                operation(1, "write", "x", "1", "1"),
                operation(2, "cas", "x", "[1 2]", "[1 2]"),
                operation(2, "append", "l", "1", "1"),
                operation(0, "read", "l", "nil", "[1 2]"))));

        assertThat(verdict.anomalies()).hasSize(1);
        assertThat(verdict.anomalies().get(0).kind()).isEqualTo("CONTRADICTORY_CAS");
        assertThat(verdict.anomalies().get(0).sentence())
                .contains(
                        "1 in l must come before 2 in l, as session 0 read l (event 8 to event 9), which returned [1, 2]");
    }

    @Test
    void aLongChainOfCasIsToldInTheEnd() {
        for (Guarantee guarantee : List.of(Guarantee.CAUSAL_CONVERGENCE, Guarantee.CAUSAL_MEMORY)) {
            assertThat(guarantee.check(history(chain(300))).anomalies())
                    .extracting(Anomaly::kind)
                    .as(guarantee.name())
                    .containsExactly("CONTRADICTORY_CAS");
        }
    }

    @Test
    void aChainOfCasIsToldInOneSentence() {
        assertThat(Guarantee.CAUSAL_MEMORY
                        .check(history(chain(12)))
                        .anomalies()
                        .get(0)
                        .sentence())
                .isEqualTo(
                        "there is no one order of all writes in which each cas stands directly after what it replaced:"
                                + " x=1000 must come after what replaced x=1, as it comes after that (session 3 changed x=2"
                                + " from 1 (event 8 to event 9, acknowledged)) (x=1, then the read of session 9, which had seen"
                                + " that, then in the same session x=1000), and so after x=3, x=4, x=5 and so on to x=12, as each"
                                + " replaced the one before it, but x=1000 comes before x=12 (x=1000, then in the same session y=1,"
                                + " then the read of session 7, which had seen that, then in the same session x=12)");
    }

    @Test
    void aContradictionIsToldByTheFactsThatLeadToIt() {
        List<String> operations = List.of(
                operation(2, "cas", "x", "[nil 3]", "[nil 3]"),
                operation(1, "write", "y", "4", "4"),
                operation(1, "cas", "x", "[3 7]", "[3 7]"),
                operation(2, "write", "x", "6", "6"),
                operation(2, "cas", "y", "[nil 9]", "[nil 9]"));

        assertThat(Guarantee.CAUSAL_CONVERGENCE
                        .check(history(operations))
                        .anomalies()
                        .get(0)
                        .sentence())
                .isEqualTo(
                        "there is no one order of all writes in which each cas stands directly after what it replaced:"
                                + " x=6 must come after what replaced x=3, as it comes after that (session 1 changed x=7 from 3"
                                + " (event 4 to event 5, acknowledged)) (x=3, then in the same session x=6); y=4 must come after"
                                + " what replaced the initial value (session 2 changed y=9 from nil (event 8 to event 9,"
                                + " acknowledged)), but y=4 comes before y=9 (y=4, then in the same session x=7, then x=6, as said,"
                                + " then in the same session y=9)");
    }

    @Test
    void atRandomWitnessesSufficeAndOneOrderForAllIsAnOrderForEach() {
        Map<String, Integer> kinds = new TreeMap<>();
        for (long seed = 0; seed < Share.of(4_000); seed++) {
            History history = history(draw(new Random(seed)));
            Map<String, Answer> answers = new TreeMap<>();
            for (Guarantee guarantee : GUARANTEES) {
                Verdict verdict = guarantee.check(history, OPTIONS);
                answers.put(guarantee.name(), verdict.answer());
                for (Anomaly anomaly : verdict.anomalies()) {
                    kinds.merge(anomaly.kind(), 1, Integer::sum);
                    assertThat(guarantee
                                    .check(part(history, anomaly.operations()), OPTIONS)
                                    .answer())
                            .as("seed %s, %s: %s", seed, guarantee, anomaly.sentence())
                            .isEqualTo(Answer.INVALID);
                }
            }
            String seen = "seed " + seed + ": " + answers;
            if (Guarantee.SEQUENTIAL.check(history, OPTIONS).answer() == Answer.VALID) {
                assertThat(answers).as(seen).doesNotContainValue(Answer.INVALID);
            }
            if (answers.get("causal-memory") == Answer.VALID) {
                assertThat(answers).as(seen).doesNotContainEntry("pram", Answer.INVALID);
                assertThat(answers).as(seen).doesNotContainEntry("causal", Answer.INVALID);
            }
            if (answers.get("causal-convergence") == Answer.VALID) {
                assertThat(answers).as(seen).doesNotContainEntry("causal", Answer.INVALID);
            }
        }
        if (!Share.isSmall()) {
            assertThat(kinds.get("CONTRADICTORY_CAS")).isGreaterThan(100);
        }
    }

    /** The events of some operations, and of those that wrote what these read. */
    private static History part(History history, List<Integer> some) {
        List<Integer> operations = new ArrayList<>(some);
        for (int at = 0; at < operations.size(); at++) {
            for (int i = 0; i < history.readCount(operations.get(at)); i++) {
                int key = history.readKey(operations.get(at), i);
                Value value = history.value(history.readValue(operations.get(at), i));
                List<Value> read = value instanceof Value.Sequence list ? list.elements() : List.of(value);
                for (int writer = 0; writer < history.size(); writer++) {
                    if (history.writeCount(writer) == 1
                            && history.writeKey(writer, 0) == key
                            && read.contains(history.value(history.writeValue(writer, 0)))
                            && !operations.contains(writer)) {
                        operations.add(writer);
                    }
                }
            }
        }
        Set<Integer> positions = new HashSet<>();
        operations.forEach(o -> positions.addAll(List.of(history.invoked(o), history.ended(o))));
        List<Event> events = new ArrayList<>();
        int position = 0;
        for (Event event : history.events()) {
            if (positions.contains(position++)) {
                events.add(event);
            }
        }
        return History.of(events);
    }

    /** A write that must be before and after a chain of so many writes, all but the first of them cas. */
    private static List<String> chain(int length) {
        List<String> operations = new ArrayList<>(List.of(
                operation(0, "write", "x", "1", "1"),
                operation(9, "read", "x", "nil", "1"),
                operation(9, "write", "x", "1000", "1000"),
                operation(9, "write", "y", "1", "1")));
        for (int i = 2; i < length; i++) {
            String cas = "[" + (i - 1) + " " + i + "]";
            operations.add(operation(1 + i % 4, "cas", "x", cas, cas));
        }
        String last = "[" + (length - 1) + " " + length + "]";
        operations.add(operation(7, "read", "y", "nil", "1"));
        operations.add(operation(7, "cas", "x", last, last));
        return operations;
    }

    private static List<String> draw(Random random) {
        List<String> operations = new ArrayList<>();
        Map<String, List<String>> written = new TreeMap<>();
        int count = 4 + random.nextInt(6);
        for (int i = 1; i <= count; i++) {
            int session = random.nextInt(3);
            String key = random.nextBoolean() ? "x" : "y";
            List<String> values = written.computeIfAbsent(key, unused -> new ArrayList<>(List.of("nil")));
            List<String> elements = written.computeIfAbsent("l", unused -> new ArrayList<>());
            String value = values.get(random.nextInt(values.size()));
            String list = some(elements, random);
            switch (random.nextInt(8)) {
                case 0 -> operations.add(operation(session, "write", key, "" + i, "" + i));
                case 1, 2 -> {
                    String cas = "[" + value + " " + i + "]";
                    operations.add(operation(session, "cas", key, cas, cas));
                }
                case 3 -> operations.add(operation(session, "append", "l", "" + i, "" + i));
                case 4 -> operations.add(operation(session, "read", "l", "nil", list));
                case 5 -> operations.add(operation(session, "read", key, "nil", value));
                case 6 -> {
                    String steps = "[[:r :" + key + " " + value + "] [:w :" + key + " " + i + "]]";
                    operations.add(operation(session, "txn", "", steps, steps));
                }
                default -> {
                    String steps = "[[:r :l " + list + "] [:r :" + key + " " + value + "] [:append :l " + i + "]]";
                    operations.add(operation(session, "txn", "", steps, steps));
                }
            }
            if (operations.get(operations.size() - 1).contains("append")) {
                elements.add("" + i);
            } else if (!operations.get(operations.size() - 1).contains(":f :read")) {
                values.add("" + i);
            }
        }
        return operations;
    }

    private static String some(List<String> elements, Random random) {
        List<String> some = new ArrayList<>(elements);
        if (random.nextInt(4) == 0) {
            Collections.shuffle(some, random);
        }
        return "[" + String.join(" ", some.subList(0, random.nextInt(some.size() + 1))) + "]";
    }

    private static String operation(int session, String function, String key, String asked, String answered) {
        String event = "{:process " + session + ", :f :" + function + (key.isEmpty() ? "" : ", :key \"" + key + "\"");
        return event + ", :type :invoke, :value " + named(asked) + "}\n" + event + ", :type :ok, :value "
                + named(answered) + "}\n";
    }

    private static String named(String value) {
        return value.replaceAll(":([xyl]) ", "\"$1\" ");
    }

    private static History history(List<String> operations) {
        try {
            return History.parse(String.join("", operations));
        } catch (MalformedHistoryException refused) {
            throw new IllegalArgumentException(refused);
        }
    }
}
