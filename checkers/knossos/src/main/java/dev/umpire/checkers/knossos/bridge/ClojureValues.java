package dev.umpire.checkers.knossos.bridge;

import clojure.lang.IPersistentMap;
import clojure.lang.Keyword;
import clojure.lang.PersistentArrayMap;
import clojure.lang.PersistentHashMap;
import clojure.lang.PersistentHashSet;
import clojure.lang.PersistentVector;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Our values as Clojure's.
 *
 * <p>Two are equal for Clojure iff they are for us. Where Clojure's own type would not do (1 and 1N are equal there, 0.0 and
 * -0.0 too, a NaN is not equal to itself) the value goes as it is: an object with {@code equals} and {@code hashCode}.
 */
final class ClojureValues {

    /** Stands for nil, as a nil that is read means to Knossos that the result is not known. */
    static final Keyword NIL = Keyword.intern("umpire", "nil");

    private ClojureValues() {}

    /** Never null. */
    static Object of(Value value) {
        if (value instanceof Value.Nil) {
            return NIL;
        } else if (value instanceof Value.Int number) {
            return number.value();
        } else if (value instanceof Value.Text text) {
            return text.value();
        } else if (value instanceof Value.Bool bool) {
            return bool.value();
        } else if (value instanceof Value.Keyword word && !word.name().equals("umpire/nil")) {
            return Keyword.intern(word.name());
        } else if (value instanceof Value.Sequence sequence) {
            return PersistentVector.create(all(sequence.elements()));
        } else if (value instanceof Value.SetOf set) {
            return PersistentHashSet.create(all(set.elements()));
        } else if (value instanceof Value.MapOf map) {
            return map(map.entries());
        }
        return value;
    }

    private static List<Object> all(Iterable<Value> values) {
        List<Object> all = new ArrayList<>();
        for (Value value : values) {
            all.add(of(value));
        }
        return all;
    }

    private static Object map(Map<Value, Value> entries) {
        IPersistentMap map = PersistentHashMap.EMPTY;
        for (Map.Entry<Value, Value> entry : entries.entrySet()) {
            map = map.assoc(of(entry.getKey()), of(entry.getValue()));
        }
        return map;
    }

    /** The elements of a set or a list as a set, as Knossos' set compares them. */
    static Object asSet(Value value) {
        if (value instanceof Value.Sequence sequence) {
            return PersistentHashSet.create(all(sequence.elements()));
        }
        return value instanceof Value.SetOf || !value.isNil() ? of(value) : of(new Value.SetOf(Set.of()));
    }

    /** A small map with keywords as keys, as Knossos expects of an operation; a {@link java.util.HashMap} is refused. */
    static IPersistentMap operation(@Nullable Object... keysAndValues) {
        return PersistentArrayMap.createAsIfByAssoc(keysAndValues);
    }
}
