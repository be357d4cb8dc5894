package dev.umpire.checkers.linearizable;

import dev.umpire.checkers.model.Call;
import dev.umpire.checkers.model.Calls;
import dev.umpire.checkers.model.Model;
import dev.umpire.checkers.model.Model.Effect;
import dev.umpire.checkers.model.ModelChoice;
import dev.umpire.checkers.model.Models;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.words.Visible;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.List;
import java.util.Optional;

/**
 * A history taken apart for a search that is not ours: its objects, their model, and the call of every operation.
 *
 * <p>The history is linearizable iff each object is. Failed operations are dropped, operations of unknown outcome that
 * could only have observed, and reads of nil where the options say that they tell nothing; what is left is what
 * {@link Linearizable} judges, so that two searches answer one question.
 */
public final class ObjectHistories {
    private final History history;
    private final Calls calls;
    private final Model<?> model;
    private final Decomposition decomposition;

    private ObjectHistories(History history, Calls calls, Model<?> model) {
        this.history = history;
        this.calls = calls;
        this.model = model;
        this.decomposition = Decomposition.of(history, calls, model);
    }

    /**
     * With the model that the options name, else the one that follows from the functions of the history.
     *
     * @throws IllegalArgumentException if there is no model of the name; the message lists them
     */
    public static ObjectHistories of(History history, CheckOptions options) {
        Calls calls = new Calls(history, options.nilReads());
        Model<?> model = options.model().isPresent() ? named(options.model().get()) : ModelChoice.of(history, calls);
        return new ObjectHistories(history, calls, model);
    }

    /** With a model of one's own, or one of {@link Models}. */
    public static ObjectHistories of(History history, CheckOptions options, Model<?> model) {
        return new ObjectHistories(history, new Calls(history, options.nilReads()), model);
    }

    private static Model<?> named(String name) {
        return Models.named(name)
                .orElseThrow(() -> new IllegalArgumentException("model: found " + Visible.text(name)
                        + ", expected one of " + String.join(", ", Models.names())));
    }

    /** What an object is. */
    public Model<?> model() {
        return model;
    }

    /** Why the model cannot judge the history: it does not know a function, or refuses a value; empty: it can. */
    public Optional<String> refusal() {
        return ModelChoice.refusal(history, calls, model);
    }

    /** How many objects there are. */
    public int count() {
        return decomposition.objects().size();
    }

    /** How many operations all objects have together. */
    public int operationCount() {
        return decomposition.operations();
    }

    /** The operations of an object by their numbers in the history, in the order of their invocation. */
    public int[] operations(int object) {
        return decomposition.objects().get(object).clone();
    }

    /** What the operation asked and was answered. */
    public Call call(int operation) {
        return calls.of(operation);
    }

    /** Whether an operation of an object could contradict the model. */
    public boolean isObliged(int operation) {
        return history.outcome(operation) == Outcome.OK && model.effect(calls.of(operation)) != Effect.ALWAYS_POSSIBLE;
    }

    /**
     * Tells in one sentence that an operation has no place in any order.
     *
     * @param witness the operations to be told, the violating one last
     */
    public String sentence(List<Integer> witness) {
        return new Sentences(history, calls).of(witness, false);
    }
}
