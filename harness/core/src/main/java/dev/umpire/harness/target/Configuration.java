package dev.umpire.harness.target;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A named, correct configuration of a target and what it promises.
 *
 * @param settings the settings that make it, by name
 * @param promise names of guarantees
 * @param faults the faults under which the promise is kept
 * @param writeOrder the write order assumption under which the promise is stated: {@code real-time}, {@code session} or
 *     {@code none}
 * @param meaning one sentence for people
 */
public record Configuration(
        String name,
        Map<String, String> settings,
        List<String> promise,
        Set<FaultKind> faults,
        String writeOrder,
        String meaning) {
    public Configuration {
        settings = Map.copyOf(settings);
        promise = List.copyOf(promise);
        faults = Set.copyOf(faults);
    }
}
