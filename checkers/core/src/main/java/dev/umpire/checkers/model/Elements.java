package dev.umpire.checkers.model;

import dev.umpire.histories.value.Value;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** Values as collections and numbers, as far as they are. */
final class Elements {
    private Elements() {}

    /** The elements of a vector, list or set; none of nil; empty of everything else. */
    static Optional<Collection<Value>> of(Value value) {
        if (value instanceof Value.Sequence sequence) {
            return Optional.of(sequence.elements());
        }
        if (value instanceof Value.SetOf set) {
            return Optional.of(set.elements());
        }
        return value.isNil() ? Optional.of(List.of()) : Optional.empty();
    }

    /** The same elements as a set; what is no collection stays as it is. */
    static Value asSet(Value value) {
        return value instanceof Value.SetOf
                ? value
                : of(value)
                        .<Value>map(elements -> new Value.SetOf(new LinkedHashSet<>(elements)))
                        .orElse(value);
    }

    /** The same elements as a set; what is no collection, or has an element twice and would lose it, stays as it is. */
    static Value asSetIfDifferent(Value value) {
        Value set = asSet(value);
        boolean lost = value instanceof Value.Sequence sequence
                && set instanceof Value.SetOf kept
                && kept.elements().size() < sequence.elements().size();
        return lost ? value : set;
    }

    /** Whether no element is there twice; true of what is no collection. */
    static boolean areDifferent(Value value) {
        return !(value instanceof Value.Sequence sequence)
                || new HashSet<>(sequence.elements()).size()
                        == sequence.elements().size();
    }

    static boolean isTrue(Value value) {
        return value instanceof Value.Bool bool && bool.value();
    }

    static boolean isFalse(Value value) {
        return value instanceof Value.Bool bool && !bool.value();
    }

    /** The sentence for a value of the wrong kind. */
    static Optional<String> expected(Call call, String what, Value value, String kind) {
        return Optional.of("found " + value + " as the " + what + " of " + call.function() + ", expected " + kind);
    }
}
