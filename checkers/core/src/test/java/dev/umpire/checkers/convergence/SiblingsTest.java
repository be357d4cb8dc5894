package dev.umpire.checkers.convergence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.Guarantee;
import dev.umpire.checkers.oracle.Share;
import dev.umpire.checkers.oracle.SiblingDeeds;
import dev.umpire.checkers.oracle.SiblingDeeds.Deed;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.histories.History;
import dev.umpire.histories.event.MalformedHistoryException;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Durability and convergence of keys whose reads return all values that concurrent writes left. */
class SiblingsTest {
    private static final Set<Guarantee> JUDGING =
            Set.of(Guarantee.DURABILITY, Guarantee.EVENTUAL, Guarantee.INTEGRITY, Guarantee.MONOTONIC_READS);

    private static final String CONCURRENT = """
            {"type":"invoke","process":1,"f":"write","key":"x","value":1,"node":"n1"}
            {"type":"ok","process":1,"f":"write","key":"x","value":1}
            {"type":"invoke","process":2,"f":"write","key":"x","value":2,"node":"n2"}
            {"type":"ok","process":2,"f":"write","key":"x","value":2}
            {"type":"invoke","process":3,"f":"read","key":"x","node":"n1","phase":"final"}
            {"type":"ok","process":3,"f":"read","key":"x","value":1,"siblings":FIRST,"phase":"final"}
            {"type":"invoke","process":3,"f":"read","key":"x","node":"n2","phase":"final"}
            {"type":"ok","process":3,"f":"read","key":"x","value":1,"siblings":SECOND,"phase":"final"}
            """;

    private static History history(String first, String second) throws MalformedHistoryException {
        return History.parse(CONCURRENT.replace("FIRST", first).replace("SECOND", second));
    }

    @Test
    void whatIsAmongTheSiblingsIsNotLost() throws MalformedHistoryException {
        for (WriteOrder order : WriteOrder.values()) {
            Verdict verdict = Durability.check(history("[1,2]", "[2,1]"), CheckOptions.DEFAULT.with(order));
            assertThat(verdict.answer()).as(verdict.toString()).isEqualTo(Answer.VALID);
            assertThat(verdict.obliged()).isEqualTo(2);
        }
        assertThat(Eventual.check(history("[1,2]", "[2,1]"), CheckOptions.DEFAULT)
                        .answer())
                .isEqualTo(Answer.VALID);
    }

    @Test
    void anAcknowledgedWriteThatNobodyReplacedKnowinglyHasToBeThere() throws MalformedHistoryException {
        Verdict verdict = Durability.check(history("[1,2]", "[1]"), CheckOptions.DEFAULT);
        assertThat(verdict.answer()).isEqualTo(Answer.INVALID);
        assertThat(verdict.anomalies()).singleElement().satisfies(anomaly -> {
            assertThat(anomaly.kind()).isEqualTo("LOST_WRITE");
            assertThat(anomaly.operations()).containsExactly(1, 3);
            assertThat(anomaly.sentence())
                    .isEqualTo(
                            "session 2 wrote x=2 at n2 (event 2 to event 3, acknowledged), and nobody who had seen it wrote"
                                    + " to x after it, but the final read of session 3 at n2 (event 6 to event 7) returned 1");
        });
    }

    @Test
    void nodesThatReturnOtherSiblingsHaveNotConverged() throws MalformedHistoryException {
        Verdict verdict = Eventual.check(history("[1,2]", "[1]"), CheckOptions.DEFAULT);
        assertThat(verdict.answer()).isEqualTo(Answer.INVALID);
        assertThat(verdict.anomalies()).singleElement().satisfies(anomaly -> {
            assertThat(anomaly.kind()).isEqualTo("NOT_CONVERGED");
            assertThat(anomaly.operations()).containsExactly(2, 3);
            assertThat(anomaly.sentence())
                    .isEqualTo(
                            "two final reads disagree: session 3 read x at n1 (event 4 to event 5), which returned 1 with"
                                    + " the siblings 1, 2, and session 3 read x at n2 (event 6 to event 7), which returned 1");
        });
    }

    @Test
    void siblingsThatNobodyWroteAreNoAgreement() throws MalformedHistoryException {
        Verdict verdict = Eventual.check(history("[1,2,3]", "[3,2,1]"), CheckOptions.DEFAULT);
        assertThat(verdict.anomalies())
                .singleElement()
                .satisfies(anomaly -> assertThat(anomaly.kind()).isEqualTo("CONVERGED_ON_NOTHING_WRITTEN"));
    }

    @Test
    void guaranteesOfOneOrderOfVersionsDoNotJudgeReadsOfSeveralValues() throws MalformedHistoryException {
        History history = history("[1,2]", "[1,2]");
        for (Guarantee guarantee : Guarantee.all()) {
            Verdict verdict = guarantee.check(history);
            boolean judges = JUDGING.contains(guarantee);
            assertThat(verdict.answer()).as(verdict.toString()).isEqualTo(judges ? Answer.VALID : Answer.UNKNOWN);
        }
    }

    @Test
    void nothingIsASiblingToo() throws MalformedHistoryException {
        for (String siblings : List.of("[null,1,2]", "[1,2]", "{\"#edn\":\"#{1 2}\"}")) {
            History history = History.parse(CONCURRENT
                    .replace("\"value\":1,\"siblings", "\"value\":null,\"siblings")
                    .replace("FIRST", siblings)
                    .replace("SECOND", siblings));
            for (Guarantee guarantee : Guarantee.all()) {
                Verdict verdict = guarantee.check(history);
                boolean judges = JUDGING.contains(guarantee);
                assertThat(verdict.answer()).as(verdict.toString()).isEqualTo(judges ? Answer.VALID : Answer.UNKNOWN);
            }
        }
    }

