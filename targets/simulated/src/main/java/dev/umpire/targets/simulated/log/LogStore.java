package dev.umpire.targets.simulated.log;

import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.Configuration;
import dev.umpire.harness.target.Defect;
import dev.umpire.harness.target.Defect.Trial;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Setting;
import dev.umpire.harness.target.Settings;
import dev.umpire.harness.target.StartContext;
import dev.umpire.targets.simulated.SimulatedStore;
import dev.umpire.targets.simulated.world.WorldConditions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What a partitioned log can be set to, what it promises then, and the defects that it can have. */
public final class LogStore implements SimulatedStore {
    private static final String NAME = "log";
    private static final String ON = "on";
    private static final String OFF = "off";
    private static final String BY_CLOCK = "real-time";
    private static final String KAFKA = "Apache Kafka documentation, ";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Setting> settings() {
        return List.of(
                new Setting(
                        "topic-partitions",
                        List.of(),
                        "3",
                        "how many partitions the log has, each with its own leader"),
                new Setting(
                        "acks",
                        List.of("all", "1", "0"),
                        "all",
                        "a message is acknowledged when all replicas in sync have it, when the leader has it, or when it was"
                                + " sent"),
                new Setting(
                        "unclean-election",
                        List.of(OFF, ON),
                        OFF,
                        "whether a replica that is not in sync may become the leader"),
                new Setting(
                        "idempotent-producers",
                        List.of(ON, OFF),
                        ON,
                        "whether a leader leaves out what a producer sends again"),
                new Setting(
                        "consumers",
                        List.of("sessions", "group"),
                        "sessions",
                        "whether sessions poll each on its own only, or also as a group that shares the partitions"));
    }

    @Override
    public List<Configuration> configurations() {
        return List.of(
                new Configuration(
                                "lg-all",
                                Map.of(STORE, NAME, "acks", "all", "consumers", "sessions"),
                                List.of("log-order", "durability", "consistent-prefix"),
                                USUAL_FAULTS,
                                BY_CLOCK,
                                List.of("log", "list-append"),
                                Configuration.USUAL_NODES,
                                "acks all, 2 in-sync replicas, clean election, idempotent producers, reads below the high watermark")
                        // no checker of prefixes knows what is sent and polled; lists are appended to and read
                        .hiding("log", "consistent-prefix")
                        .hiding("list-append", "log-order"),
                new Configuration(
                        "lg-group",
                        Map.of(STORE, NAME, "acks", "all", "consumers", "group"),
                        List.of("log-order", "durability"),
                        USUAL_FAULTS,
                        BY_CLOCK,
                        List.of("log-group"),
                        Configuration.USUAL_NODES,
                        "as lg-all, a consumer group that says what it consumed after it was delivered"));
    }

    @Override
    public List<Defect> defects() {
        return List.of(
                new Defect(
                        "LG1",
                        "lg-all",
                        "unclean leader election",
                        KAFKA + "unclean.leader.election.enable: what if all replicas in sync die",
                        List.of("durability", "log-order"),
                        List.of(),
                        Trial.USUAL),
                new Defect(
                        "LG2",
                        "lg-all",
                        "acks 1 and leader loss",
                        KAFKA + "acks=1: what the leader acknowledged and no follower has is lost with it",
                        List.of("durability"),
                        List.of("log-order"),
                        Trial.USUAL),
                new Defect(
                        "LG3",
                        "lg-all",
                        "consumers read above the high watermark",
                        KAFKA
                                + "replicated logs: a message is committed, and given to consumers, once all in sync have it",
                        List.of("log-order"),
                        List.of(),
                        Trial.USUAL),
                new Defect(
                        "LG4",
                        "lg-all",
                        "producer retries without sequence numbers",
                        KAFKA + "enable.idempotence; KIP-98",
                        List.of("log-order"),
                        List.of(),
                        Trial.USUAL),
                new Defect(
                        "LG5",
                        "lg-group",
                        "the group commits its offset before delivering; a consumer's crash skips records",
                        KAFKA + "message delivery semantics: at most once",
                        List.of("log-order"),
                        List.of(),
                        Trial.USUAL));
    }

    @Override
    public String describe(Settings settings) {
        return NAME + " · acks " + settings.get("acks")
                + (settings.get("unclean-election").equals(ON) ? " · unclean election" : "")
                + (settings.get("idempotent-producers").equals(OFF) ? " · producers not idempotent" : "")
                + (settings.get("consumers").equals("group") ? " · consumer group" : "");
    }

    @Override
    public Set<String> functions(Settings settings) {
        return settings.get("consumers").equals("group")
                ? Set.of(Request.SEND, Request.POLL, Request.SUBSCRIBE, Request.APPEND, Request.READ)
                : Set.of(Request.SEND, Request.POLL, Request.APPEND, Request.READ);
    }

    @Override
    public void requirePossible(Settings settings, int nodes) {
        Rules.of(settings);
    }

    @Override
    public CompletionStage<Cluster> start(StartContext context, WorldConditions conditions) {
        // the founding leaders lead at once
        return CompletableFuture.completedStage(new LogCluster(context, conditions, Rules.of(context.settings())));
    }
}
