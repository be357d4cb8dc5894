package dev.umpire.harness.target;

import java.util.List;

/**
 * A setting of a target, {@code --set name=value}.
 *
 * @param allowed the values that it may have; empty: any
 * @param byDefault its value where none is given
 * @param meaning one sentence for people
 */
public record Setting(String name, List<String> allowed, String byDefault, String meaning) {
    public Setting {
        allowed = List.copyOf(allowed);
    }
}
