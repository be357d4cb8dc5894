package dev.umpire.targets.redis;

import dev.umpire.harness.target.Node;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a sentinel says of the primary that it watches: its answers to {@code SENTINEL GET-MASTER-ADDR-BY-NAME} and {@code
 * SENTINEL MASTER}.
 *
 * @param primary whom it names to clients; empty: none of the nodes
 * @param flags of the primary: {@code master} alone, unless it misses it or is at a failover
 * @param epoch of the configuration: greater after each failover, and in the end the same at all sentinels
 * @param replicas how many it knows
 * @param others how many other sentinels it knows
 */
record SentinelView(Optional<Node> primary, Set<String> flags, long epoch, int replicas, int others) {

    SentinelView {
        flags = Set.copyOf(flags);
    }

    /**
     * Reads the answers.
     *
     * @param said the fields of {@code SENTINEL MASTER}
     * @throws IllegalArgumentException if one is missing
     */
    static SentinelView of(Optional<Node> primary, Map<String, String> said) {
        return new SentinelView(
                primary,
                Set.of(field(said, "flags").split(",", -1)),
                Long.parseLong(field(said, "config-epoch")),
                Integer.parseInt(field(said, "num-slaves")),
                Integer.parseInt(field(said, "num-other-sentinels")));
    }

    private static String field(Map<String, String> said, String name) {
        String value = said.get(name);
        if (value == null) {
            throw new IllegalArgumentException("SENTINEL MASTER: found " + said.keySet() + ", expected " + name);
        }
        return value;
    }

    /** Whether it misses nothing of the primary, and changes nothing. */
    boolean settled() {
        return flags.equals(Set.of("master"));
    }

    /** In a few words, for people. */
    String describe() {
        return "names " + primary.map(Node::name).orElse("none of the nodes") + " in epoch " + epoch
                + (settled()
                        ? ""
                        : ", " + String.join(" ", flags.stream().sorted().toList())) + ", knows " + replicas
                + " replicas and " + others + " sentinels";
    }
}
