package dev.umpire.checkers.model;

import dev.umpire.histories.value.Value;
import java.util.Optional;

/**
 * The sequential behaviour of an object: which answers are right when one operation follows the other.
 *
 * <p>A user's own model implements {@link #name}, {@link #knows}, {@link #initial} and {@link #step}; the other methods make
 * a search faster and never change its answer. Implementations are pure and thread-safe: the same arguments give equal
 * results, nothing is remembered.
 *
 * @param <S> the states: immutable, with {@code equals} and {@code hashCode} by content
 */
public interface Model<S> {

    /** As on the command line: {@code register}. */
    String name();

    /** Whether the model says something about this function. */
    boolean knows(String function);

    /**
     * The state before any operation.
     *
     * @param declared the initial value that the history declares for every key; {@link Value#NIL} where it declares none
     */
    S initial(Value declared);

    /**
     * The state after the call; empty: in this state the object cannot take the call, or cannot answer it so.
     *
     * <p>A call that is not {@link Call#answered} may have returned anything. Empty then means that it cannot have taken
     * effect in this state, or that its effect is none.
     */
    Optional<S> step(S state, Call call);

    /** Why the model cannot judge the call, as a clause such as {@code found "x" as the argument of add, expected ...}. */
    default Optional<String> refusal(Call call) {
        return Optional.empty();
    }

    /** Why the model cannot begin with the initial value that the history declares; asked before {@link #initial}. */
    default Optional<String> refusal(Value declared) {
        return Optional.empty();
    }

    /** Whether {@link #step} looks at {@link Call#caller}. */
    default boolean asksForCaller() {
        return false;
    }

    /** What one object of this model extends over. */
    default Scope scope() {
        return Scope.KEY;
    }

    /** What is certain about this call in every state. */
    default Effect effect(Call call) {
        return Effect.ANY;
    }

    /**
     * The same call without what makes no difference to {@link #step}. Calls that become equal are interchangeable, and a
     * search counts them instead of telling them apart.
     */
    default Call canonical(Call call) {
        return call;
    }

    /** Whether {@link #leadsTo} is ever false. */
    default boolean foreseesObservations() {
        return false;
    }

    /**
     * Whether calls that do not {@linkplain #overwrites overwrite} may lead from this state to one in which a call that
     * {@linkplain Effect#OBSERVES observes} is possible. False spares a search the orders that end nowhere: a list that begins
     * otherwise than the one that is yet to be read.
     */
    default boolean leadsTo(S state, Call observation) {
        return true;
    }

    /** Whether the call leads to the same state from every state. */
    default boolean overwrites(Call call) {
        return false;
    }

    /** About how much memory a state takes, in bytes; 1 or more. */
    default long sizeBytes(S state) {
        return 64;
    }

    /** What one object extends over: histories fall apart into independent objects. */
    enum Scope {
        /** Every key is an object of its own. */
        KEY,
        /** Keys that no operation joins are independent of one another. */
        JOINED_KEYS,
        /** The history is about one object. */
        HISTORY
    }

    /** What a call does in whatever state. */
    enum Effect {
        /** Leaves every state as it is. */
        OBSERVES,
        /** Is possible in every state, so that it cannot contradict anything. */
        ALWAYS_POSSIBLE,
        /** Neither is certain. */
        ANY
    }
}
