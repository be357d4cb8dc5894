package dev.umpire.checkers.convergence;

import static dev.umpire.checkers.oracle.Verdicts.assertBroken;
import static dev.umpire.checkers.oracle.Verdicts.counted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.oracle.Intervals;
import dev.umpire.checkers.oracle.Share;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.histories.History;
import dev.umpire.histories.event.MalformedHistoryException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Durability of the elements of sets and lists. */
class ElementsTest {
    private static final int NEVER = Integer.MAX_VALUE;

    /** One operation of one session; {@code list} is what a read returned, {@code element} what else is about. */
    private record Deed(
            String function,
            int element,
            List<Integer> list,
            int invoked,
            int completed,
            boolean failed,
            boolean isFinal) {
        boolean ok() {
            return completed != NEVER && !failed;
        }

        boolean did(String what, int which) {
            return !failed && function.equals(what) && element == which;
        }
    }

    private static Verdict check(String lines) {
        return check(lines, WriteOrder.REAL_TIME);
    }

    /** Lines such as {@code 1 add 5 ok}, one after the other; a read is final. */
    private static Verdict check(String lines, WriteOrder order) {
        StringBuilder events = new StringBuilder();
        for (String line : lines.strip().split("\n", -1)) {
            String[] words = line.strip().split(" +", 4);
            boolean read = words[1].startsWith("read");
            String head = "{:process " + words[0] + ", :f :" + (read ? "read" : words[1])
                    + (words[1].equals("read!") ? ", :phase \"final\"" : "") + ", :key \"x\", :type ";
            events.append(head)
                    .append(":invoke, :value ")
                    .append(read ? "nil" : words[2])
                    .append("}\n");
            if (!words[3].equals("open")) {
                events.append(head)
                        .append(":")
                        .append(words[3])
                        .append(", :value ")
                        .append(words[2].replace(',', ' '));
                events.append("}\n");
            }
        }
        try {
            return Durability.check(History.parse(events.toString()), CheckOptions.DEFAULT.with(order));
        } catch (MalformedHistoryException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void anAcknowledgedElementThatIsMissingInTheEndIsLost() {
        assertBroken(
                check("""
                        1 add 5 ok
                        1 add 6 ok
                        2 read! [6] ok
                        """),
                "LOST_ELEMENT",
                "lost",
                "session 1 added 5 to x (event 0 to event 1, acknowledged), but the final read of session 2 (event 4 to"
                        + " event 5) returned x without it",
                0,
                2);
    }

    @Test
    void anElementWhoseRemovalWasAcknowledgedIsResurrected() {
        assertBroken(
                check("""
                        1 add 5 ok
                        1 remove 5 ok
                        2 read! #{5} ok
                        """),
                "RESURRECTED_ELEMENT",
                "resurrected",
                "session 1 removed 5 from x (event 2 to event 3, acknowledged), but the final read of session 2 (event 4 to"
                        + " event 5) returned x with it; session 1 added 5 to x (event 0 to event 1, acknowledged), before"
                        + " that",
                0,
                1,
                2);
    }

    @Test
    void aSetHoldsAnElementOnceHoweverOftenItWasAdded() {
        assertBroken(
                check("""
                        1 add 5 ok
                        2 add 5 ok
                        3 read! [5,5] ok
                        """),
                "DUPLICATED_ELEMENT",
                "duplicated",
                "the final read of session 3 (event 4 to event 5) returned x with 5 2 times, though it was added 2 times and a"
                        + " set holds each element once",
                2);
    }

    @Test
    void anElementThatStandsThereTwiceIsDuplicated() {
        assertBroken(
                check("""
                        1 append 5 ok
                        2 read! [5,5] ok
                        """),
                "DUPLICATED_ELEMENT",
                "duplicated",
                "the final read of session 2 (event 2 to event 3) returned x with 5 2 times, though it was added 1 time",
                1);
    }

    @Test
    void anElementThatNobodyAddedIsAPhantom() {
        assertBroken(
                check("""
                        1 add 5 ok
                        1 add 6 fail
                        2 read! [5,6] ok
                        """),
                "PHANTOM_ELEMENT",
                "phantom",
                "the final read of session 2 (event 4 to event 5) returned x with 6, which nobody can have added",
                2);
    }

    @Test
    void aListAgainstTheOrderOfItsAppendsIsReordered() {
        String lines = """
                1 append 5 ok
                2 append 6 ok
                3 read! [6,5] ok
                """;
        assertBroken(
                check(lines),
                "REORDERED_ELEMENTS",
                "reordered",
                "session 1 appended 5 to x (event 0 to event 1, acknowledged), before session 2 appended 6 to x (event 2 to"
                        + " event 3, acknowledged), but the final read of session 3 (event 4 to event 5) returned x with 6"
                        + " before 5",
                0,
                1,
                2);
        assertThat(check(lines, WriteOrder.SESSION).answer()).isEqualTo(Answer.VALID);
        assertThat(check(lines.replace("2 append", "1 append"), WriteOrder.SESSION)
                        .answer())
                .isEqualTo(Answer.INVALID);
        assertThat(check(lines.replace("2 append", "1 append"), WriteOrder.NONE).answer())
                .isEqualTo(Answer.VALID);
    }

    @Test
    void whatWasSeenLateOrSeenAgainIsCountedAndBreaksNothing() {
        Verdict late = check("""
                1 add 5 ok
                2 read [] ok
                2 read! [5] ok
                """);
        assertThat(late.answer()).as(late.toString()).isEqualTo(Answer.VALID);
        assertThat(counted(late)).isEqualTo(Map.of("stale", 1L));
        Verdict again = check("""
                1 add 5 ok
                2 read [5] ok
                2 read [] ok
                2 read! [5] ok
                """);
        assertThat(again.answer()).isEqualTo(Answer.VALID);
        assertThat(counted(again)).isEqualTo(Map.of("recovered", 1L));
    }

    @Test
    void whatMayBeThereMayBeMissing() {
        for (String read : List.of("[]", "[5]")) {
            Verdict verdict = check("""
                    1 add 5 open
                    2 add 6 ok
                    2 remove 6 open
                    3 add 7 ok
                    4 read! READ ok
                    """.replace("READ", read.replace("]", " 7]").replace(" ", ",")));
            assertThat(verdict.answer()).as(verdict.toString()).isEqualTo(Answer.VALID);
            assertThat(verdict.obliged()).isEqualTo(1);
        }
    }

    @Test
    void pairsAgainstPlainElementsCannotBeCompared() throws MalformedHistoryException {
        Verdict verdict = Durability.check(History.parse("""
                {:process 0, :type :invoke, :f :add, :value [0 1]}
                {:process 0, :type :ok, :f :add, :value [0 1]}
                {:process 0, :type :invoke, :f :read, :value nil}
                {:process 0, :type :ok, :f :read, :value [1]}
                """), CheckOptions.DEFAULT);
        assertThat(verdict.answer()).as(verdict.toString()).isEqualTo(Answer.UNKNOWN);
    }

    @Test
    void aReadOfWhatIsNeitherSetNorListCannotBeCompared() throws MalformedHistoryException {
        Verdict verdict = Durability.check(History.parse("""
                {:process 0, :type :invoke, :f :add, :value 1}
                {:process 0, :type :ok, :f :add, :value 1}
                {:process 0, :type :invoke, :f :read, :value nil}
                {:process 0, :type :ok, :f :read, :value [1]}
                {:process 0, :type :invoke, :f :read, :value nil}
                {:process 0, :type :ok, :f :read, :value "[1]"}
                """), CheckOptions.DEFAULT);
        assertThat(verdict.answer()).as(verdict.toString()).isEqualTo(Answer.UNKNOWN);
    }

    @Test
    void onRandomHistoriesEveryElementIsCountedAsTheDefinitionSays() throws MalformedHistoryException {
        long seed = Long.getLong("umpire.seed", 20261126L);
        int[] answers = new int[3];
        for (int run = 0; run < Share.of(8_000); run++) {
            Random random = new Random(seed * 1_000_003 + run);
            boolean list = random.nextBoolean();
            List<Deed> deeds = draw(random, list);
            Verdict verdict = Durability.check(History.parse(edn(deeds)), CheckOptions.DEFAULT);
            answers[List.of(Answer.values()).indexOf(verdict.answer())]++;
            Map<String, Long> defined = defined(deeds, list);
            String what = "umpire.seed=" + seed + " run " + run + ":\n" + edn(deeds);
            assertThat(counted(verdict)).as(what).isEqualTo(defined);
            if (verdict.answer() == Answer.INVALID) {
                assertThat(List.of("stale", "recovered").containsAll(defined.keySet()))
                        .as(what)
                        .isFalse();
            } else {
                assertThat(List.of("stale", "recovered")).as(what).containsAll(defined.keySet());
            }
        }
        assertThat(answers).as("VALID, INVALID, UNKNOWN").doesNotContain(0);
    }

    private static Map<String, Long> defined(List<Deed> deeds, boolean list) {
        Map<String, Long> count = new TreeMap<>();
        List<Deed> reads =
                deeds.stream().filter(d -> d.function.equals("read") && d.ok()).toList();
        List<Deed> finals = reads.stream()
                .filter(f -> f.isFinal
                        && deeds.stream()
                                .noneMatch(d -> !d.function.equals("read") && d.ok() && d.completed > f.invoked))
                .toList();
        if (finals.isEmpty() || deeds.stream().allMatch(d -> d.function.equals("read"))) {
            return count;
        }
        String adding = list ? "append" : "add";
        for (int e = 0; e < 4; e++) {
            int element = e;
            List<Deed> adds = deeds.stream().filter(d -> d.did(adding, element)).toList();
            List<Deed> removals =
                    deeds.stream().filter(d -> d.did("remove", element)).toList();
            boolean due =
                    adds.stream().anyMatch(a -> a.ok() && removals.stream().allMatch(r -> r.completed < a.invoked));
            boolean gone = !adds.isEmpty()
                    && removals.stream().anyMatch(r -> r.ok() && adds.stream().allMatch(a -> a.completed < r.invoked));
            boolean lost = due && finals.stream().anyMatch(f -> !f.list.contains(element));
            put(count, "lost", lost);
            put(count, "resurrected", gone && finals.stream().anyMatch(f -> f.list.contains(element)));
            put(
                    count,
                    "phantom",
                    finals.stream()
                            .anyMatch(f ->
                                    f.list.contains(element) && adds.stream().noneMatch(a -> a.invoked < f.completed)));
            put(count, "duplicated", finals.stream().anyMatch(f -> {
                long begun = adds.stream().filter(a -> a.invoked < f.completed).count();
                return begun > 0 && Collections.frequency(f.list, element) > (list ? begun : 1);
            }));
            put(
                    count,
                    "reordered",
                    list
                            && adds.size() == 1
                            && finals.stream().anyMatch(f -> {
                                int at = f.list.indexOf(element);
                                return at >= 0
                                        && f.list.subList(at + 1, f.list.size()).stream()
                                                .anyMatch(other -> {
                                                    List<Deed> others = deeds.stream()
                                                            .filter(d -> d.did(adding, other))
                                                            .toList();
                                                    return others.size() == 1
                                                            && others.get(0).completed < adds.get(0).invoked;
                                                });
                            }));
            boolean recovered = reads.stream()
                    .anyMatch(a -> a.list.contains(element)
                            && reads.stream()
                                    .anyMatch(b -> !b.list.contains(element)
                                            && a.completed < b.invoked
                                            && reads.stream()
                                                    .anyMatch(
                                                            c -> c.list.contains(element) && b.completed < c.invoked)));
            // as the add after which it had to be there the last one counts
            int acknowledged = adds.stream()
                    .filter(a -> a.ok() && removals.stream().allMatch(r -> r.completed < a.invoked))
                    .reduce((a, b) -> b)
                    .map(Deed::completed)
                    .orElse(NEVER);
            boolean stale = reads.stream()
                    .anyMatch(b -> !b.list.contains(element)
                            && acknowledged < b.invoked
                            && reads.stream().anyMatch(c -> c.list.contains(element) && b.completed < c.invoked));
            put(count, "recovered", due && !lost && recovered);
            put(count, "stale", due && !lost && !recovered && stale);
        }
        return count;
    }

    private static void put(Map<String, Long> count, String figure, boolean isSo) {
        if (isSo) {
            count.merge(figure, 1L, Long::sum);
        }
    }

    private static String edn(List<Deed> deeds) {
        List<String> events = new ArrayList<>();
        for (int at = 0; at < 2 * deeds.size(); at++) {
            for (int i = 0; i < deeds.size(); i++) {
                Deed deed = deeds.get(i);
                boolean read = deed.function.equals("read");
                String head = "{:process " + i + ", :f :" + deed.function + ", :type ";
                String phase = deed.isFinal ? ", :phase \"final\"" : "";
                if (deed.invoked == at) {
                    events.add(head + ":invoke, :value " + (read ? "nil" : deed.element) + phase + "}");
                }
                if (deed.completed == at) {
                    String list = deed.list.stream().map(String::valueOf).collect(Collectors.joining(" ", "[", "]"));
                    events.add(head + (deed.failed ? ":fail" : ":ok") + ", :value " + (read ? list : deed.element)
                            + phase + "}");
                }
            }
        }
        return "[" + String.join("\n", events) + "]";
    }

    private static List<Deed> draw(Random random, boolean list) {
        int n = 2 + random.nextInt(7);
        Intervals intervals = Intervals.draw(random, n, 2);
        List<Deed> deeds = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            boolean read = i == n - 1 || random.nextInt(3) == 0;
            boolean removal = !list && random.nextInt(4) == 0;
            List<Integer> seen = new ArrayList<>();
            for (int k = random.nextInt(4); read && k > 0; k--) {
                seen.add(random.nextInt(4));
            }
            int fate = random.nextInt(9);
            deeds.add(new Deed(
                    read ? "read" : list ? "append" : removal ? "remove" : "add",
                    random.nextInt(4),
                    seen,
                    intervals.invoked(i),
                    fate == 0 && !read ? NEVER : intervals.completed(i),
                    fate == 1 && !read,
                    read && (i == n - 1 || random.nextInt(4) == 0)));
        }
        return deeds;
    }
}
