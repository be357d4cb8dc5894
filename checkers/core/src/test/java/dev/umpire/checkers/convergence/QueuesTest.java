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
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Durability of the elements of queues. */
class QueuesTest {
    private static final int NEVER = Integer.MAX_VALUE;

    /** One operation of one session; what was enqueued, or was taken. */
    private record Deed(String function, List<Integer> elements, int invoked, int completed, boolean failed) {
        boolean did(String what) {
            return !failed && function.equals(what);
        }

        boolean ok() {
            return !failed && completed != NEVER;
        }

        boolean emptied() {
            return ok() && (function.equals("drain") || (function.equals("dequeue") && elements.isEmpty()));
        }
    }

    private static Verdict check(String lines) {
        return check(lines, WriteOrder.REAL_TIME);
    }

    /** Lines such as {@code 1 enqueue 5 ok}, one after the other, of the queue x. */
    private static Verdict check(String lines, WriteOrder order) {
        StringBuilder events = new StringBuilder();
        for (String line : lines.strip().split("\n", -1)) {
            String[] words = line.strip().split(" +", 4);
            boolean enqueue = words[1].equals("enqueue");
            String head = "{:process " + words[0] + ", :f :" + words[1] + ", :key \"x\", :type ";
            events.append(head)
                    .append(":invoke, :value ")
                    .append(enqueue ? words[2] : "nil")
                    .append("}\n");
            if (!words[3].equals("open")) {
                events.append(head)
                        .append(":")
                        .append(words[3])
                        .append(", :value ")
                        .append(words[2].replace(',', ' '))
                        .append("}\n");
            }
        }
        return parsed(events.toString(), order);
    }

