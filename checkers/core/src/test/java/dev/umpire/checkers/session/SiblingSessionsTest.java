package dev.umpire.checkers.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.integrity.Integrity;
import dev.umpire.checkers.oracle.Share;
import dev.umpire.checkers.oracle.SiblingDeeds;
import dev.umpire.checkers.oracle.SiblingDeeds.Deed;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.histories.History;
import dev.umpire.histories.event.MalformedHistoryException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Sessions, and integrity, of keys whose reads return all values that concurrent writes left. */
class SiblingSessionsTest {
    private static final List<Bindings> ALL =
            List.of(new Bindings(true, false), new Bindings(false, true), new Bindings(true, true));

    private static final String OWN_WRITE_AND_READS = """
            {"type":"invoke","process":1,"f":"write","key":"x","value":1,"node":"n1"}
            {"type":"ok","process":1,"f":"write","key":"x","value":1}
            {"type":"invoke","process":2,"f":"write","key":"x","value":2,"node":"n2"}
            {"type":"ok","process":2,"f":"write","key":"x","value":2}
            {"type":"invoke","process":1,"f":"read","key":"x","node":"n1"}
            {"type":"ok","process":1,"f":"read","key":"x","value":FIRST}
            {"type":"invoke","process":1,"f":"read","key":"x","node":"n2"}
            {"type":"ok","process":1,"f":"read","key":"x","value":SECOND}
            """;

    private static Verdict check(History history, Bindings bindings, WriteOrder order) {
        return new SessionCheck("sessions", bindings, history, CheckOptions.DEFAULT.with(order)).verdict("nothing");
    }

    private static History history(String first, String second) throws MalformedHistoryException {
        return History.parse(OWN_WRITE_AND_READS.replace("FIRST", first).replace("SECOND", second));
    }

    @Test
    void aReadThatReturnsTheOwnWriteAmongOthersSeesIt() throws MalformedHistoryException {
        History history = history("2,\"siblings\":[2,1]", "1,\"siblings\":[1,2]");
        for (WriteOrder order : WriteOrder.values()) {
            Verdict verdict = check(history, new Bindings(true, true), order);
            assertThat(verdict.answer()).as(verdict.toString()).isEqualTo(Answer.VALID);
            assertThat(verdict.obliged()).isEqualTo(2);
        }
    }

    @Test
    void whatNobodyReplacedWhoKnewOfItMayNotGo() throws MalformedHistoryException {
        History history = history("1,\"siblings\":[1,2]", "2");
        assertThat(ReadYourWrites.check(history, CheckOptions.DEFAULT).anomalies())
                .singleElement()
                .satisfies(anomaly -> {
                    assertThat(anomaly.kind()).isEqualTo("OWN_WRITE_MISSING");
                    assertThat(anomaly.operations()).containsExactly(0, 3);
                    assertThat(anomaly.sentence())
                            .isEqualTo(
                                    "session 1 wrote x=1 at n1 (event 0 to event 1, acknowledged) and then read x at n2"
                                            + " (event 6 to event 7), which returned 2, without 1 or what somebody wrote who knew"
                                            + " of 1: the session no longer sees its own write");
                });
        assertThat(MonotonicReads.check(history, CheckOptions.DEFAULT).anomalies())
                .singleElement()
                .satisfies(anomaly -> {
                    assertThat(anomaly.kind()).isEqualTo("SIBLING_MISSING");
                    assertThat(anomaly.operations()).containsExactly(2, 3);
                    assertThat(anomaly.sentence())
                            .isEqualTo(
                                    "session 1 read x at n1 (event 4 to event 5), which returned 1 with the siblings 1, 2,"
                                            + " and then read x at n2 (event 6 to event 7), which returned 2, without 1 or what"
                                            + " somebody wrote who knew of 1: the session went back in time");
                });
    }

