package dev.umpire.harness.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.Figure;
import dev.umpire.checkers.verdict.Verdict;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PhrasesTest {

    @Test
    void figuresAreToldBesideTheEvidenceAndCountsOfNothingAreNot() {
        assertThat(Phrases.evidence(verdict("durability", Figure.count("stale", 3), Figure.count("recovered", 0))))
                .isEqualTo("7 acknowledged writes with a final read · 3 stale");
        assertThat(Phrases.evidence(verdict("durability", Figure.count("recovered", 0))))
                .isEqualTo("7 acknowledged writes with a final read");
    }

    @Test
    void aGuaranteeWithABoundIsToldAsTheGuarantee() {
        assertThat(Phrases.evidence(verdict(
                        "bounded-staleness:500ms",
                        Figure.nanos("p99", 3_400_000),
                        Figure.fraction("within 0 ms", 0.9999),
                        Figure.fraction("within 10 ms", 1),
                        Figure.count("max versions", 2))))
                .isEqualTo("7 reads · p99 3.4 ms, within 0 ms 99.9 %, within 10 ms 100 %, max versions 2");
    }

    @Test
    void availabilityIsToldByWhatItObliges() {
        assertThat(Phrases.evidence(verdict("recovers-within:10s", Figure.nanos("longest recovery", 84_000_000))))
                .isEqualTo("7 recoveries · longest recovery 84 ms");
        assertThat(Phrases.evidence(verdict("available-within:2s"))).isEqualTo("7 waits for an acknowledgement");
    }

    @Test
    void aCountThatIsTheLeastThatThereIsSaysSo() {
        Verdict one = broken(1);
        assertThat(Phrases.evidence(one)).isEqualTo("1 of 7 reads");
        assertThat(Phrases.evidence(one.counting(true))).isEqualTo("at least 1 of 7 reads");
        assertThat(Phrases.shortest(one)).isEqualTo("the one anomaly");
        assertThat(Phrases.shortest(one.counting(true))).isEqualTo("the first that was found");
        Verdict two = broken(2);
        assertThat(Phrases.anomalies(two)).isEqualTo("2 anomalies");
        assertThat(Phrases.shortest(two)).isEqualTo("the shortest of 2");
        assertThat(Phrases.anomalies(two.counting(true))).isEqualTo("at least 2 anomalies");
        assertThat(Phrases.shortest(two.counting(true))).isEqualTo("the shortest of at least 2");
        assertThat(BriefVerdict.of(two).counts()).isEqualTo("2 of 7");
        assertThat(BriefVerdict.of(two.counting(true)).counts()).isEqualTo("at least 2 of 7");
    }

    private static Verdict broken(long count) {
        Anomaly anomaly = new Anomaly("KIND", "x", "a sentence", List.of(0));
        return new Verdict(
                "linearizable",
                Answer.INVALID,
                Optional.empty(),
                "looked",
                7,
                7,
                Optional.empty(),
                count,
                List.of(anomaly));
    }

    private static Verdict verdict(String guarantee, Figure... figures) {
        return new Verdict(guarantee, Answer.VALID, Optional.empty(), "looked", 7, 7, Optional.empty(), 0, List.of())
                .with(List.of(figures));
    }
}
