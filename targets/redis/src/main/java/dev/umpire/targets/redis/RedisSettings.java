package dev.umpire.targets.redis;

import dev.umpire.harness.cluster.KnownVersions;
import dev.umpire.harness.cluster.Reads;
import dev.umpire.harness.external.ExternalSettings;
import dev.umpire.harness.target.Setting;
import dev.umpire.harness.target.Settings;
import java.util.List;

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
        String prefix,
        String version) {

    /** {@code REPLICAOF} came with 5. */
    static final KnownVersions KNOWN = new KnownVersions("Redis", "5", "7");

    private static final String PERSISTENCE = "persistence";
    private static final String AOF = "aof";
    private static final String FSYNC = "appendfsync";
    private static final String ALWAYS = "always";
    private static final String FEWEST = "min-replicas";
    private static final String LONGEST = "min-replicas-max-lag";

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
