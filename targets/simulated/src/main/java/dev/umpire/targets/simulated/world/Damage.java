package dev.umpire.targets.simulated.world;

import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** What a crash makes of a value that was being written. */
final class Damage {
    /** Of a number whose lower byte was still to be written. */
    private static final long UPPER_HALF = ~0xFFL;

    private static final int FLIPPED_BITS = 31;

    private Damage() {}

    /** A torn write: the later half of the value is not there. */
    static Value torn(Value whole) {
        if (whole instanceof Value.Int number) {
            return Value.of(number.value() & UPPER_HALF);
        }
        if (whole instanceof Value.Text text) {
            return Value.of(text.value().substring(0, text.value().length() / 2));
        }
        if (whole instanceof Value.Sequence list) {
            return Value.of(firstHalf(list.elements()));
        }
        if (whole instanceof Value.SetOf set) {
            return new Value.SetOf(new LinkedHashSet<>(firstHalf(List.copyOf(set.elements()))));
        }
        return whole instanceof Value.MapOf rows ? new Value.MapOf(torn(rows.entries())) : whole;
    }

    private static List<Value> firstHalf(List<Value> elements) {
        return elements.subList(0, elements.size() / 2);
    }

    private static Map<Value, Value> torn(Map<Value, Value> rows) {
        Map<Value, Value> half = new LinkedHashMap<>();
        rows.forEach((key, value) -> half.put(key, half.size() < rows.size() / 2 ? value : torn(value)));
        return half;
    }

    /**
     * A corrupted write: one bit is another.
     *
     * @param bits random, which one
     */
    static Value corrupted(Value whole, long bits) {
        if (whole instanceof Value.Int number) {
            return Value.of(number.value() ^ 1L << Math.floorMod(bits, FLIPPED_BITS));
        }
        if (whole instanceof Value.Text text) {
            return Value.of(corrupted(text.value(), bits));
        }
        if (whole instanceof Value.Sequence list) {
            return Value.of(withOneChanged(list.elements(), bits));
        }
        if (whole instanceof Value.SetOf set) {
            return new Value.SetOf(new LinkedHashSet<>(withOneChanged(List.copyOf(set.elements()), bits)));
        }
        return whole instanceof Value.MapOf rows ? new Value.MapOf(corrupted(rows.entries(), bits)) : whole;
    }

    private static String corrupted(String text, long bits) {
        if (text.isEmpty()) {
            return text;
        }
        StringBuilder changed = new StringBuilder(text);
        int at = Math.floorMod(bits, text.length());
        changed.setCharAt(at, (char) (text.charAt(at) ^ 1));
        return changed.toString();
    }

    private static List<Value> withOneChanged(List<Value> elements, long bits) {
        List<Value> changed = new ArrayList<>(elements);
        if (!changed.isEmpty()) {
            int at = Math.floorMod(bits, changed.size());
            changed.set(at, corrupted(changed.get(at), bits / changed.size()));
        }
        return changed;
    }

    private static Map<Value, Value> corrupted(Map<Value, Value> rows, long bits) {
        List<Value> values = withOneChanged(List.copyOf(rows.values()), bits);
        Map<Value, Value> changed = new LinkedHashMap<>();
        rows.keySet().forEach(key -> changed.put(key, values.get(changed.size())));
        return changed;
    }
}
