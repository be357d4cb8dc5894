package dev.umpire.checkers.sequential;

import dev.umpire.checkers.joined.Cycle;
import dev.umpire.checkers.joined.Fault;
import dev.umpire.checkers.joined.Lanes;
import dev.umpire.checkers.joined.Precedence;
import dev.umpire.checkers.joined.ReadRules;
import dev.umpire.checkers.joined.ReadsFrom;
import dev.umpire.checkers.linearizable.Linearizable;
import dev.umpire.checkers.model.Calls;
import dev.umpire.checkers.model.Model;
import dev.umpire.checkers.model.ModelChoice;
import dev.umpire.checkers.model.Models;
import dev.umpire.checkers.verdict.Anomalies;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.words.Visible;
import dev.umpire.checkers.words.Words;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Sequential: there is one order of all operations that keeps each session's own order and in which every answer is right.
 *
 * <p><b>Definition.</b> A history is sequential with respect to a model iff there is a total order of its OK operations, over all
 * keys together, and of some of those of unknown outcome, that extends the order of each session (a before b where both are of
 * one session and a was completed before b was invoked) and that the model accepts. An operation of unknown outcome comes after
 * what precedes it in its session, precedes nothing, and takes effect once or never. Failed operations are dropped. Not local:
 * each key may be sequential while the history is not. Source: Lamport, <i>How to Make a Multiprocessor Computer That Correctly
 * Executes Multiprocess Programs</i>, IEEE TC 28(9), 1979; NP-complete (Gibbons and Korach, <i>Testing Shared Memories</i>, SIAM
 * J. Comput. 26(4), 1997).
 *
 * <p><b>Algorithm.</b>
 * <ol>
 *   <li>What is linearizable is sequential: that is asked first, in O(n log n) for registers whose values differ, and once more,
 *       with the whole budget, where all else leaves it open.
 *   <li>Registers and lists to which no value is written twice: an order of the writes by the first proof of their effect, with
 *       reads as soon as they are possible, verified ({@link dev.umpire.checkers.joined.EarliestFirst}); else what every order must have, to a fixpoint
 *       ({@link dev.umpire.checkers.joined.Constraints}): a cycle refutes; else that order again, among these constraints.
 *   <li>A search over configurations ({@link OrderSearch}), each key first by itself, which can only refute, and then all
 *       together. Exponential at worst, and bounded by {@link CheckOptions#searchBudget}.
 * </ol>
 *
 * <p><b>Witness.</b> The operations of a cycle and of what it follows from, or those that a search could not order, reduced until
 * each of them is needed ({@link Witness}).
 */
public final class Sequential {

    /** As on the command line. */
    public static final String NAME = "sequential";

    private static final String LINEARIZABLE = "linearizable, and so sequential";

    private final History history;
    private final CheckOptions options;
    private final Calls calls;
    private final Model<?> model;
    private final int[] operations;
    private final Objects objects;
    private final Witness witness;
    private final List<String> how = new ArrayList<>();
    private long obliged;
    private int placed;
    private long spent;
    private final Anomalies anomalies;

    private Sequential(History history, CheckOptions options, Calls calls, Model<?> model) {
        this.history = history;
        this.options = options;
        this.calls = calls;
        this.model = model;
        operations = IntStream.range(0, history.size())
                .filter(operation -> calls.matters(operation, model))
                .toArray();
        objects = new Objects(history, calls, model, operations, options.deadline());
        for (int i = 0; i < operations.length; i++) {
            obliged += history.outcome(operations[i]) == Outcome.OK && objects.obliges(objects.kind(i)) ? 1 : 0;
        }
        witness = new Witness(history, calls, model, options.deadline());
        anomalies = new Anomalies(options.anomalyLimit());
    }

    /**
     * Judges with the model that the options name, or that follows from the functions of the history.
     *
     * @throws IllegalArgumentException if the options name a model that there is not; the message lists them
     */
    public static Verdict check(History history, CheckOptions options) {
        Model<?> model = options.model()
                .<Model<?>>map(name -> Models.named(name)
                        .orElseThrow(() -> new IllegalArgumentException("model: found " + Visible.text(name)
                                + ", expected one of " + String.join(", ", Models.names()))))
                .orElseGet(() -> ModelChoice.of(history, new Calls(history, options.nilReads())));
        return check(history, options, model);
    }

    /** Judges with a model of one's own, or one of {@link Models}. */
    public static Verdict check(History history, CheckOptions options, Model<?> model) {
        Calls calls = new Calls(history, options.nilReads());
        Optional<String> refusal = ModelChoice.refusal(history, calls, model);
        if (refusal.isPresent()) {
            return new Verdict(
                    NAME, Answer.UNKNOWN, Optional.empty(), "model " + model.name(), 0, 0, refusal, 0, List.of());
        }
        return new Sequential(history, options, calls, model).check();
    }

    private Verdict check() {
        if (obliged == 0) {
            return verdict(Answer.UNKNOWN, "vacuous: no operation had something to violate");
        }
        long shortSearch = Math.min(options.searchBudget(), Linearizable.shortSearch(operations.length));
        if (isLinearizable(shortSearch)) {
            how.add(LINEARIZABLE);
            return verdict(Answer.VALID, "");
        }
        Answer answer = ReadRules.fit(model) ? joinReads() : Answer.UNKNOWN;
        if (answer == Answer.UNKNOWN && how.isEmpty()) {
            answer = search();
        }
        if (answer == Answer.UNKNOWN
                && shortSearch < options.searchBudget()
                && !options.deadline().isOver()
                && isLinearizable(options.searchBudget())) {
            how.clear();
            how.add(LINEARIZABLE);
            return verdict(Answer.VALID, "");
        }
        if (answer == Answer.INVALID) {
            return verdict(answer, "what has no order together is not taken apart any further");
        }
        return verdict(
                answer,
                answer == Answer.VALID
                        ? ""
                        : "the search was given up after " + Words.count(spent, "configuration", "configurations")
                                + (options.deadline().isOver()
                                        ? " (the time was over): "
                                        : " (the bound is " + Words.number(options.searchBudget())
                                                + " and a quarter of the heap): ")
                                + Words.number(placed) + " of "
                                + Words.count(operations.length, "operation", "operations") + " placed");
    }

    private boolean isLinearizable(long budget) {
        return Linearizable.check(history, options.withAnomalyLimit(1).withSearchBudget(budget), model)
                        .answer()
                == Answer.VALID;
    }

    /** A quarter of the heap: the search ends with an answer before the heap ends. */
    private static long memoryBytes() {
        return Runtime.getRuntime().maxMemory() / 4;
    }

    /** UNKNOWN with nothing said of how: what is joined leaves the answer open. */
    private Answer joinReads() {
        ReadRules rules = new ReadRules(history, calls, model, options.nilReads());
        ReadsFrom readsFrom = ReadsFrom.of(history, rules, operations, Precedence.SESSION);
        if (readsFrom.fault.isPresent()) {
            Fault fault = readsFrom.fault.get();
            how.add(fault.kind() == Fault.Kind.INCOMPATIBLE ? "lists compared" : "each read joined to its write");
            anomalies.add(fault.operations().size(), 0, () -> witness.ofFault(fault));
            return Answer.INVALID;
        }
        JoinedReads joined =
                new JoinedReads(readsFrom, calls, model, options.searchBudget(), memoryBytes(), options.deadline());
        joined.decide(options.searchBudget(), memoryBytes());
        spent = joined.configurations;
        placed = joined.placed;
        if (!joined.how.isEmpty()) {
            how.add(joined.how);
        }
        if (joined.cyclic) {
            for (Cycle.Grounds grounds : Cycle.of(joined.constraints, options.anomalyLimit())) {
                anomalies.add(
                        grounds.nodes().size(), 0, () -> witness.ofJoined(readsFrom, operations(readsFrom, grounds)));
            }
        } else if (joined.answer == Answer.INVALID) {
            anomalies.add(1, 0, () -> witness.ofJoined(readsFrom, operations(readsFrom)));
        }
        return joined.answer;
    }

    private static Set<Integer> operations(ReadsFrom readsFrom, Cycle.Grounds grounds) {
        Set<Integer> some = new TreeSet<>();
        grounds.nodes().forEach(node -> some.add(readsFrom.lanes.operation[node]));
        return some;
    }

    private static Set<Integer> operations(ReadsFrom readsFrom) {
        Set<Integer> all = new TreeSet<>();
        for (int operation : readsFrom.lanes.operation) {
            all.add(operation);
        }
        return all;
    }

    private Answer search() {
        how.add("search over configurations");
        long budget = options.searchBudget();
        if (objects.count() > 1) {
            long share = budget / (4L * objects.count());
            for (int object = 0; object < objects.count(); object++) {
                int which = object;
                int[] some = IntStream.range(0, operations.length)
                        .filter(i -> objects.object(i) == which)
                        .map(i -> operations[i])
                        .toArray();
                if (search(some, share) == Answer.INVALID) {
                    anomalies.add(1, some[0], () -> witness.ofSearched(some));
                }
            }
            if (anomalies.count() > 0) {
                return Answer.INVALID;
            }
        }
        placed = 0;
        Answer answer = search(operations, budget - spent);
        if (answer == Answer.INVALID) {
            anomalies.add(1, 0, () -> witness.ofSearched(operations));
        }
        return answer;
    }

    private Answer search(int[] some, long budget) {
        OrderSearch.Result result = new OrderSearch(
                        new Lanes(history, some, Precedence.SESSION),
                        new Objects(history, calls, model, some, options.deadline()),
                        Guide.NONE)
                .run(Math.max(0, budget), memoryBytes());
        spent += result.configurations();
        placed = Math.max(placed, result.placed());
        return result.answer();
    }

    private Verdict verdict(Answer answer, String reason) {
        return new Verdict(
                        NAME,
                        answer,
                        Optional.empty(),
                        "model " + model.name() + (how.isEmpty() ? "" : ": " + String.join(", ", how)),
                        obliged,
                        operations.length,
                        reason.isEmpty() ? Optional.empty() : Optional.of(reason),
                        anomalies.count(),
                        anomalies.listed())
                .counting(true);
    }
}
