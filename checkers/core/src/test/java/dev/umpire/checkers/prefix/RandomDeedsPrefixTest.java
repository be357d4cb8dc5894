package dev.umpire.checkers.prefix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.oracle.DeedHistory;
import dev.umpire.checkers.oracle.PrefixByDefinition;
import dev.umpire.checkers.oracle.PrefixByDefinition.Promised;
import dev.umpire.checkers.oracle.RandomDeeds;
import dev.umpire.checkers.oracle.RandomDeeds.Shape;
import dev.umpire.checkers.oracle.Share;
import dev.umpire.checkers.oracle.Verdicts;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.histories.History;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Random histories of lists and transactions against the definition. */
class RandomDeedsPrefixTest {
    private static final int COUNT = 400;

    private final Map<Answer, Integer> answers = new EnumMap<>(Answer.class);

    @Test
    void listsAreJudgedAsByDefinition() {
        check(new Shape(8, 3, 1, 1, 1, true, false, false));
        check(new Shape(9, 3, 2, 2, 1, true, true, false));
        check(new Shape(9, 3, 2, 1, 1, false, false, false));
    }

    @Test
    void transactionsOfListsAreJudgedAsByDefinition() {
        check(new Shape(7, 3, 2, 2, 3, true, true, false));
        check(new Shape(8, 3, 2, 2, 2, false, false, false));
        check(new Shape(6, 2, 3, 2, 4, true, false, false));
    }

    @Test
    void transactionsOfRegistersAreJudgedAsByDefinition() {
        check(new Shape(7, 3, 2, 0, 3, true, true, false));
        check(new Shape(8, 3, 2, 0, 2, false, false, false));
        check(new Shape(6, 2, 3, 1, 4, true, false, false));
    }

    @Test
    void whatWasReadInAnyOrderIsJudgedAsByDefinition() {
        new RandomDeeds().scattered().check(COUNT, new Shape(7, 3, 1, 1, 1, false, false, false), this::isAsDefined);
        new RandomDeeds().scattered().check(COUNT, new Shape(6, 3, 2, 1, 2, true, false, false), this::isAsDefined);
        new RandomDeeds().scattered().check(COUNT, new Shape(6, 3, 2, 0, 2, true, false, false), this::isAsDefined);
    }

    @Test
    void noOperationOfAWitnessCanBeLeftOut() {
        Map<String, Integer> kinds = new TreeMap<>();
        for (Shape shape : List.of(
                new Shape(9, 3, 2, 2, 1, true, false, false),
                new Shape(7, 3, 2, 2, 3, true, false, false),
                new Shape(7, 3, 2, 1, 2, false, false, false),
                new Shape(7, 3, 2, 0, 3, false, false, false))) {
            new RandomDeeds().check(COUNT, shape, small -> areMinimal(small, kinds));
        }
        System.out.println("witnesses: " + kinds);
        if (!Share.isSmall()) {
            assertThat(kinds.keySet())
                    .contains("INCOMPATIBLE_ORDER", "NOT_A_PREFIX", "ORDER_AGAINST_CAUSE", "PREFIX_WENT_BACK");
        }
    }

    private static boolean areMinimal(DeedHistory small, Map<String, Integer> kinds) {
        for (Promise promise : Promise.values()) {
            Promised promised = promised(promise);
            for (WriteOrder order : WriteOrder.values()) {
                Verdict verdict = Judgement.check(small.history(), CheckOptions.DEFAULT.with(order), promise);
                for (Anomaly anomaly : verdict.anomalies()) {
                    kinds.merge(anomaly.kind(), 1, Integer::sum);
                    if (!Verdicts.isMinimal(
                            anomaly.operations(),
                            some -> PrefixByDefinition.judge(small.only(some), order, promised) == Answer.INVALID)) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    private static Promised promised(Promise promise) {
        return switch (promise) {
            case CONSISTENT -> Promised.NOTHING_MORE;
            case STRICT -> Promised.REAL_TIME;
            case MONOTONIC -> Promised.NEVER_BACK;
        };
    }

    @AfterEach
    void tell() {
        System.out.println("random lists and transactions: " + answers);
    }

    private void check(Shape shape) {
        new RandomDeeds().check(COUNT, shape, this::isAsDefined);
    }

    private boolean isAsDefined(DeedHistory small) {
        History history = small.history();
        boolean equal = true;
        for (Promise promise : Promise.values()) {
            Promised promised = promised(promise);
            for (WriteOrder order : WriteOrder.values()) {
                Answer answer = Judgement.check(history, CheckOptions.DEFAULT.with(order), promise)
                        .answer();
                answers.merge(answer, 1, Integer::sum);
                equal &= answer == PrefixByDefinition.judge(small, order, promised);
            }
        }
        return equal;
    }
}
