package dev.umpire.checkers.knossos.analysis;

import java.util.Optional;
import java.util.function.Consumer;

/** Somebody who has Knossos. Used by one thread at a time. */
public interface Analyst extends AutoCloseable {

    /**
     * Analyses the objects of a history one by one, in their order.
     *
     * @param found is told of each as soon as it is known
     * @return why not all were analysed, as a clause without a full stop; empty: all were
     */
    Optional<String> analyse(Task task, Consumer<Finding> found);

    /** Ends what it holds; nothing is thrown. */
    @Override
    void close();
}