    @Test
    void eachValueOfAReadIsAskedForItsWrite() throws MalformedHistoryException {
        Verdict verdict = Integrity.check(history("1,\"siblings\":[1,2,7]", "2"), CheckOptions.DEFAULT);
        assertThat(verdict.anomalies()).singleElement().satisfies(anomaly -> {
            assertThat(anomaly.kind()).isEqualTo("PHANTOM_READ");
            assertThat(anomaly.sentence())
                    .isEqualTo(
                            "session 1 read x at n1 (event 4 to event 5), which returned 1 with the siblings 1, 2, 7:"
                                    + " nobody wrote 7 to x");
        });
        // a read that nobody can have been answered binds nothing and is not bound
        assertThat(MonotonicReads.check(history("1,\"siblings\":[1,2,7]", "2"), CheckOptions.DEFAULT)
                        .answer())
                .isEqualTo(Answer.UNKNOWN);
    }

    @Test
    void onRandomHistoriesTheAnswersAreThoseOfTheDefinition() throws MalformedHistoryException {
        long seed = Long.getLong("umpire.seed", 20261127L);
        Map<Answer, Long> answers = new EnumMap<>(Answer.class);
        for (int run = 0; run < Share.of(6_000); run++) {
            Random random = new Random(seed * 1_000_003 + run);
            List<Deed> drawn = SiblingDeeds.draw(random);
            List<Deed> deeds = run % 3 == 0 ? SiblingDeeds.withAFault(drawn, random) : drawn;
            boolean[] several = new boolean[2];
            deeds.forEach(deed -> several[deed.key()] |= deed.shown().size() > 1);
            // the other key is a register
            if (deeds.stream().allMatch(deed -> several[deed.key()])) {
                compare(deeds, answers, "umpire.seed=" + seed + " run " + run);
            }
        }
        assertThat(answers).containsOnlyKeys(Answer.values());
    }

    @Test
    void onEverySmallHistoryTheAnswersAreThoseOfTheDefinition() throws MalformedHistoryException {
        Map<Answer, Long> answers = new EnumMap<>(Answer.class);
        Map<String, Set<Answer>> byQuestions = new TreeMap<>();
        for (List<Deed> deeds : small()) {
            if (deeds.stream().anyMatch(deed -> deed.shown().size() > 1)) {
                List<Answer> found = compare(deeds, answers, "small");
                for (int i = 0; i < found.size(); i++) {
                    byQuestions
                            .computeIfAbsent(i + questions(deeds), questions -> new HashSet<>())
                            .add(found.get(i));
                }
            }
        }
        assertThat(answers).containsOnlyKeys(Answer.values());
        // what is called vacuous could not have been broken by other answers to the same questions
        assertThat(byQuestions.values())
                .noneMatch(all -> all.contains(Answer.UNKNOWN) && all.contains(Answer.INVALID))
                .anyMatch(all -> all.contains(Answer.VALID) && all.contains(Answer.INVALID));
    }

    private static String questions(List<Deed> deeds) {
        return deeds.stream()
                .map(deed -> deed.session() + " " + deed.value() + " " + deed.invoked() + ".." + deed.completed())
                .collect(Collectors.joining(", "));
    }

    private static List<Answer> compare(List<Deed> deeds, Map<Answer, Long> answers, String what)
            throws MalformedHistoryException {
        History history = SiblingDeeds.history(deeds);
        List<Answer> found = new ArrayList<>();
        for (Bindings bindings : ALL) {
            Verdict verdict = check(history, bindings, WriteOrder.REAL_TIME);
            Answer expected = byDefinition(deeds, bindings);
            assertThat(verdict.answer())
                    .as(what + " " + bindings + ":\n" + SiblingDeeds.json(deeds) + verdict)
                    .isEqualTo(expected);
            answers.merge(expected, 1L, Long::sum);
            found.add(expected);
        }
        Verdict integrity = Integrity.check(history, CheckOptions.DEFAULT);
        assertThat(integrity.anomalies().stream().map(Anomaly::kind).sorted())
                .as(what + ":\n" + SiblingDeeds.json(deeds) + integrity)
                .isEqualTo(faults(deeds).stream()
                        .sorted()
                        .limit(integrity.anomalies().size())
                        .toList());
        assertThat(integrity.anomalyCount()).isEqualTo(faults(deeds).size());
        return found;
    }

