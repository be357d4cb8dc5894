package dev.umpire.targets.simulated.multileader;

import dev.umpire.histories.value.Value;
import java.util.function.UnaryOperator;

/**
 * One change, as it stands in the log of every leader that has it.
 *
 * @param past what its leader had when it made it: whatever it may depend on
 */
record Change(Dot dot, VersionVector past, Timestamp time, Deed deed) {

    /** The same with what becomes of the value that a client gave it. */
    Change withValue(UnaryOperator<Value> change) {
        return new Change(dot, past, time, deed.withValue(change));
    }
}
