package dev.umpire.harness.target;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A setting of a target, {@code --set name=value}.
 *
 * @param allowed the values that it may have; empty: any
 * @param byDefault its value where none is given
 * @param meaning one sentence for people
 * @param onlyWith values of other settings without which this one has no meaning, several of one setting as
 *     {@code process|docker}; empty: it always has
 * @param mereSize whether it is a whole number on which no promise depends, so that what a small one shows is shown
 * @param decidesPromises whether promises are made for its default alone, though no configuration names it
 */
public record Setting(
        String name,
        List<String> allowed,
        String byDefault,
        String meaning,
        Map<String, String> onlyWith,
        boolean mereSize,
        boolean decidesPromises) {
    public Setting {
        allowed = List.copyOf(allowed);
        onlyWith = Map.copyOf(onlyWith);
    }

    /** A setting that always has a meaning. */
    public Setting(String name, List<String> allowed, String byDefault, String meaning) {
        this(name, allowed, byDefault, meaning, Map.of(), false, false);
    }

    /** The same, with a meaning only where another setting has this value too, or one of several: {@code process|docker}. */
    public Setting onlyWith(String other, String value) {
        Map<String, String> all = new HashMap<>(onlyWith);
        all.put(other, value);
        return new Setting(name, allowed, byDefault, meaning, all, mereSize, decidesPromises);
    }

    /** The same as a number on which no promise depends: a run that is shrunk has a small one. */
    public Setting asMereSize() {
        return new Setting(name, allowed, byDefault, meaning, onlyWith, true, decidesPromises);
    }

    /** The same where a store with another value than the default promises nothing, whatever its configuration is called. */
    public Setting decidingPromises() {
        return new Setting(name, allowed, byDefault, meaning, onlyWith, mereSize, true);
    }

    /** Whether it has a meaning where the others have these values. */
    boolean applies(Map<String, String> values) {
        return onlyWith.entrySet().stream()
                .allMatch(one -> Arrays.asList(one.getValue().split("\\|", -1)).contains(values.get(one.getKey())));
    }
}
