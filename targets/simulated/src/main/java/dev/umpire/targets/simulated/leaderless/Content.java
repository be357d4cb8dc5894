package dev.umpire.targets.simulated.leaderless;

import dev.umpire.histories.value.Value;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What a replica holds at one place. Contents join: whatever order they arrive in, and however often, what comes out is the
 * same.
 */
sealed interface Content permits Latest, Siblings {

    /** The content that knows all that both know. */
    Content join(Content other);

    /** The values that a read returns: several, if nobody who wrote one knew of the other; none, if it was removed. */
    List<Value> values();

    /** What a write must say that is to replace these values. */
    DotSet context();

    /** The same with what becomes of the newest of the values. */
    Content withValue(UnaryOperator<Value> change);

    /** The same for equal contents only, as far as 64 bits can tell. */
    long digest();

    /** Whether it says nothing but that something was removed. */
    default boolean tombstone() {
        return values().isEmpty();
    }
}
