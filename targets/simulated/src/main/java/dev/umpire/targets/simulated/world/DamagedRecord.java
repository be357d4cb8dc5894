package dev.umpire.targets.simulated.world;

import dev.umpire.histories.value.Value;
import java.util.function.UnaryOperator;

/**
 * How a record reads of which a crash has damaged the content and left the head: where it belongs still stands there, what it
 * says does not.
 *
 * @param <T> immutable records
 */
@FunctionalInterface
public interface DamagedRecord<T> {

    /**
     * The record with other content.
     *
     * @param damage what becomes of a value that clients gave the store; what the store says to itself is left alone
     */
    T of(T whole, UnaryOperator<Value> damage);
}
