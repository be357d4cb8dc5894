package dev.umpire.harness.target;

import java.util.Collection;
import java.util.HashMap;
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
 * @param hidden by workload what of the promise that one cannot show, with its functions or with what its reads return
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
        Map<String, List<String>> hidden,
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
        hidden = Map.copyOf(hidden);
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
        this(name, settings, promise, faults, writeOrder, workloads, Map.of(), Map.of(), nodes, meaning);
    }

    /** The same, with these options of its first workload. */
    public Configuration withOptions(Map<String, String> given) {
        return new Configuration(name, settings, promise, faults, writeOrder, workloads, given, hidden, nodes, meaning);
    }

    /** The same, of whose promise a workload cannot show these. */
    public Configuration hiding(String workload, String... guarantees) {
        Map<String, List<String>> more = new HashMap<>(hidden);
        more.put(workload, List.of(guarantees));
        return new Configuration(name, settings, promise, faults, writeOrder, workloads, options, more, nodes, meaning);
    }

    /**
     * Names of those of these faults under which nothing is promised, sorted; never of those of clients, which break no promise of
     * a store.
     */
    public List<String> uncovered(Collection<FaultKind> strikes) {
        return strikes.stream()
                .filter(kind -> !kind.ofClients() && !faults.contains(kind))
                .map(FaultKind::optionName)
                .distinct()
                .sorted()
                .toList();
    }

    /** What of the promise a workload can show. */
    public List<String> promise(String workload) {
        List<String> cannot = hidden.getOrDefault(workload, List.of());
        return promise.stream().filter(name -> !cannot.contains(name)).toList();
    }

    /** A configuration of three nodes that registers show. */
    public Configuration(
            String name,
            Map<String, String> settings,
            List<String> promise,
            Set<FaultKind> faults,
            String writeOrder,
            String meaning) {
        this(name, settings, promise, faults, writeOrder, USUAL_WORKLOADS, Map.of(), Map.of(), USUAL_NODES, meaning);
    }
}
