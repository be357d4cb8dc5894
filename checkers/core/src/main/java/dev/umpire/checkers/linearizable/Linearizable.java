package dev.umpire.checkers.linearizable;

import dev.umpire.checkers.model.Calls;
import dev.umpire.checkers.model.Model;
import dev.umpire.checkers.model.Model.Effect;
import dev.umpire.checkers.model.ModelChoice;
import dev.umpire.checkers.model.Models;
import dev.umpire.checkers.model.Steps;
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
import java.util.TreeSet;

/**
 * Linearizable: there is one order of all operations that keeps real time and in which every answer is right.
 *
 * <p><b>Definition.</b> A history is linearizable with respect to a model iff there is a total order of its OK operations and
 * some of those of unknown outcome that extends real time (a before b where a was completed before b was invoked) and that
 * the model accepts. An operation of unknown outcome may take effect at any time after its invocation, once, or never. Failed
 * operations are dropped; a failed cas is not an observation. A read of a value that was never written is a violation.
 * Source: Herlihy and Wing, <i>Linearizability</i>, TOPLAS 12(3), 1990.
 *
 * <p><b>Algorithm.</b> The history is taken apart by key, or by groups of keys that snapshots and transactions join
 * ({@link Decomposition}). A register whose values are written once each is judged by zones in O(n log n)
 * ({@link PlainRegisters} for all keys together, {@link RegisterZones} for a key that these leave open); everything else by a
 * search over configurations ({@link ConfigurationSearch}), exponential at worst and bounded by
 * {@link CheckOptions#searchBudget}, which all objects share ({@link ObjectSearches}: several at once, with an answer that does not
 * depend on the cores), by a quarter of the heap, and by {@link CheckOptions#deadline}. What a short search leaves open is decided,
 * where it can be, by joining each read to the write that it returned ({@link JoinedObject}): an order of the writes that
 * proves, or a cycle of what every order must have that refutes.
 *
 * <p><b>Witness.</b> Per object the first operation that has no place ({@link Witness}).
 */
public final class Linearizable {

    /** The name of the guarantee. */
    public static final String NAME = "linearizable";

    /** A search that need not turn back enters about one configuration an operation. */
    private static final long CONFIGURATIONS_OF_AN_OPERATION = 4;

    private static final long CONFIGURATIONS_AT_LEAST = 10_000;

    private final History history;
    private final CheckOptions options;
    private final Calls calls;
    private final Model<?> model;
    private final Words words;
    private final RegisterZones zones;
    private final Witness witness;
    private final Anomalies anomalies;

    private int objects;
    private int examined;
    private int decided;
    private int byZones;
    private int byJoins;
    private int bySearch;
    private long budget;
    private long obliged;

    private Linearizable(History history, CheckOptions options, Calls calls, Model<?> model) {
        this.history = history;
        this.options = options;
        this.calls = calls;
        this.model = model;
        this.words = Words.of(history);
        this.zones = new RegisterZones(history, calls);
        this.witness = new Witness(history, calls, isRegister(model), options);
        this.anomalies = new Anomalies(options.anomalyLimit());
        this.budget = options.searchBudget();
    }

    /** Judges with the model that follows from the functions of the history. */
    public static Verdict check(History history, CheckOptions options) {
        return options.model().isPresent()
                ? check(history, options, options.model().get())
                : check(history, options, ModelChoice.of(history, new Calls(history, options.nilReads())));
    }

    /**
     * Judges with a built-in model.
     *
     * @throws IllegalArgumentException if there is none of this name; the message lists them
     */
    public static Verdict check(History history, CheckOptions options, String modelName) {
        Model<?> model = Models.named(modelName)
                .orElseThrow(() -> new IllegalArgumentException("model: found " + Visible.text(modelName)
                        + ", expected one of " + String.join(", ", Models.names())));
        return check(history, options, model);
    }

    /** Judges with a model of one's own, or one of {@link Models}. */
    public static Verdict check(History history, CheckOptions options, Model<?> model) {
        Calls calls = new Calls(history, options.nilReads());
        Optional<String> refusal = ModelChoice.refusal(history, calls, model);
        if (refusal.isPresent()) {
            return undecided("model " + model.name(), 0, refusal.get());
        }
        return new Linearizable(history, options, calls, model).check();
    }

