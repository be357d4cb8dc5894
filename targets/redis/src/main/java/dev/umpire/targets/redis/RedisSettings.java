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
 * @param replicasToWait how many replicas must confirm a write before it is acknowledged; 0: none
 * @param prefix of all keys
 * @param version which versions of the program are taken
 */
record RedisSettings(
        String where, Reads reads, String home, String persistence, int replicasToWait, String prefix, String version) {

    /** {@code REPLICAOF} came with 5. */
    static final KnownVersions KNOWN = new KnownVersions("Redis", "5", "7");

    private static final String AOF = "aof";

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
                            "persistence",
                            List.of(AOF, "none"),
                            AOF,
                            "aof: every write is synced to the append-only file before its acknowledgement; none: a"
                                    + " killed primary comes back empty and wipes its replicas"),
                    new Setting("home", List.of(), "redis-server", "the program: a name on PATH, or a path"),
                    KNOWN.setting()),
            List.of(ExternalSettings.prefix("umpire:")),
            true);

    static RedisSettings of(Settings settings) {
        return new RedisSettings(
                ExternalSettings.describe(settings),
                Reads.of(settings.get("reads")),
                ExternalSettings.value(settings, "home"),
                ExternalSettings.value(settings, "persistence"),
                settings.number("wait"),
                ExternalSettings.prefix(settings),
                ExternalSettings.value(settings, "version"));
    }

    boolean persistent() {
        return persistence.equals(AOF);
    }

    String describe() {
        return where + "primary and replicas · asynchronous"
                + (replicasToWait == 0 ? "" : ", WAIT " + replicasToWait)
                + switch (persistence) {
                    case AOF -> " · append-only file, always synced";
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
