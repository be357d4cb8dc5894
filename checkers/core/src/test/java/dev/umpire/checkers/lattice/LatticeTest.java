package dev.umpire.checkers.lattice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.Guarantee;
import dev.umpire.checkers.oracle.CasHistories;
import dev.umpire.checkers.oracle.RandomDeeds;
import dev.umpire.checkers.oracle.RandomHistories;
import dev.umpire.checkers.oracle.RandomHistories.Shape;
import dev.umpire.checkers.oracle.Share;
import dev.umpire.checkers.oracle.SmallHistory;
import dev.umpire.checkers.oracle.Transcript;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.histories.History;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** No verdict breaks an implication; a guarantee that is registered takes part by itself. */
class LatticeTest {
    private static final Shape SOUND = new Shape(7, 3, 2, true, false, false, 0);
    private static final Shape ONE_KEY = new Shape(8, 3, 1, true, true, false, 0);
    private static final Shape CAS = new Shape(7, 3, 2, false, true, false, 0);
    private static final Shape FAULTY = new Shape(7, 3, 2, true, true, true, 0);

    private static final List<RandomDeeds.Shape> LISTS_AND_TRANSACTIONS = List.of(
            new RandomDeeds.Shape(6, 2, 2, 2, 1, true, false, false),
            new RandomDeeds.Shape(6, 2, 2, 2, 3, true, false, false),
            new RandomDeeds.Shape(6, 2, 2, 0, 3, true, false, false),
            new RandomDeeds.Shape(6, 2, 2, 1, 2, false, false, false));

    private String complaint = "";

    @Test
    void whatHoldsBreaksNothingThatItImplies() {
        int[] used = new int[1];
        for (Shape shape : List.of(SOUND, ONE_KEY, CAS, FAULTY)) {
            try {
                new RandomHistories().check(500, shape, history -> keepsTheImplications(history, used));
            } catch (AssertionError e) {
                throw new AssertionError(e.getMessage() + complaint, e);
            }
        }
        assertThat(used[0]).as("implications whose stronger side held").isGreaterThan(Share.seen(1_000));
    }

    @Test
    void whatHoldsOfChainsOfCasBreaksNothingThatItImplies() {
        int[] used = new int[1];
        for (int keys = 1; keys <= 3; keys++) {
            int most = keys;
            try {
                new RandomHistories()
                        .check(
                                200,
                                "cas on " + keys,
                                random -> CasHistories.draw(random, most, 4 + random.nextInt(7)),
                                history -> keepsTheImplications(history, used));
            } catch (AssertionError e) {
                throw new AssertionError(e.getMessage() + complaint, e);
            }
        }
        assertThat(used[0]).as("implications whose stronger side held").isGreaterThan(Share.seen(1_000));
    }

    @Test
    void whatHoldsOfListsAndTransactionsBreaksNothingThatItImplies() {
        int[] used = new int[1];
        for (RandomDeeds.Shape shape : LISTS_AND_TRANSACTIONS) {
            try {
                new RandomDeeds().check(300, shape, deeds -> keepsTheImplications(deeds.history(), used));
            } catch (AssertionError e) {
                throw new AssertionError(e.getMessage() + complaint, e);
            }
        }
        assertThat(used[0]).as("implications whose stronger side held").isGreaterThan(Share.seen(1_000));
    }

    private boolean keepsTheImplications(SmallHistory history, int[] used) {
        return keepsTheImplications(history.history(), used);
    }

    private boolean keepsTheImplications(History history, int[] used) {
        for (WriteOrder order : WriteOrder.values()) {
            List<Verdict> verdicts = verdicts(history, order);
            for (Verdict stronger : verdicts) {
                for (Verdict weaker : verdicts) {
                    if (stronger.answer() == Answer.VALID
                            && Lattice.implies(stronger.guarantee(), weaker.guarantee(), order)) {
                        used[0]++;
                        if (weaker.answer() == Answer.INVALID) {
                            complaint = "under " + order + ": " + stronger + "\nbut " + weaker;
                            return false;
                        }
                    }
                }
            }
        }
        return true;
    }

    private static List<Verdict> verdicts(History history, WriteOrder order) {
        CheckOptions options = CheckOptions.DEFAULT.with(order);
        List<Guarantee> guarantees = new ArrayList<>(Guarantee.all());
        guarantees.add(Guarantee.named("bounded-staleness:0ms"));
        return guarantees.stream().map(one -> one.check(history, options)).toList();
    }

    @Test
    void whatIsImpliedIsImpliedOverOthersAndOnlyUnderTheAssumption() {
        assertThat(Lattice.implies("linearizable", "pram", WriteOrder.REAL_TIME))
                .isTrue();
        assertThat(Lattice.implies("sequential", "consistent-prefix", WriteOrder.SESSION))
                .isTrue();
        assertThat(Lattice.implies("sequential", "consistent-prefix", WriteOrder.REAL_TIME))
                .isFalse();
        assertThat(Lattice.implies("causal-convergence", "monotonic-reads", WriteOrder.SESSION))
                .isTrue();
        assertThat(Lattice.implies("causal-convergence", "monotonic-reads", WriteOrder.REAL_TIME))
                .isFalse();
        assertThat(Lattice.implies("causal", "consistent-prefix", WriteOrder.NONE))
                .isFalse();
        assertThat(Lattice.implies("pram", "causal", WriteOrder.NONE)).isFalse();
    }

    @Test
    void nothingImpliesItself() {
        TreeSet<String> names = new TreeSet<>();
        Lattice.implications().forEach(one -> names.addAll(List.of(one.stronger(), one.weaker())));
        assertThat(names).noneMatch(name -> Lattice.implies(name, name, WriteOrder.NONE));
        assertThat(Lattice.height("linearizable")).isGreaterThan(Lattice.height("sequential"));
        assertThat(Lattice.height("integrity")).isZero();
    }

    @Test
    void theLadderTellsTheStrongestThatHeldAndTheFirstThatBroke() {
        History staleRead = Transcript.parse("""
                10..20 ms  session 1  n1  write x 1  ok
                30..40 ms  session 1  n1  write x 2  ok
                50..60 ms  session 2  n2  read x     ok 1
                70..80 ms  session 2  n2  read x     ok 2
                """);

        Ladder ladder = Ladder.of(verdicts(staleRead, WriteOrder.SESSION), WriteOrder.SESSION);

        assertThat(ladder.strongestHeld())
                .extracting(Verdict::guarantee)
                .contains("sequential", "integrity")
                .doesNotContain("causal", "pram", "consistent-prefix", "monotonic-reads");
        assertThat(ladder.firstBroken())
                .extracting(Verdict::guarantee)
                .contains("bounded-staleness:0ms")
                .doesNotContain("linearizable");
        assertThat(ladder.undecided()).extracting(Verdict::guarantee).contains("read-your-writes");
    }
}
