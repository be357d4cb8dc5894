package dev.umpire.checkers.linearizable;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.linearizable.RandomRegisters.Shape;
import dev.umpire.checkers.model.Calls;
import dev.umpire.checkers.model.Models;
import dev.umpire.checkers.model.Steps;
import dev.umpire.checkers.oracle.Share;
import dev.umpire.checkers.oracle.SmallHistory;
import dev.umpire.checkers.oracle.SmallOperation;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.histories.History;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Larger histories than can be enumerated; {@code -Dumpire.seed=N} begins with another seed. */
class RandomHistoriesLinearizableTest {
    private static final long FIRST = Long.getLong("umpire.seed", 1);
    private static final Shape ONCE = new Shape(60, 6, 0, 10, 0);
    private static final Shape REPEATED = new Shape(60, 6, 3, 10, 30);
    private static final Shape MOSTLY_UNKNOWN = new Shape(60, 4, 3, 60, 30);

    @Test
    void whatARegisterRecordedIsLinearizable() {
        for (Shape shape : List.of(ONCE, REPEATED, MOSTLY_UNKNOWN)) {
            for (long seed = FIRST; seed < FIRST + Share.of(500); seed++) {
                agree(seed, RandomRegisters.linearizable(seed, shape), some -> answer(some) != Answer.INVALID);
            }
        }
    }

    @Test
    void smallHistoriesOfAllKindsAreJudgedAsDefined() {
        int broken = 0;
        for (Shape shape : List.of(new Shape(7, 4, 0, 20, 0), new Shape(7, 4, 2, 20, 30), new Shape(8, 3, 2, 50, 40))) {
            for (long seed = FIRST; seed < FIRST + Share.of(2_000); seed++) {
                List<SmallOperation> changed =
                        RandomRegisters.withOneReadChanged(RandomRegisters.linearizable(seed, shape), seed);
                agree(seed, changed, some -> isJudgedAsDefined(some));
                broken += answer(changed) == Answer.INVALID ? 1 : 0;
            }
        }
        assertThat(broken).isGreaterThan(Share.seen(1_000));
    }

    @Test
    void zonesAndSearchAgree() {
        int broken = 0;
        for (long seed = FIRST; seed < FIRST + Share.of(1_000); seed++) {
            List<SmallOperation> changed =
                    RandomRegisters.withOneReadChanged(RandomRegisters.linearizable(seed, ONCE), seed);
            agree(seed, changed, some -> zonesSay(some) == searchSays(some));
            broken += zonesSay(changed) ? 0 : 1;
        }
        assertThat(broken).isBetween(Share.seen(100), 900);
    }

    @Test
    void countingKindsAndPlacingObservationsAtOnceChangesNoAnswer() {
        int broken = 0;
        for (Shape shape : List.of(new Shape(24, 4, 3, 15, 30), new Shape(24, 3, 2, 40, 40))) {
            for (long seed = FIRST; seed < FIRST + Share.of(1_000); seed++) {
                List<SmallOperation> changed =
                        RandomRegisters.withOneReadChanged(RandomRegisters.linearizable(seed, shape), seed);
                agree(seed, changed, some -> searchSays(some) == PlainSearch.isLinearizable(some));
                broken += searchSays(changed) ? 0 : 1;
            }
        }
        assertThat(broken).isBetween(Share.seen(200), 1_800);
    }

    @Test
    void theWitnessOfARegisterIsBrokenByItselfAndNotWithoutAnyOneOfItsOperations() {
        int witnesses = 0;
        for (long seed = FIRST; seed < FIRST + Share.of(1_000); seed++) {
            List<SmallOperation> changed =
                    RandomRegisters.withOneReadChanged(RandomRegisters.linearizable(seed, ONCE), seed);
            Verdict verdict =
                    Linearizable.check(RandomRegisters.history(changed).history(), CheckOptions.DEFAULT);
            if (verdict.answer() != Answer.INVALID) {
                continue;
            }
            List<Integer> witness = verdict.anomalies().get(0).operations();
            List<SmallOperation> alone = only(changed, new HashSet<>(witness));
            String as = "seed " + seed + " " + verdict.anomalies() + RandomRegisters.history(alone);
            assertThat(witness).as(as).hasSizeBetween(1, 6);
            assertThat(PlainSearch.isLinearizable(alone)).as(as).isFalse();
            for (int dropped : witness) {
                Set<Integer> rest = new HashSet<>(witness);
                rest.remove(dropped);
                assertThat(hasUnwritten(only(changed, rest)) || PlainSearch.isLinearizable(only(changed, rest)))
                        .as("without " + dropped + ", " + as)
                        .isTrue();
            }
            witnesses++;
        }
        assertThat(witnesses).isGreaterThan(Share.seen(100));
    }

