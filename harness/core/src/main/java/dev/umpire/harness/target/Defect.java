package dev.umpire.harness.target;

import java.util.List;

/**
 * A bug that a simulated store can be told to have, {@code --defect SL1}.
 *
 * @param configuration the configuration on which it is a defect; chosen where none is named
 * @param breaks names of the guarantees that it breaks
 * @param keeps names of the guarantees that it must not break
 */
public record Defect(String id, String configuration, String meaning, List<String> breaks, List<String> keeps) {
    public Defect {
        breaks = List.copyOf(breaks);
        keeps = List.copyOf(keeps);
    }
}