    /** How many configurations are enough for a search of so many operations that need not turn back. */
    public static long shortSearch(int operations) {
        return CONFIGURATIONS_AT_LEAST + CONFIGURATIONS_OF_AN_OPERATION * operations;
    }

    private Verdict check() {
        Decomposition decomposition = decompose();
        objects += decomposition.objects().size();
        examined += decomposition.operations();
        List<int[]> open = new ArrayList<>();
        for (int[] operations : decomposition.objects()) {
            if (isRegisterOfPlainOperations(operations) && zones.areDifferentiated(operations)) {
                byZones++;
                decided++;
                countObligedReads(operations);
                if (!zones.areLinearizable(operations)) {
                    tellZones(operations);
                }
            } else {
                bySearch++;
                open.add(operations);
            }
        }
        return verdict(open.isEmpty() ? List.of() : search(open));
    }

    // -- registers by zones

    /** What is not yet decided, after all registers together were looked at. */
    private Decomposition decompose() {
        if (!isRegister(model)) {
            return Decomposition.of(history, calls, model);
        }
        PlainRegisters plain = PlainRegisters.of(history, calls, model);
        byZones = plain.registers();
        objects = byZones;
        decided = byZones;
        examined = plain.operations();
        obliged = plain.reads();
        return plain.areAll()
                ? new Decomposition(List.of(), 0)
                : Decomposition.without(plain::hold, history, calls, model);
    }

    private static boolean isRegister(Model<?> model) {
        return model == Models.REGISTER || model == Models.CAS_REGISTER || model == Models.MULTI_REGISTER;
    }

    private boolean isRegisterOfPlainOperations(int[] operations) {
        if (!isRegister(model)) {
            return false;
        }
        int key = history.key(operations[0]);
        for (int operation : operations) {
            if (history.key(operation) != key || (!calls.isRead(operation) && !calls.isWrite(operation))) {
                return false;
            }
        }
        return key != History.NONE;
    }

    private void countObligedReads(int[] operations) {
        for (int operation : operations) {
            obliged += history.readCount(operation) > 0 ? 1 : 0;
        }
    }

    private void tellZones(int[] operations) {
        int[] conflict = zones.shortestConflict(operations);
        int last = conflict[0];
        for (int operation : conflict) {
            if (isCompletedLater(operation, last)) {
                last = operation;
            }
        }
        int violating = last;
        anomalies.add(conflict.length, history.invoked(violating), () -> {
            Subhistory told = Subhistory.of(history, calls, Models.REGISTER, withSources(conflict, operations));
            int blocked = told.placeOf(violating);
            return witness.of(told, stepsOf(Models.REGISTER, told), blocked);
        });
    }

    private boolean isCompletedLater(int one, int other) {
        int completed = history.completed(one);
        return completed != History.NEVER
                && (history.completed(other) == History.NEVER || completed > history.completed(other));
    }

    private int[] withSources(int[] conflict, int[] operations) {
        TreeSet<Integer> all = new TreeSet<>();
        for (int operation : conflict) {
            all.add(operation);
            if (calls.isRead(operation)) {
                zones.writeOf(operations, history.result(operation)).ifPresent(all::add);
            }
        }
        return all.stream().mapToInt(Integer::intValue).toArray();
    }

    private Steps stepsOf(Model<?> of, Subhistory operations) {
        return new Steps(of, history.value(history.initialValue()), operations.calls(), options.deadline());
    }

    // -- everything else by search

    private List<ObjectSearches.Open> search(List<int[]> open) {
        ObjectSearches searches = new ObjectSearches(
                operations -> Subhistory.of(history, calls, model, operations),
                object -> stepsOf(model, object),
                this::obliged,
                JoinedObject.fits(model) ? Optional.of(this::joined) : Optional.empty(),
                options.deadline(),
                objects,
                decided);
        searches.run(open, options.searchBudget());
        for (ObjectSearches.Decided one : searches.decided()) {
            if (one.answer() == Answer.INVALID) {
                int violating = one.object().operation(one.blocked());
                anomalies.add(
                        1,
                        history.invoked(violating),
                        () -> witness.withDetails(one.object(), one.steps(), one.blocked()));
            }
        }
        for (JoinedObject one : searches.joined()) {
            if (one.answer() == Answer.INVALID) {
                anomalies.add(1, history.invoked(one.violating()), one.anomaly());
            }
        }
        byJoins = searches.joined().size();
        bySearch -= byJoins;
        obliged += searches.obliged();
        budget = searches.budget();
        return searches.open();
    }