    private static Answer byDefinition(List<Deed> deeds, Bindings bindings) {
        boolean[][] before = SiblingDeeds.before(deeds);
        boolean obliged = false;
        for (Deed read : deeds) {
            for (Deed earlier : deeds) {
                boolean binds = earlier.key() == read.key()
                        && earlier.session() == read.session()
                        && earlier.ok()
                        && earlier.completed() < read.invoked()
                        && read.isGoodRead(deeds)
                        && (earlier.writes() ? bindings.ownWrites() : bindings.ownReads() && earlier.isGoodRead(deeds));
                if (binds) {
                    obliged = true;
                    List<Integer> asked = earlier.writes() ? List.of(earlier.value()) : earlier.shown();
                    if (!asked.stream().allMatch(value -> isCovered(deeds, before, read, value))) {
                        return Answer.INVALID;
                    }
                }
            }
        }
        return obliged ? Answer.VALID : Answer.UNKNOWN;
    }

    private static boolean isCovered(List<Deed> deeds, boolean[][] before, Deed read, int value) {
        for (int shown = 0; shown < deeds.size(); shown++) {
            for (int asked = 0; asked < deeds.size(); asked++) {
                if (deeds.get(asked).value() == value
                        && deeds.get(shown).writes()
                        && read.shown().contains(deeds.get(shown).value())
                        && (shown == asked || before[asked][shown])) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The kinds of faults of integrity, one for each value that a read should not have returned. */
    private static List<String> faults(List<Deed> deeds) {
        List<String> faults = new ArrayList<>();
        for (Deed read : deeds) {
            for (int value : read.writes() ? List.<Integer>of() : read.shown()) {
                List<Deed> writers = deeds.stream()
                        .filter(deed -> deed.key() == read.key() && deed.value() == value)
                        .toList();
                if (writers.isEmpty()) {
                    faults.add("PHANTOM_READ");
                } else if (writers.stream().allMatch(Deed::failed)) {
                    faults.add("ABORTED_READ");
                } else if (writers.stream().noneMatch(deed -> deed.invoked() < read.completed())) {
                    faults.add("FUTURE_READ");
                }
            }
        }
        return faults;
    }

    /** Up to four operations one after another in two sessions; a write may also last until the end, fail, or stay unknown. */
    private static List<List<Deed>> small() {
        List<List<Deed>> all = new ArrayList<>();
        for (int count = 2; count <= 4; count++) {
            extend(new ArrayList<>(), count, all);
        }
        return all;
    }

    private static void extend(List<Deed> begun, int count, List<List<Deed>> all) {
        int i = begun.size();
        if (i == count) {
            all.add(List.copyOf(begun));
            return;
        }
        int last = 2 * count + i;
        for (int session = 0; session < (i == 0 ? 1 : 2); session++) {
            int mine = session;
            boolean busy = begun.stream().anyMatch(deed -> deed.session() == mine && deed.completed() >= 2 * count);
            if (busy) {
                continue;
            }
            for (int end : new int[] {2 * i + 1, last, SiblingDeeds.NEVER}) {
                extendWith(begun, new Deed(mine, 0, i, List.of(), 2 * i, end, false, false), count, all);
            }
            for (int values = 0; values < 1 << i; values++) {
                List<Integer> shown = new ArrayList<>();
                for (int value = 0; value < i; value++) {
                    if ((values >> value & 1) != 0 && begun.get(value).writes()) {
                        shown.add(value);
                    }
                }
                if (Integer.bitCount(values) == shown.size()) {
                    extendWith(begun, new Deed(mine, 0, -1, shown, 2 * i, 2 * i + 1, false, false), count, all);
                }
            }
        }
    }

    private static void extendWith(List<Deed> begun, Deed next, int count, List<List<Deed>> all) {
        begun.add(next);
        extend(begun, count, all);
        begun.remove(begun.size() - 1);
    }
}
