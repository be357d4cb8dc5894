package dev.umpire.targets.testcontainers;

import dev.umpire.harness.cluster.AskedNode;
import dev.umpire.harness.cluster.Reads;
import dev.umpire.harness.target.Setting;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Who is asked in a store, and which setting tells more about it. */
public enum Asked {
    /** The one node that leads, for everything but reads, which go where the setting {@code reads} says. */
    LEADER,
    /** Any node, for everything; the setting {@code at} says which. */
    ANY_NODE,
    /**
     * One of several masters for what changes a key: its owner, which is the same for all, or the node where the session is, as
     * the setting {@code writes} says; for reads any node, as {@code reads} says.
     */
    A_MASTER,
    /** Whom the store's own driver finds; the answer says who it was. */
    DRIVER;

    /** Where what changes a key goes: the setting {@link #A_MASTER} has for that, and its options. */
    static final String WRITES = "writes";

    static final String OWNER = "owner";
    static final String HOME = "home";

    private static final String READS = "reads";

    /** The setting that says who answers reads, or everything; empty: none does. */
    Optional<String> routing() {
        return settings().stream().findFirst().map(Setting::name);
    }

    List<Setting> settings() {
        return switch (this) {
            case LEADER ->
                List.of(new Setting(
                        READS,
                        Arrays.stream(Reads.values())
                                .filter(reads -> reads != Reads.TOKEN)
                                .map(Reads::option)
                                .toList(),
                        Reads.LEADER.option(),
                        "which node answers reads"));
            case ANY_NODE -> List.of(new Setting("at", AskedNode.options(), HOME, "which node a session asks"));
            case A_MASTER ->
                List.of(
                        new Setting(READS, AskedNode.options(), HOME, "which node answers reads"),
                        new Setting(
                                WRITES,
                                List.of(OWNER, HOME),
                                OWNER,
                                "owner: each key at one master, which owns it; home: where the session is, whoever wrote it before"));
            case DRIVER -> List.of();
        };
    }
}
