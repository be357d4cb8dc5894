package dev.umpire.targets.redis;

import dev.umpire.harness.cluster.KnownVersions;
import dev.umpire.harness.cluster.Reads;
import dev.umpire.harness.external.ExternalSettings;
import dev.umpire.harness.target.Setting;
import dev.umpire.harness.target.Settings;
import java.util.List;
import java.util.Optional;

/**
 * The settings of the Redis target, read.
 *
 * @param where {@code 10.0.0.1:6379 · } and so on, where the nodes run already; else empty
 * @param home the program: a name to be looked up on {@code PATH}, or a path; empty where the nodes run already
 * @param persistence {@code aof}: each write is in the append-only file, synced, before it is acknowledged; {@code none}; empty
 *     where the nodes run already
 * @param fsync when what was appended to that file is synced: {@code always}, {@code everysec} or {@code no}; empty without it
 * @param replicasToWait how many replicas must confirm a write before it is acknowledged; 0: none
 * @param fewestReplicas how many replicas must have been heard of lately, or the primary takes no write; 0: none
 * @param longestLagSeconds how long ago lately may be
 * @param watch by which sentinels promote a replica; empty: the harness promotes one, or the nodes run already
 * @param prefix of all keys
 * @param version which versions of the program are taken
 */
record RedisSettings(
        String where,
        Reads reads,
        String home,
        String persistence,
        String fsync,
        int replicasToWait,
        int fewestReplicas,
        int longestLagSeconds,
        Optional<Watch> watch,
        String prefix,
        String version) {

    /**
     * How sentinels watch.
     *
     * @param downAfterMillis how long a node must not have answered a sentinel that calls it down
     * @param timeoutMillis how long a step of a failover may take; a failed one is begun again after twice as long
     */
    record Watch(int downAfterMillis, int timeoutMillis) {}

    /** {@code REPLICAOF} came with 5. */
    static final KnownVersions KNOWN = new KnownVersions("Redis", "5", "7");

    private static final String PERSISTENCE = "persistence";
    private static final String AOF = "aof";
    private static final String FSYNC = "appendfsync";
    private static final String ALWAYS = "always";
    private static final String FEWEST = "min-replicas";
    private static final String LONGEST = "min-replicas-max-lag";
    private static final String FAILOVER = "failover";
    private static final String SENTINEL = "sentinel";
    private static final String DOWN_AFTER = "down-after-milliseconds";
    private static final String TIMEOUT = "failover-timeout";

    /** Fewer cannot outvote one that is lost. */
    private static final int LEAST_SENTINELS = 3;

    static final List<Setting> ALL = ExternalSettings.all(
            List.of(
                    new Setting(
                            "reads", List.of("leader", "any-follower", "sticky"), "leader", "which node answers reads"),
                    new Setting(
                            "wait",
                            List.of("0", "1", "2"),
                            "0",
                            "how many replicas must confirm a write (WAIT); a write that fewer confirm has an unknown"
                                    + " outcome")),
            List.of(
                    new Setting(
                            PERSISTENCE,
                            List.of(AOF, "none"),
                            AOF,
                            "aof: every write is appended to a file before its acknowledgement; none: a killed primary"
                                    + " comes back empty and wipes its replicas"),
                    new Setting(
                                    FSYNC,
                                    List.of(ALWAYS, "everysec", "no"),
                                    ALWAYS,
                                    "when that file is synced to the disk: before each acknowledgement, once a second, or"
                                            + " when the system likes")
                            .onlyWith(PERSISTENCE, AOF)
                            .decidingPromises(),
                    new Setting(
                            FEWEST,
                            List.of("0", "1", "2"),
                            "0",
                            "how many replicas the primary must have heard of lately, or it refuses writes"
                                    + " (min-replicas-to-write)"),
                    new Setting(
                            LONGEST,
                            List.of(),
                            "2",
                            "how many seconds ago lately may be; replicas report once a second (min-replicas-max-lag)"),
                    new Setting(
                            FAILOVER,
                            List.of("harness", SENTINEL),
                            "harness",
                            "who promotes a replica: the harness, when the fault failover strikes; or sentinels, one beside"
                                    + " each node, when they miss the primary"),
                    new Setting(
                                    DOWN_AFTER,
                                    List.of(),
                                    "1000",
                                    "how many milliseconds the primary must not have answered a sentinel that calls it down")
                            .onlyWith(FAILOVER, SENTINEL),
                    new Setting(
                                    TIMEOUT,
                                    List.of(),
                                    "2000",
                                    "how many milliseconds a step of a failover by sentinels may take; after twice as many a"
                                            + " failed one is begun again")
                            .onlyWith(FAILOVER, SENTINEL),
                    new Setting("home", List.of(), "redis-server", "the program: a name on PATH, or a path"),
                    KNOWN.setting()),
            List.of(ExternalSettings.prefix("umpire:")),
            true);

    static RedisSettings of(Settings settings) {
        return new RedisSettings(
                ExternalSettings.describe(settings),
                Reads.of(settings.get("reads")),
                ExternalSettings.value(settings, "home"),
                ExternalSettings.value(settings, PERSISTENCE),
                ExternalSettings.value(settings, FSYNC),
                settings.number("wait"),
                ofProcess(settings, FEWEST),
                ofProcess(settings, LONGEST),
                ExternalSettings.value(settings, FAILOVER).equals(SENTINEL)
                        ? Optional.of(new Watch(settings.number(DOWN_AFTER), settings.number(TIMEOUT)))
                        : Optional.empty(),
                ExternalSettings.prefix(settings),
                ExternalSettings.value(settings, "version"));
    }

    private static int ofProcess(Settings settings, String name) {
        return ExternalSettings.external(settings) ? 0 : settings.number(name);
    }

    /**
     * Refuses what cannot be.
     *
     * @throws IllegalArgumentException if it cannot; the message says what is expected
     */
    void requirePossible(int nodes) {
        requireReplicas("wait", replicasToWait, nodes);
        requireReplicas(FEWEST, fewestReplicas, nodes);
        if (fewestReplicas > 0 && longestLagSeconds < 1) {
            throw new IllegalArgumentException(LONGEST + ": found " + longestLagSeconds + ", expected 1 or more");
        }
        watch.ifPresent(how -> {
            if (nodes < LEAST_SENTINELS) {
                throw new IllegalArgumentException("nodes: found " + nodes + ", expected " + LEAST_SENTINELS
                        + " or more with " + FAILOVER + "=" + SENTINEL
                        + ": a failover needs a majority of the sentinels, one of which is lost with the primary");
            }
            requirePositive(DOWN_AFTER, how.downAfterMillis());
            requirePositive(TIMEOUT, how.timeoutMillis());
        });
    }

    private static void requirePositive(String name, int found) {
        if (found < 1) {
            throw new IllegalArgumentException(name + ": found " + found + ", expected 1 or more");
        }
    }

    private static void requireReplicas(String name, int found, int nodes) {
        if (found >= nodes) {
            throw new IllegalArgumentException(
                    name + ": found " + found + ", expected at most " + (nodes - 1) + ", the number of replicas");
        }
    }

    boolean persistent() {
        return persistence.equals(AOF);
    }

    String describe() {
        return where + "primary and replicas · asynchronous"
                + (replicasToWait == 0 ? "" : ", WAIT " + replicasToWait)
                + (fewestReplicas == 0
                        ? ""
                        : ", min-replicas-to-write " + fewestReplicas + " within " + longestLagSeconds + " s")
                + watch.map(how -> " · Sentinel, down after " + how.downAfterMillis() + " ms")
                        .orElse("")
                + switch (persistence) {
                    case AOF -> " · append-only file, " + (fsync.equals(ALWAYS) ? "always synced" : "fsync " + fsync);
                    case "none" -> " · no persistence";
                    default -> "";
                }
                + " · reads at "
                + switch (reads) {
                    case LEADER -> "the primary";
                    case ANY_FOLLOWER -> "any replica";
                    case STICKY -> "one replica a session";
                    case TOKEN -> throw new IllegalStateException("reads: found token, expected what Redis can do");
                };
    }
}
