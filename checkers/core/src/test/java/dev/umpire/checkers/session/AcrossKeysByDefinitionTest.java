package dev.umpire.checkers.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.oracle.DeedHistory;
import dev.umpire.checkers.oracle.RandomDeeds;
import dev.umpire.checkers.oracle.RandomDeeds.Shape;
import dev.umpire.checkers.oracle.SessionsByDefinition;
import dev.umpire.checkers.oracle.SessionsByDefinition.Part;
import dev.umpire.checkers.oracle.Share;
import dev.umpire.checkers.oracle.SmallDeeds;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.histories.History;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every combination of session guarantees over observations of several keys, against the definition. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AcrossKeysByDefinitionTest {
    private static final Set<String> ACROSS = Set.of("EARLIER_WRITE_MISSING", "EARLIER_READ_MISSING");
    private static final int COUNT = Share.of(60);

    private static final List<Set<Part>> COMBINATIONS = Combinations.all().stream()
            .filter(parts -> parts.contains(Part.MONOTONIC_WRITES) || parts.contains(Part.WRITES_FOLLOW_READS))
            .toList();
    private static final List<Set<Part>> SOME = List.of(
            EnumSet.of(Part.MONOTONIC_WRITES),
            EnumSet.of(Part.WRITES_FOLLOW_READS),
            EnumSet.of(Part.MONOTONIC_READS, Part.MONOTONIC_WRITES),
            EnumSet.of(Part.MONOTONIC_READS, Part.WRITES_FOLLOW_READS),
            EnumSet.allOf(Part.class));

    private final Map<Answer, Long> answers = new EnumMap<>(Answer.class);
    private final Map<String, Integer> kinds = new TreeMap<>();
    private String complaint = "";

    @AfterAll
    void everyAnswerAndBothKindsWereSeen() {
        System.out.println("session guarantees across keys: " + answers + " " + kinds);
        assertThat(answers).containsOnlyKeys(Answer.values());
        assertThat(kinds).hasSizeGreaterThanOrEqualTo(Share.seen(ACROSS.size()));
    }

    @ParameterizedTest
    @CsvSource({"false, false", "true, false"})
    void allOfFourOperationsAreJudgedAsByDefinition(boolean first, boolean second) {
        long count = SmallDeeds.forEachOfFour(List.of(first, second), small -> {
            if (!isJudgedWell(small, SOME, List.of(WriteOrder.REAL_TIME, WriteOrder.NONE))) {
                throw new AssertionError(complaint + small);
            }
        });
        System.out.println(count + " small histories");
    }

    @Test
    void registersAreJudgedAsByDefinition() {
        check(new Shape(10, 3, 2, 0, 2, false, false, false));
        check(new Shape(10, 3, 2, 0, 2, true, true, false));
        check(new Shape(10, 2, 3, 0, 3, false, false, true));
    }

    @Test
    void listsAreJudgedAsByDefinition() {
        check(new Shape(10, 3, 2, 1, 2, false, false, false));
        check(new Shape(10, 2, 2, 2, 2, true, true, false));
        check(new Shape(9, 3, 3, 1, 3, true, false, true));
    }

    private void check(Shape shape) {
        try {
            new RandomDeeds().check(COUNT, shape, this::isJudgedWell);
            new RandomDeeds().scattered().check(COUNT, shape, this::isJudgedWell);
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + complaint, e);
        }
    }

    private boolean isJudgedWell(DeedHistory small) {
        return isJudgedWell(small, COMBINATIONS, List.of(WriteOrder.values()));
    }

    private boolean isJudgedWell(DeedHistory small, List<Set<Part>> combinations, List<WriteOrder> orders) {
        History history = small.history();
        for (Set<Part> parts : combinations) {
            for (WriteOrder order : orders) {
                Verdict verdict = Combinations.check(history, parts, order);
                Answer defined = SessionsByDefinition.judge(small, parts, order);
                answers.merge(defined, 1L, Long::sum);
                if (verdict.answer() != defined) {
                    complaint = parts + " under " + order + ": " + defined + " by definition, but " + verdict;
                    return false;
                }
                for (Anomaly anomaly : verdict.anomalies()) {
                    if (ACROSS.contains(anomaly.kind()) && !isMinimal(small, anomaly, parts, order)) {
                        complaint = parts + " under " + order + ": the witness is not minimal: " + anomaly;
                        return false;
                    }
                }
            }
        }
        return true;
    }

    /** That the rest breaks something else, as what an operation did beside or by an order known otherwise, does not count. */
    private boolean isMinimal(DeedHistory small, Anomaly anomaly, Set<Part> parts, WriteOrder order) {
        kinds.merge(anomaly.kind(), 1, Integer::sum);
        if (SessionsByDefinition.judge(small.alone(anomaly.operations()), parts, order) != Answer.INVALID) {
            return false;
        }
        for (int dropped : anomaly.operations()) {
            List<Integer> rest = new ArrayList<>(anomaly.operations());
            rest.remove((Integer) dropped);
            boolean broken = Combinations.check(small.alone(rest).history(), parts, order).anomalies().stream()
                    .anyMatch(other ->
                            other.key().equals(anomaly.key()) && other.kind().equals(anomaly.kind()));
            if (broken) {
                return false;
            }
        }
        return true;
    }
}
