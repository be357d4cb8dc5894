package dev.umpire.targets.simulated.leaderless;

import dev.umpire.histories.value.Value;
import java.util.Optional;

/**
 * What one record is about: a register, or one element of a set.
 *
 * @param key the register or set
 * @param element of the set; empty: a register
 */
record Place(Value key, Optional<Value> element) {

    static Place register(Value key) {
        return new Place(key, Optional.empty());
    }

    static Place element(Value set, Value element) {
        return new Place(set, Optional.of(element));
    }

    long digest() {
        return Digest.of(
                Digest.of(key.toString()),
                element.map(value -> Digest.of(value.toString())).orElse(0L));
    }

    /** In nodes' logs. */
    @Override
    public String toString() {
        return element.map(value -> value + " in ").orElse("") + key;
    }
}
