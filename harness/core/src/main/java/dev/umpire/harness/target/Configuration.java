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
 * @param workloads names of the workloads that can show whether the promise is kept, the one to begin with first
 * @param options of the first workload, by name
 * @param nodes how many nodes it is run with where nobody says
 * @param meaning one sentence for people
 */
public record Configuration(
        String name,
        Map<String, String> settings,
        List<String> promise,
        Set<FaultKind> faults,
        String writeOrder,
        List<String> workloads,
        Map<String, String> options,
        int nodes,
        String meaning) {

    /** How many nodes a cluster has where nobody says. */
    public static final int USUAL_NODES = 3;

    private static final List<String> USUAL_WORKLOADS = List.of("register");

    public Configuration {
        settings = Map.copyOf(settings);
        promise = List.copyOf(promise);
        faults = Set.copyOf(faults);
        workloads = List.copyOf(workloads);
        options = Map.copyOf(options);
        if (workloads.isEmpty()) {
            throw new IllegalArgumentException("workloads of " + name + ": found none, expected one or more");
        }
        if (nodes < 1) {
            throw new IllegalArgumentException("nodes of " + name + ": found " + nodes + ", expected 1 or more");
        }
    }

    /** A configuration whose workloads have their usual options. */
    public Configuration(
            String name,
            Map<String, String> settings,
            List<String> promise,
            Set<FaultKind> faults,
            String writeOrder,
            List<String> workloads,
            int nodes,
            String meaning) {
        this(name, settings, promise, faults, writeOrder, workloads, Map.of(), nodes, meaning);
    }

    /** The same, with these options of its first workload. */
    public Configuration withOptions(Map<String, String> given) {
        return new Configuration(name, settings, promise, faults, writeOrder, workloads, given, nodes, meaning);
    }

    /** A configuration of three nodes that registers show. */
    public Configuration(
            String name,
            Map<String, String> settings,
            List<String> promise,
            Set<FaultKind> faults,
            String writeOrder,
            String meaning) {
        this(name, settings, promise, faults, writeOrder, USUAL_WORKLOADS, Map.of(), USUAL_NODES, meaning);
    }
}
