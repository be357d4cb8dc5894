package dev.umpire.targets.kafka;

import dev.umpire.harness.cluster.KnownVersions;
import dev.umpire.harness.target.Setting;
import dev.umpire.harness.target.Settings;
import java.util.List;

/**
 * The settings of the Kafka target, read.
 *
 * @param partitions of the topic that sessions use
 * @param acks of the producers, as Kafka names it
 * @param minInSync {@code min.insync.replicas} of the topic
 * @param unclean {@code unclean.leader.election.enable} of the topic
 * @param idempotent {@code enable.idempotence} of the producers
 * @param home the folder of an installation; empty: the jars that the build has put aside
 * @param version of those jars; {@link KnownVersions#ANY}: the home's version is not asked for
 */
record KafkaSettings(
        int partitions, String acks, int minInSync, boolean unclean, boolean idempotent, String home, String version) {

    static final String VERSION = "3.9.1";

    /** The messages by which brokers are asked how they are are those of 3.9. */
    static final KnownVersions KNOWN = new KnownVersions("Kafka", "3.9", "3.9");

    private static final int MOST_PARTITIONS = 100;
    private static final String ALL_IN_SYNC = "all";
    private static final String TRUE = "true";
    private static final List<String> SWITCH = List.of(TRUE, "false");

    static final List<Setting> ALL = List.of(
            new Setting(
                    "topic-partitions",
                    List.of(),
                    "3",
                    "how many partitions the topic has; n1 leads all of them first"),
            new Setting(
                    "acks",
                    List.of(ALL_IN_SYNC, "1", "0"),
                    ALL_IN_SYNC,
                    "a message is acknowledged when all replicas in sync have it, when the leader has it, or when it was"
                            + " sent"),
            new Setting(
                    "min-in-sync",
                    List.of("1", "2"),
                    "2",
                    "min.insync.replicas: how many replicas must be in sync for a leader to take a message with acks=all"),
            new Setting(
                    "unclean",
                    SWITCH,
                    "false",
                    "unclean.leader.election.enable: whether a replica that is not in sync may become the leader"),
            new Setting(
                            "idempotence",
                            SWITCH,
                            TRUE,
                            "enable.idempotence: whether brokers leave out what a producer sends again")
                    .onlyWith("acks", ALL_IN_SYNC),
            new Setting("home", List.of(), "", "the folder with the server's jars; empty: where the build puts them"),
            new Setting(
                    "version",
                    List.of(),
                    VERSION,
                    "the version whose jars are used where no home is given; any: with a home, whatever its version"));

    static KafkaSettings of(Settings settings) {
        int partitions = settings.number("topic-partitions");
        if (partitions < 1 || partitions > MOST_PARTITIONS) {
            throw new IllegalArgumentException(
                    "topic-partitions: found " + partitions + ", expected 1 to " + MOST_PARTITIONS);
        }
        String acks = settings.get("acks");
        return new KafkaSettings(
                partitions,
                acks,
                settings.number("min-in-sync"),
                settings.get("unclean").equals(TRUE),
                acks.equals(ALL_IN_SYNC) && settings.get("idempotence").equals(TRUE),
                settings.get("home"),
                settings.get("version"));
    }

    /** Refuses what contradicts itself. */
    void requirePossible(int nodes) {
        if (nodes < 2) {
            throw new IllegalArgumentException(
                    "nodes: found " + nodes + ", expected 2 or more, and 3 or more to bear the loss of one");
        }
    }

    String describe() {
        return "partitioned log · acks " + acks + " · " + minInSync + " in sync at least"
                + (unclean ? " · unclean election" : "")
                + (acks.equals(ALL_IN_SYNC) && !idempotent ? " · producers not idempotent" : "");
    }
}
