package dev.umpire.checkers.lattice;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.verdict.WriteOrder;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Where a history stands among the guarantees.
 *
 * @param strongestHeld what held and follows from nothing else that held
 * @param firstBroken what broke and from which nothing else that broke follows: the weakest
 * @param undecided what could not be judged; each verdict says why
 */
public record Ladder(List<Verdict> strongestHeld, List<Verdict> firstBroken, List<Verdict> undecided) {
    public Ladder {
        strongestHeld = List.copyOf(strongestHeld);
        firstBroken = List.copyOf(firstBroken);
        undecided = List.copyOf(undecided);
    }

    /**
     * Sorts the verdicts of one history, weakest first.
     *
     * @param order the assumption under which they were judged
     */
    public static Ladder of(List<Verdict> verdicts, WriteOrder order) {
        List<Verdict> held = with(verdicts, Answer.VALID);
        List<Verdict> broken = with(verdicts, Answer.INVALID);
        return new Ladder(
                only(held, one -> held.stream().noneMatch(other -> implies(other, one, order))),
                only(broken, one -> broken.stream().noneMatch(other -> implies(one, other, order))),
                with(verdicts, Answer.UNKNOWN));
    }

    private static boolean implies(Verdict stronger, Verdict weaker, WriteOrder order) {
        return Lattice.implies(stronger.guarantee(), weaker.guarantee(), order);
    }

    private static List<Verdict> with(List<Verdict> verdicts, Answer answer) {
        return only(verdicts, one -> one.answer() == answer);
    }

    private static List<Verdict> only(List<Verdict> verdicts, Predicate<Verdict> condition) {
        return verdicts.stream()
                .filter(condition)
                .sorted(Comparator.comparingInt(one -> Lattice.height(one.guarantee())))
                .toList();
    }
}