    @Test
    void whereAReadMayComeFromTwoWritesNobodyKnowsWhatWasReplaced() throws MalformedHistoryException {
        String read = CONCURRENT.replace("FIRST", "[1,2]").replace("SECOND", "[1]") + """
                {"type":"invoke","process":1,"f":"write","key":"y","value":8,"node":"n1"}
                {"type":"ok","process":1,"f":"write","key":"y","value":8}
                {"type":"invoke","process":2,"f":"write","key":"y","value":VALUE,"node":"n1"}
                {"type":"ok","process":2,"f":"write","key":"y","value":VALUE}
                {"type":"invoke","process":4,"f":"read","key":"y","node":"n1"}
                {"type":"ok","process":4,"f":"read","key":"y","value":8}
                {"type":"invoke","process":4,"f":"write","key":"x","value":3,"node":"n1"}
                {"type":"info","process":4,"f":"write","key":"x","value":3}
                """;
        assertThat(Durability.check(History.parse(read.replace("VALUE", "9")), CheckOptions.DEFAULT)
                        .answer())
                .isEqualTo(Answer.INVALID);
        Verdict verdict = Durability.check(History.parse(read.replace("VALUE", "8")), CheckOptions.DEFAULT);
        assertThat(verdict.answer()).as(verdict.toString()).isEqualTo(Answer.UNKNOWN);
        assertThat(verdict.reason())
                .hasValueSatisfying(
                        reason -> assertThat(reason).contains("nobody knows which of its writes they knew of"));
    }

    @Test
    void aCasBesideSiblingsIsNotJudged() throws MalformedHistoryException {
        Verdict verdict = Durability.check(
                History.parse(CONCURRENT.replace("FIRST", "[1,2]").replace("SECOND", "[1]") + """
                {"type":"invoke","process":4,"f":"cas","key":"y","value":[1,2]}
                {"type":"ok","process":4,"f":"cas","key":"y","value":[1,2]}
                """),
                CheckOptions.DEFAULT);
        assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(verdict.reason())
                .hasValueSatisfying(reason -> assertThat(reason)
                        .contains("key x is in a history in which an operation both reads and writes"));
    }

    @Test
    void onRandomHistoriesTheAnswersAreThoseOfTheDefinition() throws MalformedHistoryException {
        long seed = Long.getLong("umpire.seed", 20261126L);
        int[] answers = new int[3];
        for (int run = 0; run < Share.of(3_000); run++) {
            List<Deed> deeds = SiblingDeeds.draw(new Random(seed * 1_000_003 + run));
            if (deeds.stream().noneMatch(deed -> deed.shown().size() > 1)) {
                continue;
            }
            History history = SiblingDeeds.history(deeds);
            Verdict verdict = Durability.check(history, CheckOptions.DEFAULT);
            boolean[] several = new boolean[2];
            deeds.forEach(deed -> several[deed.key()] |= deed.shown().size() > 1);
            // the other key is a register
            List<Deed> judged =
                    deeds.stream().filter(deed -> several[deed.key()]).toList();
            boolean registers = judged.size() < deeds.size();
            boolean lost = isLost(deeds, judged);
            String what = "umpire.seed=" + seed + " run " + run + ":\n" + SiblingDeeds.json(deeds) + verdict;
            assertThat(verdict.anomalies().stream().anyMatch(anomaly -> several[key(anomaly.key())]))
                    .as(what)
                    .isEqualTo(lost);
            if (!registers && verdict.answer() != Answer.UNKNOWN) {
                assertThat(verdict.answer()).as(what).isEqualTo(lost ? Answer.INVALID : Answer.VALID);
            }
            answers[List.of(Answer.values()).indexOf(verdict.answer())]++;
        }
        assertThat(answers).as("VALID, INVALID, UNKNOWN").doesNotContain(0);
    }

    private static int key(String name) {
        return name.equals("x") ? 0 : 1;
    }

    private static boolean isLost(List<Deed> deeds, List<Deed> judged) {
        int n = deeds.size();
        boolean[][] before = SiblingDeeds.before(deeds);
        for (int w = 0; w < n; w++) {
            Deed write = deeds.get(w);
            if (!judged.contains(write) || !write.writes() || !write.ok()) {
                continue;
            }
            boolean replaced = false;
            for (int other = 0; other < n; other++) {
                replaced |= deeds.get(other).writes() && deeds.get(other).key() == write.key() && before[w][other];
            }
            for (Deed read : deeds) {
                boolean settled = deeds.stream()
                        .noneMatch(
                                d -> d.key() == read.key() && d.writes() && d.ok() && d.completed() > read.invoked());
                boolean good = read.shown().isEmpty()
                        || deeds.stream()
                                .anyMatch(d -> d.key() == read.key()
                                        && !d.failed()
                                        && d.value() == read.shown().get(0)
                                        && d.invoked() < read.completed());
                if (!replaced
                        && read.key() == write.key()
                        && !read.writes()
                        && read.isFinal()
                        && settled
                        && good
                        && !read.shown().contains(write.value())) {
                    return true;
                }
            }
        }
        return false;
    }
}