    private JoinedObject joined(int[] operations) {
        return JoinedObject.decide(
                history, calls, model, options, Runtime.getRuntime().maxMemory() / 4, operations);
    }

    private String name(ObjectSearches.Open open) {
        int key = history.key(open.operations()[0]);
        String text = key == History.NONE || history.keyName(key).isNil() ? "the object" : "key " + words.key(key);
        return text + " (" + Words.number(open.placed()) + " of "
                + Words.count(open.operations().length, "operation", "operations") + " placed)";
    }

    private long obliged(Subhistory object) {
        boolean[] obliges = new boolean[object.calls().size()];
        for (int kind = 0; kind < obliges.length; kind++) {
            obliges[kind] = model.effect(object.calls().get(kind)) != Effect.ALWAYS_POSSIBLE;
        }
        long count = 0;
        for (int i = 0; i < object.size(); i++) {
            count += !object.isOptional(i) && obliges[object.kind(i)] ? 1 : 0;
        }
        return count;
    }

    // -- the verdict

    private Verdict verdict(List<ObjectSearches.Open> open) {
        List<String> remarks = new ArrayList<>();
        Answer answer = Answer.VALID;
        if (!open.isEmpty()) {
            answer = Answer.UNKNOWN;
            remarks.add(unfinished(open));
        } else if (obliged == 0) {
            answer = Answer.UNKNOWN;
            remarks.add("vacuous: no operation had something to violate");
        }
        if (anomalies.count() > 0) {
            answer = Answer.INVALID;
        }
        long failed = failedCas();
        if (failed > 0) {
            remarks.add(Words.count(failed, "failed cas was", "failed cas were")
                    + " dropped, not taken as observations of another value");
        }
        return new Verdict(
                        NAME,
                        answer,
                        Optional.empty(),
                        algorithm(),
                        obliged,
                        examined,
                        remarks.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", remarks)),
                        anomalies.count(),
                        anomalies.listed())
                // of each object the first
                .counting(true);
    }

    private String unfinished(List<ObjectSearches.Open> open) {
        List<String> names = open.stream().limit(3).map(this::name).toList();
        long proven = objects - open.size() - anomalies.count();
        String bound = options.deadline().isOver()
                ? "the time was over"
                : "the bound is " + Words.number(options.searchBudget()) + " and a quarter of the heap";
        return "the search was given up after "
                + Words.count(options.searchBudget() - Math.max(0, budget), "configuration", "configurations")
                + " (" + bound + "): "
                + Words.number(proven) + " of " + Words.count(objects, "key", "keys") + " proved, open "
                + String.join(", ", names)
                + (open.size() > names.size() ? " and " + (open.size() - names.size()) + " more" : "");
    }

    private long failedCas() {
        long failed = 0;
        for (int operation = 0; operation < history.size(); operation++) {
            failed += history.outcome(operation) == Outcome.FAIL && calls.isCas(operation) ? 1 : 0;
        }
        return failed;
    }

    private String algorithm() {
        List<String> parts = new ArrayList<>();
        if (byZones > 0) {
            parts.add("zones of " + Words.count(byZones, "register", "registers"));
        }
        if (byJoins > 0) {
            parts.add("each read joined to its write in " + Words.count(byJoins, "object", "objects"));
        }
        if (bySearch > 0) {
            parts.add("search over configurations of " + Words.count(bySearch, "object", "objects"));
        }
        return "model " + model.name() + (parts.isEmpty() ? "" : ": " + String.join(", ", parts));
    }

    private static Verdict undecided(String algorithm, long examined, String reason) {
        return new Verdict(
                NAME, Answer.UNKNOWN, Optional.empty(), algorithm, 0, examined, Optional.of(reason), 0, List.of());
    }
}
