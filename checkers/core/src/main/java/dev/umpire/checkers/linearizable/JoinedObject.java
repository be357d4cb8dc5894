package dev.umpire.checkers.linearizable;

import dev.umpire.checkers.joined.Attempt;
import dev.umpire.checkers.joined.Constraints;
import dev.umpire.checkers.joined.Cycle;
import dev.umpire.checkers.joined.Fault;
import dev.umpire.checkers.joined.Precedence;
import dev.umpire.checkers.joined.ReadRules;
import dev.umpire.checkers.joined.ReadsFrom;
import dev.umpire.checkers.joined.Reduction;
import dev.umpire.checkers.joined.Story;
import dev.umpire.checkers.model.Calls;
import dev.umpire.checkers.model.Model;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.TimeIsOver;
import dev.umpire.histories.History;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Decides an object without a search, where each read can be joined to the write that it returned: registers and lists to which
 * no value is written twice, alone or in snapshots and transactions.
 *
 * <p><b>Algorithm.</b> {@link Attempt}: an order of the writes by the first proof of their effect, verified; else what every
 * order must have that keeps real time, to a fixpoint ({@link Constraints}): a cycle refutes; else that order again, among these
 * constraints. Neither found, nothing is known.
 *
 * @param answer UNKNOWN where neither was found
 * @param violating an operation of the violation; meaningless unless there is one
 * @param anomaly makes the witness; to be called only if there is a violation
 */
record JoinedObject(Answer answer, int violating, Supplier<Anomaly> anomaly) {

    private static final JoinedObject UNDECIDED = new JoinedObject(Answer.UNKNOWN, History.NONE, () -> {
        throw new IllegalStateException("anomaly: found none, expected a violation");
    });
    private static final JoinedObject PROVED = new JoinedObject(Answer.VALID, History.NONE, UNDECIDED.anomaly());

    /** Whether reads of this model can be joined to writes at all. */
    static boolean fits(Model<?> model) {
        return ReadRules.fit(model);
    }

    /** @param operations of one object, in the order of their invocations */
    static JoinedObject decide(
            History history, Calls calls, Model<?> model, CheckOptions options, long mostBytes, int[] operations) {
        ReadsFrom readsFrom = ReadsFrom.of(
                history, new ReadRules(history, calls, model, options.nilReads()), operations, Precedence.REAL_TIME);
        Story story = new Story(history, Precedence.REAL_TIME);
        if (readsFrom.fault.isPresent()) {
            return ofFault(readsFrom.fault.get(), story);
        }
        return decide(readsFrom, story, options, mostBytes);
    }

    private static JoinedObject decide(ReadsFrom readsFrom, Story story, CheckOptions options, long mostBytes) {
        Constraints constraints = Constraints.beside(readsFrom, options.searchBudget(), mostBytes, options.deadline());
        try {
            return switch (Attempt.of(constraints)) {
                case PROVED_AT_ONCE, PROVED -> PROVED;
                case REFUTED -> ofCycle(constraints, story);
                case OPEN -> UNDECIDED;
            };
        } catch (TimeIsOver over) {
            return UNDECIDED;
        }
    }

    private static JoinedObject ofFault(Fault fault, Story story) {
        List<Integer> operations = fault.kind() == Fault.Kind.INCOMPATIBLE
                ? story.byCompletion(new TreeSet<>(fault.operations()))
                : fault.operations();
        return broken(
                operations.get(operations.size() - 1),
                () -> new Anomaly(Witness.KIND, story.key(fault), story.fault(fault), operations));
    }

    private static JoinedObject broken(int violating, Supplier<Anomaly> anomaly) {
        return new JoinedObject(Answer.INVALID, violating, anomaly);
    }

    private static JoinedObject ofCycle(Constraints constraints, Story story) {
        ReadsFrom whole = constraints.readsFrom;
        List<Cycle.Grounds> cycles = Cycle.of(constraints, 1);
        Set<Integer> operations = new TreeSet<>();
        if (cycles.isEmpty()) {
            for (int operation : whole.lanes.operation) {
                operations.add(operation);
            }
        } else {
            cycles.get(0).nodes().forEach(node -> operations.add(whole.lanes.operation[node]));
        }
        List<Integer> all = story.byCompletion(operations);
        return broken(all.get(all.size() - 1), () -> ofCycle(whole, story, operations));
    }

    private static Anomaly ofCycle(ReadsFrom whole, Story story, Set<Integer> operations) {
        Reduction reduction = new Reduction();
        Set<Integer> least = reduction.least(whole.withWrites(operations), whole::withWrites, some -> {
            reduction.spend(10L * some.size());
            return constraints(whole, some).saturate();
        });
        Constraints constraints = constraints(whole, least);
        List<Integer> witness = story.byCompletion(least);
        List<Cycle.Grounds> cycles = constraints.saturate() ? Cycle.of(constraints, 1) : List.of();
        return told(
                story,
                witness,
                cycles.isEmpty()
                        ? story.unordered(witness, reduction.isComplete())
                        : story.cycle(constraints, cycles.get(0)));
    }

    private static Constraints constraints(ReadsFrom whole, Set<Integer> operations) {
        ReadsFrom some =
                whole.among(operations.stream().mapToInt(Integer::intValue).toArray());
        return Constraints.ofWitness(some);
    }

    private static Anomaly told(Story story, List<Integer> operations, String sentence) {
        return new Anomaly(Witness.KIND, story.key(operations), sentence, operations);
    }
}
