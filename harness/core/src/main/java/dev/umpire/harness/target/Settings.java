package dev.umpire.harness.target;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The settings of a target for one run, each with a value: what was given, else what the configuration or defect says,
 * else the default.
 *
 * @param values by name, in the order of names
 */
public record Settings(Map<String, String> values) {
    public Settings {
        values = Collections.unmodifiableMap(new TreeMap<>(values));
    }

    /**
     * The value of a setting.
     *
     * @throws IllegalArgumentException if the target has no setting of this name
     */
    public String get(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("setting: found " + name + ", expected one of " + values.keySet());
        }
        return value;
    }

    /** The value of a setting that is a whole number. */
    public int number(String name) {
        String value = get(name);
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + ": found " + value + ", expected a whole number", e);
        }
    }
}
