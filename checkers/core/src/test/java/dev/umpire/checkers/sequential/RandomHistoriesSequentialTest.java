package dev.umpire.checkers.sequential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.joined.Lanes;
import dev.umpire.checkers.joined.Precedence;
import dev.umpire.checkers.joined.ReadRules;
import dev.umpire.checkers.joined.ReadsFrom;
import dev.umpire.checkers.model.Calls;
import dev.umpire.checkers.model.Models;
import dev.umpire.checkers.oracle.RandomHistories;
import dev.umpire.checkers.oracle.RandomHistories.Shape;
import dev.umpire.checkers.oracle.Share;
import dev.umpire.checkers.oracle.SmallHistory;
import dev.umpire.checkers.oracle.SmallOperation;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Deadline;
import dev.umpire.checkers.verdict.NilReads;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Larger histories than can be enumerated; {@code -Dumpire.seed=N} begins with another seed. */
class RandomHistoriesSequentialTest {
    private static final Shape SMALL = new Shape(8, 3, 2, true, true, true, 0);
    private static final Shape ONE_KEY = new Shape(8, 4, 1, true, false, false, 0);
    private static final Shape LARGER = new Shape(14, 3, 2, true, true, false, 0);

    @Test
    void randomHistoriesAreJudgedAsDefined() {
        int[] broken = new int[2];
        for (Shape shape : List.of(SMALL, ONE_KEY)) {
            new RandomHistories().check(3_000, shape, history -> {
                Verdict verdict = Sequential.check(history.history(), CheckOptions.DEFAULT);
                boolean expected = SequentialOracle.isSequential(history);
                broken[expected ? 0 : 1]++;
                return verdict.answer()
                        == (!expected ? Answer.INVALID : verdict.obliged() == 0 ? Answer.UNKNOWN : Answer.VALID);
            });
        }
        assertThat(broken[0]).isGreaterThan(Share.seen(500));
        assertThat(broken[1]).isGreaterThan(Share.seen(500));
    }

    @Test
    void joinedReadsAndTheGeneralSearchAgree() {
        for (NilReads nilReads : NilReads.values()) {
            new RandomHistories().check(1_500, LARGER, history -> agree(history.history(), nilReads));
        }
    }

    private static boolean agree(History seen, NilReads nilReads) {
        Calls calls = new Calls(seen, nilReads);
        int[] operations = IntStream.range(0, seen.size())
                .filter(operation -> calls.matters(operation, Models.CAS_REGISTER))
                .toArray();
        ReadRules rules = new ReadRules(seen, calls, Models.CAS_REGISTER, nilReads);
        ReadsFrom readsFrom = ReadsFrom.of(seen, rules, operations, Precedence.SESSION);
        JoinedReads joined = new JoinedReads(readsFrom, calls, Models.CAS_REGISTER, 1_000_000, 1L << 28, Deadline.NONE);
        joined.decide(1_000_000, 1L << 28);
        Answer searched = new OrderSearch(
                        new Lanes(seen, operations, Precedence.SESSION),
                        new Objects(seen, calls, Models.CAS_REGISTER, operations),
                        Guide.NONE)
                .run(1_000_000, 1L << 28)
                .answer();
        if (readsFrom.fault.isPresent()) {
            return searched == Answer.INVALID;
        }
        return joined.answer == searched || (joined.answer == Answer.UNKNOWN && !readsFrom.complete);
    }

    @Test
    void theWitnessIsBrokenByItselfAndNotWithoutAnyOneOfItsOperations() {
        int[] witnesses = new int[1];
        new RandomHistories().check(6_000, new Shape(8, 3, 2, true, false, false, 0), history -> {
            Verdict verdict = Sequential.check(history.history(), CheckOptions.DEFAULT);
            if (verdict.answer() != Answer.INVALID) {
                return true;
            }
            List<Integer> witness = verdict.anomalies().get(0).operations();
            boolean right = !SequentialOracle.isSequential(only(history, witness));
            for (int dropped : witness) {
                List<Integer> rest = new ArrayList<>(witness);
                rest.remove((Integer) dropped);
                SmallHistory left = only(history, rest);
                right &= hasUnwritten(left) || SequentialOracle.isSequential(left);
            }
            witnesses[0]++;
            return right;
        });
        assertThat(witnesses[0]).isGreaterThan(Share.seen(150));
    }

    private static SmallHistory only(SmallHistory history, List<Integer> operations) {
        return new SmallHistory(
                operations.stream().map(history.operations()::get).toList());
    }

    private static boolean hasUnwritten(SmallHistory history) {
        for (SmallOperation read : history.operations()) {
            for (int key = 0; key < history.keyCount(); key++) {
                int at = key;
                int value = read.readOf(key);
                if (value > 0
                        && history.operations().stream()
                                .noneMatch(write -> write.outcome() != Outcome.FAIL
                                        && write.writes(at)
                                        && write.written() == value)) {
                    return true;
                }
            }
        }
        return false;
    }
}
