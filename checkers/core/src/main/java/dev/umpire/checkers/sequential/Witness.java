package dev.umpire.checkers.sequential;

import dev.umpire.checkers.joined.Constraints;
import dev.umpire.checkers.joined.Cycle;
import dev.umpire.checkers.joined.Fault;
import dev.umpire.checkers.joined.Lanes;
import dev.umpire.checkers.joined.Precedence;
import dev.umpire.checkers.joined.ReadsFrom;
import dev.umpire.checkers.joined.Reduction;
import dev.umpire.checkers.joined.Story;
import dev.umpire.checkers.model.Calls;
import dev.umpire.checkers.model.Model;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.Deadline;
import dev.umpire.histories.History;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Reduces what no order can place to the few operations that are needed.
 *
 * <p><b>Algorithm.</b> Operations are left out ({@link Reduction}) as long as the rest still has no order. Where reads are joined to
 * writes the write of every read that is kept is kept too. Where they are not, what is left out may take effect whenever it
 * likes, or never. Bounded: when the effort is spent, what is left is told as it is.
 */
final class Witness {
    static final String KIND = "NOT_SEQUENTIAL";
    static final String INCOMPATIBLE = "INCOMPATIBLE_ORDER";
    private static final int MOST_TOLD = 16;
    private static final long CONFIGURATIONS = 2_000;
    private static final long SIZE_BYTES = 32L << 20;

    private final History history;
    private final Calls calls;
    private final Model<?> model;
    private final Deadline deadline;
    private final Story story;

    Witness(History history, Calls calls, Model<?> model, Deadline deadline) {
        this.deadline = deadline;
        this.history = history;
        this.calls = calls;
        this.model = model;
        this.story = new Story(history, Precedence.SESSION);
    }

    /** Of what no order explains. */
    Anomaly ofFault(Fault fault) {
        String kind = fault.kind() == Fault.Kind.INCOMPATIBLE ? INCOMPATIBLE : KIND;
        return new Anomaly(kind, story.key(fault), story.fault(fault), fault.operations());
    }

    /** Of operations among which joined reads have no order. */
    Anomaly ofJoined(ReadsFrom whole, Set<Integer> operations) {
        Set<Integer> closed = whole.withWrites(operations);
        Reduction reduction = new Reduction();
        Set<Integer> least =
                reduction.least(closed, whole::withWrites, some -> hasNoOrder(reduction, whole.among(array(some))));
        Constraints constraints = Constraints.ofWitness(whole.among(array(least)));
        List<Integer> witness = story.byCompletion(least);
        String sentence = constraints.saturate()
                ? story.cycle(constraints, Cycle.of(constraints, 1).get(0))
                : story.unordered(witness, reduction.isComplete());
        return new Anomaly(KIND, story.key(witness), sentence, witness);
    }

    /** Of operations that a search could not order; what is not among the least may have happened at any time. */
    Anomaly ofSearched(int[] operations) {
        Set<Integer> all = new TreeSet<>();
        Arrays.stream(operations).forEach(all::add);
        Reduction reduction = new Reduction();
        Set<Integer> least = reduction.least(all, some -> some, some -> hasNoOrder(reduction, operations, some));
        List<Integer> witness = story.byCompletion(least);
        boolean whole = reduction.isComplete() && witness.size() <= MOST_TOLD;
        if (witness.size() > MOST_TOLD) {
            witness = witness.subList(witness.size() - MOST_TOLD, witness.size());
        }
        String sentence = story.unordered(witness, whole, whole ? changing(operations, least) : List.of());
        return new Anomaly(KIND, story.key(witness), sentence, witness);
    }

    /** Those of the operations that are not among some, and may have changed the objects of these. */
    private List<Integer> changing(int[] operations, Set<Integer> some) {
        Objects objects = new Objects(history, calls, model, operations, deadline);
        BitSet theirs = new BitSet();
        for (int i = 0; i < operations.length; i++) {
            if (some.contains(operations[i])) {
                theirs.set(objects.object(i));
            }
        }
        return IntStream.range(0, operations.length)
                .filter(i -> theirs.get(objects.object(i))
                        && !objects.observes(objects.kind(i))
                        && !some.contains(operations[i]))
                .mapToObj(i -> operations[i])
                .toList();
    }

    private boolean hasNoOrder(Reduction reduction, ReadsFrom some) {
        reduction.spend(10L * some.lanes.size());
        JoinedReads joined = new JoinedReads(some, calls, model, CONFIGURATIONS, SIZE_BYTES, deadline);
        joined.decide(CONFIGURATIONS, SIZE_BYTES);
        reduction.spend(joined.configurations);
        return joined.answer == Answer.INVALID;
    }

    private boolean hasNoOrder(Reduction reduction, int[] all, Set<Integer> kept) {
        Lanes lanes = new Lanes(history, all, Precedence.SESSION, operation -> !kept.contains(operation));
        OrderSearch.Result result = new OrderSearch(
                        lanes, new Objects(history, calls, model, all, deadline), Guide.NONE)
                .run(CONFIGURATIONS, SIZE_BYTES);
        reduction.spend(all.length + result.configurations());
        return result.answer() == Answer.INVALID;
    }

    private static int[] array(Set<Integer> operations) {
        return operations.stream().mapToInt(Integer::intValue).toArray();
    }
}
