package dev.umpire.checkers.prefix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.oracle.Deed.Kind;
import dev.umpire.checkers.oracle.DeedHistory;
import dev.umpire.checkers.oracle.SmallDeeds;
import dev.umpire.checkers.oracle.SmallHistories;
import dev.umpire.checkers.oracle.SmallHistories.Bound;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.histories.History;
import dev.umpire.histories.event.MalformedHistoryException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is called vacuous could not have been broken by other answers to the same operations, at the same times. */
class VacuityTest {
    private final Set<String> vacuous = new HashSet<>();
    private final Set<String> broken = new HashSet<>();

    @ParameterizedTest
    @EnumSource(Promise.class)
    void noOtherAnswersWouldHaveBrokenWhatIsVacuous(Promise promise) {
        for (Bound bound : List.of(
                Bound.of(4, 2).withSnapshots(),
                Bound.of(3, 2).withSnapshots().withUnknownWrites().withCompareAndSet())) {
            SmallHistories.forEach(bound, small -> judge(small.history(), VacuityTest::questions, promise));
        }
        contradictNowhere();
    }

    @ParameterizedTest
    @EnumSource(Promise.class)
    void noOtherAnswersToTransactionsAndListsWould(Promise promise) {
        SmallDeeds.forEach(List.of(true, false), small -> judge(small.history(), history -> questions(small), promise));
        contradictNowhere();
    }

    private void judge(History history, Function<History, String> questions, Promise promise) {
        Verdict verdict = Judgement.check(history, CheckOptions.DEFAULT.with(WriteOrder.NONE), promise);
        if (verdict.answer() == Answer.INVALID) {
            broken.add(questions.apply(history));
        } else if (verdict.answer() == Answer.UNKNOWN) {
            vacuous.add(questions.apply(history));
        }
    }

    private void contradictNowhere() {
        assertThat(broken).isNotEmpty();
        assertThat(vacuous).isNotEmpty().doesNotContainAnyElementsOf(broken);
    }

    /** A history without what its reads returned. */
    private static String questions(History history) {
        StringBuilder questions = new StringBuilder();
        for (int operation = 0; operation < history.size(); operation++) {
            questions
                    .append(history.session(operation))
                    .append(history.functionName(history.function(operation)))
                    .append(history.readCount(operation) > 1 ? "" : history.key(operation))
                    .append('@')
                    .append(history.invoked(operation))
                    .append('-')
                    .append(history.completed(operation))
                    .append(' ');
        }
        return questions.toString();
    }

    private static String questions(DeedHistory history) {
        return history.deeds().stream()
                .map(deed -> deed.session() + "@" + deed.invoked() + "-" + deed.completed() + deed.outcome()
                        + deed.steps().stream()
                                .map(step ->
                                        step.kind() + " " + step.key() + (step.kind() == Kind.READ ? "" : step.value()))
                                .toList())
                .collect(Collectors.joining(" "));
    }

    @Test
    void readsOfOneKeyObligeNobodyUnlessTheOrderIsReportedAndTheirSessionWritesOn() throws MalformedHistoryException {
        History unreported = readThenWrite("");
        Verdict verdict = ConsistentPrefix.check(unreported, CheckOptions.DEFAULT);
        assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(verdict.obliged()).isZero();
        assertThat(verdict.examined()).isEqualTo(5);
        assertThat(verdict.reason().orElseThrow())
                .isEqualTo("vacuous: reads of one key each cannot break it; snapshots of several keys or lists could");
        Verdict reported = ConsistentPrefix.check(readThenWrite(",\"version\":1"), CheckOptions.DEFAULT);
        assertThat(reported.answer()).isEqualTo(Answer.VALID);
        assertThat(reported.obliged()).isEqualTo(1);
        Verdict placed = ConsistentPrefix.check(readThenWrite(",\"position\":POSITION"), CheckOptions.DEFAULT);
        assertThat(placed.answer()).isEqualTo(Answer.VALID);
        assertThat(placed.obliged()).isEqualTo(1);
    }

    /** Session 1 reads before it writes and after; session 2 only reads. */
    private static History readThenWrite(String mark) throws MalformedHistoryException {
        return History.parse("""
                {"type":"invoke","process":0,"f":"write","key":"x","value":1}
                {"type":"ok","process":0,"f":"write","key":"x","value":1MARK}
                {"type":"invoke","process":1,"f":"read","key":"x"}
                {"type":"ok","process":1,"f":"read","key":"x","value":1}
                {"type":"invoke","process":1,"f":"write","key":"y","value":2}
                {"type":"ok","process":1,"f":"write","key":"y","value":2MARK}
                {"type":"invoke","process":1,"f":"read","key":"x"}
                {"type":"ok","process":1,"f":"read","key":"x","value":1}
                {"type":"invoke","process":2,"f":"read","key":"y"}
                {"type":"ok","process":2,"f":"read","key":"y","value":2}
                """.replaceFirst("MARK", mark.replace("POSITION", "1"))
                .replaceFirst("MARK", mark.replace("POSITION", "2")));
    }
}
