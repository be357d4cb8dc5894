package dev.umpire.harness.target;

import java.util.List;
import java.util.Map;

/**
 * A setting of a target, {@code --set name=value}.
 *
 * @param allowed the values that it may have; empty: any
 * @param byDefault its value where none is given
 * @param meaning one sentence for people
 * @param onlyWith values of other settings without which this one has no meaning; empty: it always has
 */
public record Setting(
        String name, List<String> allowed, String byDefault, String meaning, Map<String, String> onlyWith) {
    public Setting {
        allowed = List.copyOf(allowed);
        onlyWith = Map.copyOf(onlyWith);
    }

    /** A setting that always has a meaning. */
    public Setting(String name, List<String> allowed, String byDefault, String meaning) {
        this(name, allowed, byDefault, meaning, Map.of());
    }

    /** The same, with a meaning only where another setting has this value. */
    public Setting onlyWith(String other, String value) {
        return new Setting(name, allowed, byDefault, meaning, Map.of(other, value));
    }

    /** Whether it has a meaning where the others have these values. */
    boolean applies(Map<String, String> values) {
        return values.entrySet().containsAll(onlyWith.entrySet());
    }
}
