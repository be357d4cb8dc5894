package dev.umpire.checkers.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What tests of checkers ask of verdicts and witnesses. */
public final class Verdicts {
    private Verdicts() {}

    /** Whether the verdict is broken by one anomaly: its kind, its sentence, and its operations in their order. */
    public static void assertBroken(Verdict verdict, String kind, String sentence, Integer... operations) {
        assertThat(verdict.answer()).as(verdict.toString()).isEqualTo(Answer.INVALID);
        assertThat(verdict.anomalies()).singleElement().satisfies(anomaly -> {
            assertThat(anomaly.kind()).isEqualTo(kind);
            assertThat(anomaly.sentence()).isEqualTo(sentence);
            assertThat(anomaly.operations()).containsExactly(operations);
        });
    }

    /** As {@link #assertBroken(Verdict, String, String, Integer...)}, and that one thing was counted under this name, nothing else. */
    public static void assertBroken(
            Verdict verdict, String kind, String figure, String sentence, Integer... operations) {
        assertBroken(verdict, kind, sentence, operations);
        assertThat(counted(verdict)).isEqualTo(Map.of(figure, 1L));
    }

    /** The figures of a verdict that are not 0. */
    public static Map<String, Long> counted(Verdict verdict) {
        return verdict.figures().stream()
                .filter(figure -> figure.value() > 0)
                .collect(Collectors.toMap(figure -> figure.name(), figure -> (long) figure.value()));
    }

    /** Whether the operations alone break a guarantee, and no longer if any of them is left out. */
    public static <T> boolean isMinimal(List<T> witness, Predicate<List<T>> isBroken) {
        boolean minimal = isBroken.test(witness);
        for (int i = 0; i < witness.size(); i++) {
            List<T> fewer = new ArrayList<>(witness);
            fewer.remove(i);
            minimal &= !isBroken.test(fewer);
        }
        return minimal;
    }
}
