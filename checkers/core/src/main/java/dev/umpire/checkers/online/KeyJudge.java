package dev.umpire.checkers.online;

import java.util.Collection;
import java.util.Optional;

/** Judges one guarantee on one key as its operations come; a key that is a plain register so far. */
interface KeyJudge<W extends Write> {

    /** A write was invoked. */
    W begun(Operation operation);

    /**
     * The write's outcome is known now, or certain to stay unknown; its state says which.
     *
     * @param open what is under way
     * @return why the key cannot be judged online any more; empty: it can
     */
    Optional<String> settled(W write, Open open);

    /**
     * A read was acknowledged.
     *
     * @return why the key cannot be judged online any more, as "was read ..."; empty: it can
     */
    Optional<String> read(Read<W> read);

    /** Whether the guarantee is broken on this key. */
    boolean isBroken();

    /** How many operations had something to violate. */
    long obliged();

    /** How many reads were looked at. */
    long examined();

    /** Whether nothing that is known of the write can matter any more, but that there was one. It was acknowledged or failed. */
    boolean mayForget(W write);

    /** The write is forgotten. */
    void forget(W write);

    /** Operations among which is all that shows the violation, as far as it is remembered; some of them may be open. */
    Collection<Operation> evidence();

    /** How many things are remembered beside the writes. */
    long retained();
}
