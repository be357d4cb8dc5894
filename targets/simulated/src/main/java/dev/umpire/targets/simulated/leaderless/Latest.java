package dev.umpire.targets.simulated.leaderless;

import dev.umpire.histories.value.Value;
import java.util.List;
import java.util.function.UnaryOperator;

/** The value with the highest timestamp; all others are forgotten. */
record Latest(Timestamp timestamp, Value value) implements Content {

    @Override
    public Content join(Content other) {
        return other instanceof Latest latest && latest.timestamp.compareTo(timestamp) > 0 ? latest : this;
    }

    @Override
    public List<Value> values() {
        return List.of(value);
    }

    @Override
    public Latest withValue(UnaryOperator<Value> change) {
        return new Latest(timestamp, change.apply(value));
    }

    @Override
    public DotSet context() {
        return DotSet.EMPTY;
    }

    @Override
    public long digest() {
        return Digest.of(timestamp.number(), timestamp.dot().digest());
    }

    /** In nodes' logs. */
    @Override
    public String toString() {
        return value + " at " + timestamp;
    }
}
