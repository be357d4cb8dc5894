package dev.umpire.targets.testcontainers;

import dev.umpire.harness.cluster.AskedNode;
import dev.umpire.harness.cluster.Reads;
import dev.umpire.harness.target.Setting;
import java.util.Arrays;
import java.util.Optional;

/** Who is asked in a store, and which setting tells more about it. */
public enum Asked {
    /** The one node that leads, for everything but reads, which go where the setting {@code reads} says. */
    LEADER,
    /** Any node, for everything; the setting {@code at} says which. */
    ANY_NODE,
    /** Whom the store's own driver finds; the answer says who it was. */
    DRIVER;

    Optional<Setting> setting() {
        return switch (this) {
            case LEADER ->
                Optional.of(new Setting(
                        "reads",
                        Arrays.stream(Reads.values())
                                .filter(reads -> reads != Reads.TOKEN)
                                .map(Reads::option)
                                .toList(),
                        Reads.LEADER.option(),
                        "which node answers reads"));
            case ANY_NODE -> Optional.of(new Setting("at", AskedNode.options(), "home", "which node a session asks"));
            case DRIVER -> Optional.empty();
        };
    }
}
