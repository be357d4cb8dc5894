package dev.umpire.targets.redis;

import dev.umpire.harness.cluster.KnownVersions;
import dev.umpire.harness.cluster.Reads;
import dev.umpire.harness.target.Setting;
import dev.umpire.harness.target.Settings;
import java.util.List;

/**
 * The settings of the Redis target, read.
 *
 * @param home the program: a name to be looked up on {@code PATH}, or a path
 * @param persistent whether each write is in the append-only file, synced, before it is acknowledged
 * @param replicasToWait how many replicas must confirm a write before it is acknowledged; 0: none
 * @param version which versions of the program are taken
 */
record RedisSettings(Reads reads, String home, boolean persistent, int replicasToWait, String version) {

    /** {@code REPLICAOF} came with 5. */
    static final KnownVersions KNOWN = new KnownVersions("Redis", "5", "7");

    static final List<Setting> ALL = List.of(
            new Setting("reads", List.of("leader", "any-follower", "sticky"), "leader", "which node answers reads"),
            new Setting(
                    "persistence",
                    List.of("aof", "none"),
                    "aof",
                    "aof: every write is synced to the append-only file before its acknowledgement; none: a killed primary"
                            + " comes back empty and wipes its replicas"),
            new Setting(
                    "wait",
                    List.of("0", "1", "2"),
                    "0",
                    "how many replicas must confirm a write (WAIT); a write that fewer confirm has an unknown outcome"),
            new Setting("home", List.of(), "redis-server", "the program: a name on PATH, or a path"),
            KNOWN.setting());

    static RedisSettings of(Settings settings) {
        return new RedisSettings(
                Reads.of(settings.get("reads")),
                settings.get("home"),
                settings.get("persistence").equals("aof"),
                settings.number("wait"),
                settings.get("version"));
    }

    String describe() {
        return "primary and replicas · asynchronous"
                + (replicasToWait == 0 ? "" : ", WAIT " + replicasToWait)
                + " · " + (persistent ? "append-only file, always synced" : "no persistence")
                + " · reads at "
                + switch (reads) {
                    case LEADER -> "the primary";
                    case ANY_FOLLOWER -> "any replica";
                    case STICKY -> "one replica a session";
                    case TOKEN -> throw new IllegalStateException("reads: found token, expected what Redis can do");
                };
    }
}