    @Test
    void theViolatingOperationEndsTheShortestPrefixWithoutAnOrder() {
        int checked = 0;
        for (long seed = FIRST; seed < FIRST + Share.of(300); seed++) {
            for (Shape shape : List.of(new Shape(24, 4, 0, 15, 0), new Shape(24, 4, 3, 15, 30))) {
                List<SmallOperation> changed =
                        RandomRegisters.withOneReadChanged(RandomRegisters.linearizable(seed, shape), seed);
                Verdict verdict =
                        Linearizable.check(RandomRegisters.history(changed).history(), CheckOptions.DEFAULT);
                if (verdict.answer() != Answer.INVALID) {
                    continue;
                }
                List<Integer> witness = verdict.anomalies().get(0).operations();
                int end = changed.get(witness.get(witness.size() - 1)).completed();
                String as = "seed " + seed + " " + verdict + RandomRegisters.history(changed);
                assertThat(PlainSearch.isLinearizable(PlainSearch.prefix(changed, end)))
                        .as(as)
                        .isFalse();
                assertThat(PlainSearch.isLinearizable(PlainSearch.prefix(changed, end - 1)))
                        .as(as)
                        .isTrue();
                checked++;
            }
        }
        assertThat(checked).isGreaterThan(Share.seen(100));
    }

    // -- the answers that are compared

    private static Answer answer(List<SmallOperation> operations) {
        return Linearizable.check(RandomRegisters.history(operations).history(), CheckOptions.DEFAULT)
                .answer();
    }

    private static boolean isJudgedAsDefined(List<SmallOperation> operations) {
        SmallHistory history = RandomRegisters.history(operations);
        return (answer(operations) != Answer.INVALID) == LinearizabilityOracle.isLinearizable(history);
    }

    private static boolean zonesSay(List<SmallOperation> operations) {
        History history = RandomRegisters.history(operations).history();
        return new RegisterZones(history, new Calls(history)).areLinearizable(numbers(history));
    }

    private static boolean searchSays(List<SmallOperation> operations) {
        History history = RandomRegisters.history(operations).history();
        Subhistory all = Subhistory.of(history, new Calls(history), Models.CAS_REGISTER, numbers(history));
        Steps steps = new Steps(Models.CAS_REGISTER, history.value(history.initialValue()), all.calls());
        ConfigurationSearch.Result result = new ConfigurationSearch(all, steps).run(10_000_000, 1L << 28);
        assertThat(result.answer()).isNotEqualTo(Answer.UNKNOWN);
        return result.answer() == Answer.VALID;
    }

    private static int[] numbers(History history) {
        int[] numbers = new int[history.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = i;
        }
        return numbers;
    }

    private static boolean hasUnwritten(List<SmallOperation> operations) {
        return operations.stream()
                .anyMatch(read -> read.readOf(0) > 0
                        && operations.stream()
                                .noneMatch(write -> write.writes(0) && write.written() == read.readOf(0)));
    }

    private static List<SmallOperation> only(List<SmallOperation> operations, Set<Integer> numbers) {
        List<SmallOperation> some = new ArrayList<>();
        for (int number = 0; number < operations.size(); number++) {
            if (numbers.contains(number)) {
                some.add(operations.get(number));
            }
        }
        return some;
    }

    /** Shrinks a history for which the condition fails, and fails with the seed and the smallest one. */
    private static void agree(long seed, List<SmallOperation> operations, Predicate<List<SmallOperation>> condition) {
        if (condition.test(operations)) {
            return;
        }
        List<SmallOperation> smallest = operations;
        boolean shrunk = true;
        while (shrunk) {
            shrunk = false;
            for (int i = 0; i < smallest.size() && !shrunk; i++) {
                List<SmallOperation> fewer = new ArrayList<>(smallest);
                fewer.remove(i);
                if (!condition.test(fewer)) {
                    smallest = fewer;
                    shrunk = true;
                }
            }
        }
        throw new AssertionError("seed " + seed + ", " + operations.size() + " operations, smallest: "
                + RandomRegisters.history(smallest));
    }
}