    private static Verdict parsed(String events, WriteOrder order) {
        try {
            return Durability.check(History.parse(events), CheckOptions.DEFAULT.with(order));
        } catch (MalformedHistoryException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatNobodyDequeuedIsLostOnceTheQueueIsEmpty() {
        assertBroken(
                check("""
                        1 enqueue 5 ok
                        1 enqueue 6 ok
                        2 dequeue 6 ok
                        2 dequeue nil ok
                        """),
                "LOST_ELEMENT",
                "lost",
                "session 1 enqueued 5 to x (event 0 to event 1, acknowledged), but nobody dequeued it, though session 2 found"
                        + " nothing in x (event 6 to event 7)",
                0,
                3);
        assertThat(check("""
                1 enqueue 5 ok
                1 enqueue 6 ok
                2 dequeue 6 ok
                """).answer()).isEqualTo(Answer.UNKNOWN);
    }

    @Test
    void aDrainTakesAllThatIsThere() {
        assertBroken(
                check("""
                        1 enqueue 5 ok
                        1 enqueue 6 ok
                        2 drain [6] ok
                        """),
                "LOST_ELEMENT",
                "lost",
                "session 1 enqueued 5 to x (event 0 to event 1, acknowledged), but nobody dequeued it, though session 2 drained"
                        + " x (event 4 to event 5)",
                0,
                2);
        assertThat(check("""
                1 enqueue 5 ok
                1 enqueue 6 ok
                2 drain [6,5] ok
                """).answer()).isEqualTo(Answer.VALID);
    }

    @Test
    void aDequeueOfUnknownOutcomeMayHaveTakenOneAndADrainAll() {
        String lines = """
                1 enqueue 5 ok
                1 enqueue 6 ok
                2 FUNCTION nil open
                3 dequeue nil ok
                """;
        assertBroken(
                check(lines.replace("FUNCTION", "dequeue")),
                "LOST_ELEMENT",
                "lost",
                "2 acknowledged elements of x were never dequeued, and no more than 1 can have been taken by dequeues of"
                        + " unknown outcome; the first: session 1 enqueued 5 to x (event 0 to event 1,"
                        + " acknowledged); though session 3 found nothing in x (event 5 to event 6)",
                0,
                1,
                3);
        assertThat(check(lines.replace("FUNCTION", "dequeue").replace("1 enqueue 6 ok\n", ""))
                        .answer())
                .isEqualTo(Answer.VALID);
        assertThat(check(lines.replace("FUNCTION", "drain")).answer()).isEqualTo(Answer.VALID);
    }

    @Test
    void whatIsDequeuedMoreOftenThanItWasEnqueuedIsDuplicated() {
        assertBroken(
                check("""
                        1 enqueue 5 ok
                        2 dequeue 5 ok
                        3 dequeue 5 ok
                        """),
                "DUPLICATED_ELEMENT",
                "duplicated",
                "session 2 dequeued 5 from x (event 2 to event 3), and session 3 dequeued 5 from x (event 4 to event 5),"
                        + " though it was enqueued 1 time",
                0,
                1,
                2);
    }

    @Test
    void whatNobodyEnqueuedIsAPhantom() {
        assertBroken(
                check("""
                        1 enqueue 5 fail
                        2 dequeue 5 ok
                        """),
                "PHANTOM_ELEMENT",
                "phantom",
                "session 2 dequeued 5 from x (event 2 to event 3), which nobody can have enqueued",
                1);
    }

    @Test
    void theOrderIsCountedAndBreaksNothing() {
        String lines = """
                1 enqueue 5 ok
                2 enqueue 6 ok
                3 dequeue 6 ok
                3 dequeue 5 ok
                3 dequeue nil ok
                """;
        assertThat(check(lines).answer()).isEqualTo(Answer.VALID);
        assertThat(counted(check(lines))).isEqualTo(Map.of("reordered", 1L));
        assertThat(counted(check(lines, WriteOrder.SESSION))).isEmpty();
        assertThat(counted(check(lines.replace("2 enqueue", "1 enqueue"), WriteOrder.SESSION)))
                .isEqualTo(Map.of("reordered", 1L));
        assertThat(counted(check(lines, WriteOrder.NONE))).isEmpty();
    }

    @Test
    void whatWasEnqueuedAgainOnlyAfterItWasTakenTwiceIsDuplicated() {
        String lines = """
                1 enqueue 5 ok
                2 dequeue 5 ok
                SECOND
                THIRD
                """;
        assertBroken(
                check(lines.replace("SECOND", "3 dequeue 5 ok").replace("THIRD", "1 enqueue 5 ok")),
                "DUPLICATED_ELEMENT",
                "duplicated",
                "session 2 dequeued 5 from x (event 2 to event 3), and session 3 dequeued 5 from x (event 4 to event 5),"
                        + " though it was enqueued 1 time until then",
                0,
                1,
                2);
        assertThat(check(lines.replace("SECOND", "1 enqueue 5 info").replace("THIRD", "3 dequeue 5 ok"))
                        .answer())
                .isEqualTo(Answer.UNKNOWN);
    }

    @Test
    void aCallOfUnknownOutcomeThatBeganAfterTheQueueWasFoundEmptyLeavesItOpen() {
        String lines = """
                1 enqueue 5 ok
                2 dequeue nil ok
                """;
        assertThat(check(lines).answer()).isEqualTo(Answer.INVALID);
        assertThat(check(lines + "3 dequeue nil info").answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(check(lines + "3 drain nil info").answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(check("3 dequeue nil info\n" + lines).answer()).isEqualTo(Answer.VALID);
        assertThat(check("3 drain nil info\n" + lines).answer()).isEqualTo(Answer.VALID);
    }

    @Test
    void nothingAsAnElementCannotBeToldFromAnEmptyQueue() {
        assertThat(check("""
                1 enqueue nil ok
                2 dequeue nil ok
                """).answer()).isEqualTo(Answer.UNKNOWN);
    }

    @Test
    void onRandomHistoriesEveryElementIsCountedAsTheDefinitionSays() {
        long seed = Long.getLong("umpire.seed", 20261126L);
        int[] answers = new int[3];
        for (int run = 0; run < Share.of(3_000); run++) {
            Random random = new Random(seed * 1_000_003 + run);
            List<Deed> deeds = draw(random);
            Verdict verdict = parsed(edn(deeds), WriteOrder.REAL_TIME);
            String what = "umpire.seed=" + seed + " run " + run + ":\n" + edn(deeds);
            Map<String, Long> defined = defined(deeds);
            boolean broken = !List.of("stale", "reordered").containsAll(defined.keySet());
            assertThat(counted(verdict)).as(what).isEqualTo(defined);
            boolean obliged = deeds.stream().anyMatch(d -> d.did("enqueue") && d.ok())
                    && finals(deeds).size() > 0;
            assertThat(verdict.answer())
                    .as(what)
                    .isEqualTo(broken ? Answer.INVALID : obliged && isExplained(deeds) ? Answer.VALID : Answer.UNKNOWN);
            answers[List.of(Answer.values()).indexOf(verdict.answer())]++;
        }
        assertThat(answers).as("VALID, INVALID, UNKNOWN").doesNotContain(0);
    }

    /** What found the queue empty after all acknowledged enqueues. */
    private static List<Deed> finals(List<Deed> deeds) {
        return deeds.stream()
                .filter(f -> f.emptied()
                        && deeds.stream().noneMatch(d -> d.did("enqueue") && d.ok() && d.completed > f.invoked))
                .toList();
    }

    /** Whether what nobody is known to have taken may have been taken before all that found nothing. */
    private static boolean isExplained(List<Deed> deeds) {
        List<Deed> early = deeds.stream()
                .filter(d -> !d.ok() && finals(deeds).stream().allMatch(f -> d.invoked < f.completed))
                .toList();
        return early.stream().anyMatch(d -> d.did("drain"))
                || early.stream().filter(d -> d.did("dequeue")).count()
                        >= missing(deeds).size();
    }

    private static List<Integer> missing(List<Deed> deeds) {
        List<Integer> missing = new ArrayList<>();
        for (int e = 0; e < 4; e++) {
            int acknowledged = 0;
            for (Deed deed : deeds) {
                acknowledged += deed.did("enqueue") && deed.ok() && deed.elements.get(0) == e ? 1 : 0;
            }
            for (int i = taken(deeds, e).size(); i < acknowledged; i++) {
                missing.add(e);
            }
        }
        return missing;
    }

    private static Map<String, Long> defined(List<Deed> deeds) {
        Map<String, Long> count = new TreeMap<>();
        List<Deed> last = finals(deeds);
        if (!last.isEmpty()) {
            long unknown =
                    deeds.stream().filter(d -> d.did("dequeue") && !d.ok()).count();
            boolean any = deeds.stream().anyMatch(d -> d.did("drain") && !d.ok());
            List<Integer> missing = missing(deeds);
            if (!any && missing.size() > unknown) {
                // told once for each element, or once for all where nobody knows which they are
                count.put("lost", unknown == 0 ? missing.stream().distinct().count() : 1L);
            }
        }
        for (int e = 0; e < 4; e++) {
            int element = e;
            List<Deed> enqueues = deeds.stream()
                    .filter(d -> d.did("enqueue") && d.elements.get(0) == element)
                    .toList();
            List<Deed> taken = taken(deeds, element);
            if (!taken.isEmpty()
                    && taken.stream().anyMatch(t -> enqueues.stream().noneMatch(q -> q.invoked < t.completed))) {
                count.merge("phantom", 1L, Long::sum);
            } else if (taken.stream()
                    .anyMatch(t -> taken.stream()
                                    .filter(o -> o.completed <= t.completed)
                                    .count()
                            > enqueues.stream()
                                    .filter(q -> q.invoked < t.completed)
                                    .count())) {
                count.merge("duplicated", 1L, Long::sum);
            }
            if (enqueues.size() == 1 && taken.size() == 1) {
                Deed in = enqueues.get(0);
                Deed out = taken.get(0);
                if (deeds.stream()
                        .anyMatch(d -> d.emptied() && d.invoked > in.completed && d.completed < out.invoked)) {
                    count.merge("stale", 1L, Long::sum);
                }
                boolean overtaken = false;
                for (int other = 0; other < 4; other++) {
                    int number = other;
                    List<Deed> others = deeds.stream()
                            .filter(d -> d.did("enqueue") && d.elements.get(0) == number)
                            .toList();
                    List<Deed> otherTaken = taken(deeds, other);
                    overtaken |= others.size() == 1
                            && otherTaken.size() == 1
                            && in.completed < others.get(0).invoked
                            && otherTaken.get(0).completed < out.invoked;
                }
                if (overtaken) {
                    count.merge("reordered", 1L, Long::sum);
                }
            }
        }
        return count;
    }

    private static List<Deed> taken(List<Deed> deeds, int element) {
        List<Deed> taken = new ArrayList<>();
        for (Deed deed : deeds) {
            if (deed.ok() && !deed.function.equals("enqueue")) {
                deed.elements.stream().filter(e -> e == element).forEach(e -> taken.add(deed));
            }
        }
        return taken;
    }

    private static String edn(List<Deed> deeds) {
        List<String> events = new ArrayList<>();
        for (int at = 0; at < 2 * deeds.size(); at++) {
            for (int i = 0; i < deeds.size(); i++) {
                Deed deed = deeds.get(i);
                boolean enqueue = deed.function.equals("enqueue");
                String head = "{:process " + i + ", :f :" + deed.function + ", :type ";
                String argument = enqueue ? deed.elements.get(0).toString() : "nil";
                if (deed.invoked == at) {
                    events.add(head + ":invoke, :value " + argument + "}");
                }
                if (deed.completed == at) {
                    String all = deed.elements.stream().map(String::valueOf).collect(Collectors.joining(" ", "[", "]"));
                    String result = deed.function.equals("drain")
                            ? all
                            : enqueue || deed.elements.isEmpty()
                                    ? argument
                                    : deed.elements.get(0).toString();
                    events.add(head + (deed.failed ? ":fail" : ":ok") + ", :value " + (deed.failed ? argument : result)
                            + "}");
                }
            }
        }
        return "[" + String.join("\n", events) + "]";
    }

    private static List<Deed> draw(Random random) {
        int n = 2 + random.nextInt(7);
        Intervals intervals = Intervals.draw(random, n, 2);
        List<Deed> deeds = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            String function = List.of("enqueue", "enqueue", "enqueue", "dequeue", "dequeue", "dequeue", "drain")
                    .get(random.nextInt(7));
            if (i == n - 1 && random.nextInt(4) > 0) {
                function = "dequeue";
            }
            int fate = random.nextInt(9);
            List<Integer> elements = new ArrayList<>();
            int count =
                    function.equals("enqueue") ? 1 : function.equals("drain") ? random.nextInt(3) : random.nextInt(2);
            for (int k = i == n - 1 && function.equals("dequeue") ? 0 : count; k > 0; k--) {
                elements.add(random.nextInt(4));
            }
            deeds.add(new Deed(
                    function, elements, intervals.invoked(i), fate == 0 ? NEVER : intervals.completed(i), fate == 1));
        }
        return deeds;
    }
}
