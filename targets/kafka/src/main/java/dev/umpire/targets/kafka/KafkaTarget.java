package dev.umpire.targets.kafka;

import dev.umpire.harness.cluster.DataFolders;
import dev.umpire.harness.cluster.NodeClocks;
import dev.umpire.harness.cluster.NodeLinks;
import dev.umpire.harness.external.ExternalSettings;
import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.Configuration;
import dev.umpire.harness.target.Defect;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Setting;
import dev.umpire.harness.target.Settings;
import dev.umpire.harness.target.StartContext;
import dev.umpire.harness.target.Target;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Real Apache Kafka, one topic of which each broker has a copy: brokers on the loopback address, controllers too (KRaft), or
 * such that run already.
 *
 * <p>The promises are those of Kafka 3.9's documentation: the producer's {@code acks},
 * {@code retries} and {@code enable.idempotence}, the topic's
 * {@code min.insync.replicas} and {@code unclean.leader.election.enable}, and <i>Design: Replication</i>.
 */
public final class KafkaTarget implements Target {

    /**
     * Under these promises were seen to be kept. Another membership takes nothing from what is in sync: "the record will not be lost
     * as long as at least one in-sync replica remains alive" (Kafka 3.9, <i>Producer Configs</i>), and who comes in the place of a
     * lost broker first replicates a partition fully (<i>Expanding your cluster</i>).
     */
    private static final Set<FaultKind> FAULTS = NodeLinks.andPoorLinks(Set.of(
            FaultKind.CRASH,
            FaultKind.PAUSE,
            FaultKind.PARTITION,
            FaultKind.FAILOVER,
            FaultKind.ROLLING_RESTART,
            FaultKind.MEMBERSHIP));

    private static final List<String> WORKLOADS = List.of("log");
    private static final String REAL_TIME = "real-time";

    private static final Map<String, String> IN_SYNC =
            Map.of("acks", "all", "min-in-sync", "2", "unclean", "false", "idempotence", "true");

    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public String meaning() {
        return "real Apache Kafka: brokers that are controllers too, started on this machine, or such as run already";
    }

    @Override
    public boolean simulated() {
        return false;
    }

    @Override
    public List<Setting> settings() {
        return KafkaSettings.ALL;
    }

    @Override
    public List<Configuration> configurations() {
        return List.of(
                new Configuration(
                        "in-sync-acks",
                        IN_SYNC,
                        List.of("log-order", "durability"),
                        FAULTS,
                        REAL_TIME,
                        WORKLOADS,
                        Configuration.USUAL_NODES,
                        "a message is on two replicas before it is acknowledged, one of them leads next, and none stands twice"),
                new Configuration(
                        "transactions",
                        inSync(Map.of("transactions", "with-aborts", "isolation", "read-committed")),
                        List.of("log-order", "durability", "integrity"),
                        FAULTS,
                        REAL_TIME,
                        WORKLOADS,
                        Configuration.USUAL_NODES,
                        "a message whose transaction was committed is kept as by in-sync-acks, and one whose transaction was"
                                + " given up is delivered to nobody"),
                group(
                        "group-after",
                        "after",
                        List.of("log-order", "durability"),
                        "a group that commits what it has delivered passes over nothing, and may deliver again"),
                group(
                        "group-before",
                        "before",
                        List.of("durability"),
                        "a group that commits before it delivers may pass over messages, which the log keeps"),
                ofOneLeader(
                        "leader-acks",
                        Map.of("acks", "1", "min-in-sync", "1", "unclean", "false", "retries", "0"),
                        List.of("log-order", "durability"),
                        "the leader alone has a message when it is acknowledged: lost with it, kept while it leads; what is"
                                + " not sent again stands once"),
                ofOneLeader(
                        "no-acks",
                        Map.of("acks", "0", "min-in-sync", "1", "unclean", "false", "retries", "0"),
                        List.of("log-order"),
                        "nobody says whether the leader got a message; what it got is in its place"),
                ofOneLeader(
                        "unclean-election",
                        Map.of("acks", "all", "min-in-sync", "1", "unclean", "true", "idempotence", "true"),
                        List.of("log-order", "durability"),
                        "a replica that lacks messages may lead when all that have them are away: kept while the leader"
                                + " leads"));
    }

    /** One that promises something as long as no leader is lost. */
    private static Configuration ofOneLeader(
            String name, Map<String, String> settings, List<String> promise, String meaning) {
        return new Configuration(
                name, settings, promise, Set.of(), REAL_TIME, WORKLOADS, Configuration.USUAL_NODES, meaning);
    }

    /** As {@link #IN_SYNC}, with some more. */
    private static Map<String, String> inSync(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(IN_SYNC);
        settings.putAll(more);
        return settings;
    }

    private static Configuration group(String name, String commit, List<String> promise, String meaning) {
        return new Configuration(
                name,
                inSync(Map.of("consumers", "group", "commit", commit)),
                promise,
                FAULTS,
                REAL_TIME,
                List.of("log-group"),
                Configuration.USUAL_NODES,
                meaning);
    }

    @Override
    public List<Defect> defects() {
        return List.of();
    }

    @Override
    public String describe(Settings settings) {
        return KafkaSettings.of(settings).describe();
    }

    @Override
    public Set<FaultKind> faults(Settings settings) {
        if (ExternalSettings.external(settings)) {
            return ExternalSettings.faults(settings);
        }
        return NodeClocks.andClock(DataFolders.andFullDisk(FAULTS));
    }

    @Override
    public Optional<String> missingFor(FaultKind kind) {
        return NodeClocks.missingFor(kind).or(() -> DataFolders.missingFor(kind));
    }

    /**
     * {@inheritDoc}
     *
     * <p>Of two controllers one that is left alone can agree on nothing, not even on the loss of the other.
     */
    @Override
    public int leastNodes(FaultKind kind) {
        return kind == FaultKind.MEMBERSHIP ? 3 : Target.super.leastNodes(kind);
    }

    @Override
    public Set<String> functions(Settings settings) {
        return KafkaSettings.of(settings).commits().isPresent()
                ? Set.of(Request.SEND, Request.POLL, Request.SUBSCRIBE)
                : Set.of(Request.SEND, Request.POLL);
    }

    @Override
    public void requirePossible(Settings settings, int nodes) {
        KafkaSettings.of(settings).requirePossible(nodes);
        ExternalSettings.requirePossible(settings, nodes);
    }

    @Override
    public CompletionStage<Cluster> start(StartContext context) {
        KafkaSettings settings = KafkaSettings.of(context.settings());
        try {
            requirePossible(context.settings(), context.nodeCount());
        } catch (IllegalArgumentException impossible) {
            return CompletableFuture.failedFuture(impossible);
        }
        return ExternalSettings.external(context.settings())
                ? KafkaExternal.start(context, settings)
                : KafkaStart.start(context, settings);
    }
}
