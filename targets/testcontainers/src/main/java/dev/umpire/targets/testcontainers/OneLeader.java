package dev.umpire.targets.testcontainers;

import dev.umpire.harness.target.Configuration;
import dev.umpire.harness.target.FaultKind;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What stores promise in which one node takes all writes, syncs each before it says so, and others copy them in order. */
final class OneLeader {
    private static final Set<FaultKind> FAULTS =
            Set.of(FaultKind.CRASH, FaultKind.PAUSE, FaultKind.PARTITION, FaultKind.SLOW, FaultKind.DISCONNECT);

    private OneLeader() {}

    static List<Configuration> configurations() {
        return List.of(
                configuration(
                        "primary-reads",
                        "leader",
                        List.of("read-your-writes", "monotonic-reads", "eventual", "durability"),
                        "one node answers everything; the others are only copies"),
                configuration(
                        "replica-reads",
                        "any-follower",
                        List.of("eventual", "durability"),
                        "replicas apply the primary's stream in its order, some time later"));
    }

    private static Configuration configuration(String name, String reads, List<String> promise, String meaning) {
        return new Configuration(name, Map.of("reads", reads), promise, FAULTS, "real-time", meaning);
    }
}
