package dev.umpire.harness.junit.recording;

import dev.umpire.histories.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes data of what a client takes and gives. It is copied at once, so that nobody can change it later.
 *
 * <p>Only what is equal when it looks equal is taken: two answers of the same content must be the same value, or reads
 * could not be joined to their writes and every one of them would look wrong.
 */
public final class AsValue {
    private AsValue() {}

    /**
     * The value.
     *
     * @param found null: nothing
     * @throws IllegalArgumentException if it is of a type whose content is not known
     */
    public static Value of(@Nullable Object found) {
        if (found instanceof String text) {
            return Value.of(text);
        }
        if (found instanceof Long || found instanceof Integer || found instanceof Short || found instanceof Byte) {
            return Value.of(((Number) found).longValue());
        }
        if (found == null) {
            return Value.NIL;
        }
        if (found instanceof Value value) {
            return value;
        }
        if (found instanceof Optional<?> optional) {
            return of(optional.orElse(null));
        }
        if (found instanceof Boolean bool) {
            return Value.of(bool);
        }
        return rarer(found);
    }

    private static Value rarer(Object found) {
        if (found instanceof List<?> list) {
            List<Value> elements = new ArrayList<>(list.size());
            list.forEach(element -> elements.add(of(element)));
            return Value.of(elements);
        }
        if (found instanceof Set<?> set) {
            Set<Value> elements = new LinkedHashSet<>();
            set.forEach(element -> elements.add(of(element)));
            return new Value.SetOf(elements);
        }
        if (found instanceof Map<?, ?> map) {
            Map<Value, Value> entries = new LinkedHashMap<>();
            map.forEach((key, value) -> entries.put(of(key), of(value)));
            return new Value.MapOf(entries);
        }
        if (found instanceof Double || found instanceof Float) {
            return new Value.Real(((Number) found).doubleValue());
        }
        if (found instanceof BigInteger number) {
            return new Value.BigInt(number);
        }
        if (found instanceof BigDecimal number) {
            return new Value.BigReal(number);
        }
        if (found instanceof Enum<?> constant) {
            return Value.of(constant.name());
        }
        if (found instanceof CharSequence
                || found instanceof Character
                || found instanceof UUID
                || found instanceof TemporalAccessor) {
            return Value.of(found.toString());
        }
        throw new IllegalArgumentException("value: found a " + found.getClass().getName()
                + ", expected text, a number, a boolean, an enum, a UUID, a time, or a list, set, map or Optional of"
                + " these; hand over the part of it that tells it apart, such as its id");
    }
}
