package dev.umpire.checkers.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {
    private static final Anomaly ANOMALY = new Anomaly("KIND", "x", "a sentence", List.of(0));

    private static Verdict verdict(Answer answer, long obliged, Optional<String> reason, long count, int listed) {
        return new Verdict(
                "integrity",
                answer,
                Optional.empty(),
                "looking",
                obliged,
                obliged,
                reason,
                count,
                List.of(ANOMALY, ANOMALY).subList(0, listed));
    }

    @ParameterizedTest
    @CsvSource({
        "INVALID, 1, 0, 0, 'anomalies: found none, expected at least one for INVALID'",
        "VALID, 1, 1, 0, 'anomalyCount: found 1, expected 0 for VALID'",
        "INVALID, 1, 1, 2, 'anomalyCount: found 1, expected at least 2'",
        "UNKNOWN, 1, 0, 0, 'reason: found none, expected one for UNKNOWN'",
        "VALID, 0, 0, 0, 'obliged: found 0, expected at least 1 for VALID'"
    })
    void whatContradictsItselfIsRefused(Answer answer, long obliged, long count, int listed, String message) {
        assertThatThrownBy(() -> verdict(answer, obliged, Optional.empty(), count, listed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void brokenUndecidedAndHeldVerdictsAreMadeOfWhatTheyNeed() {
        assertThat(verdict(Answer.INVALID, 0, Optional.empty(), 2, 2).anomalies())
                .hasSize(2);
        assertThat(verdict(Answer.VALID, 1, Optional.empty(), 0, 0).obliged()).isEqualTo(1);
        Verdict undecided = Verdict.undecided("integrity", "nobody looked");
        assertThat(undecided.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(undecided.guarantee()).isEqualTo("integrity");
        assertThat(undecided.reason()).contains("nobody looked");
    }

    @Test
    void aCountIsALowerBoundOnlyWhereThereAreAnomalies() {
        Verdict broken = verdict(Answer.INVALID, 3, Optional.empty(), 2, 1);
        assertThat(broken.anomalyCountIsLowerBound()).isFalse();
        assertThat(broken.counting(true).anomalyCountIsLowerBound()).isTrue();
        assertThat(broken.counting(true).with(List.of()).anomalyCountIsLowerBound())
                .isTrue();
        assertThat(broken.counting(true).counting(false)).isEqualTo(broken);
        Verdict held = verdict(Answer.VALID, 3, Optional.empty(), 0, 0);
        assertThat(held.counting(true)).isEqualTo(held);
    }

    @Test
    void figuresAreAddedToTheSameVerdict() {
        Verdict verdict = verdict(Answer.VALID, 3, Optional.of("a remark"), 0, 0);
        List<Figure> figures =
                List.of(Figure.count("lost", 3), Figure.nanos("p99", 1_000), Figure.fraction("stale", 0.5));
        Verdict with = verdict.with(figures);
        assertThat(with.figures()).isEqualTo(figures);
        assertThat(with.with(List.of())).isEqualTo(verdict);
        assertThat(figures)
                .extracting(Figure::unit)
                .containsExactly(Figure.Unit.COUNT, Figure.Unit.NANOS, Figure.Unit.FRACTION);
        assertThat(figures).extracting(Figure::value).containsExactly(3.0, 1_000.0, 0.5);
    }

    @Test
    void aFigureIsFinite() {
        assertThatThrownBy(() -> Figure.fraction("stale", Double.NaN))
                .hasMessage("value: found NaN, expected a finite number");
    }

    @Test
    void anAnomalyHasAWitness() {
        assertThatThrownBy(() -> new Anomaly("KIND", "x", "a sentence", List.of()))
                .hasMessage("operations: found none, expected at least one witness");
    }

    @Test
    void optionsAreRefusedOutOfTheirRange() {
        assertThatThrownBy(() -> CheckOptions.DEFAULT.withAnomalyLimit(0))
                .hasMessage("anomalyLimit: found 0, expected 1 or more");
        assertThatThrownBy(() -> CheckOptions.DEFAULT.withSearchBudget(-1))
                .hasMessage("searchBudget: found -1, expected 0 or more");
        assertThat(CheckOptions.DEFAULT.withAnomalyLimit(1).withSearchBudget(0).searchBudget())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "VALID, VALID, VALID",
        "VALID, UNKNOWN, UNKNOWN",
        "UNKNOWN, VALID, UNKNOWN",
        "UNKNOWN, UNKNOWN, UNKNOWN",
        "INVALID, UNKNOWN, INVALID",
        "UNKNOWN, INVALID, INVALID",
        "VALID, INVALID, INVALID",
        "INVALID, VALID, INVALID"
    })
    void twoAnswersTogetherAreTheWorse(Answer one, Answer other, Answer both) {
        assertThat(one.and(other)).isEqualTo(both);
    }

    @Test
    void answersAndOptionsAreNamedAsPeopleReadThem() {
        assertThat(Answer.values()).extracting(Answer::word).containsExactly("held", "broken", "undecided");
        assertThat(WriteOrder.values())
                .extracting(WriteOrder::optionName)
                .containsExactly("real-time", "session", "none");
        assertThat(WriteOrder.values())
                .extracting(WriteOrder::phrase)
                .containsExactly("real-time write order", "session write order", "no write order");
        assertThat(NilReads.values()).extracting(NilReads::optionName).containsExactly("absent", "unknown");
    }

    @Test
    void aDeadlineTellsHowFarASearchCame() {
        assertThat(new Deadline.Reached(3, 7, 41, 90).text())
                .isEqualTo("3 of 7 keys decided, 41 of 90 operations of the next placed");
        assertThat(new Deadline.Reached(0, 1, 0, 1).text())
                .isEqualTo("0 of 1 key decided, 0 of 1 operation of the next placed");
        Deadline.NONE.ask();
        Deadline over = () -> true;
        assertThatThrownBy(over::ask).isInstanceOf(TimeIsOver.class);
    }
}
