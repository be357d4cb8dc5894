package dev.umpire.targets.cassandra;

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
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Real Apache Cassandra, one cluster, in which each node has a replica of everything: nodes on the loopback address, or such that
 * run already.
 *
 * <p>The promises are those of Cassandra's documentation: <i>Guarantees</i>, <i>Dynamo</i> (tunable consistency), <i>Read
 * repair</i> and <i>Hints</i>.
 */
public final class CassandraTarget implements Target {

    /**
     * Under these promises were seen to be kept. Another membership is not among them: a new node is given a copy of one replica of
     * each range, and that one may lack what the lost node and another had acknowledged.
     */
    private static final Set<FaultKind> FAULTS = NodeLinks.andPoorLinks(
            Set.of(FaultKind.CRASH, FaultKind.PAUSE, FaultKind.PARTITION, FaultKind.SLOW, FaultKind.ROLLING_RESTART));

    /** Under these no coordinator forgets what it has to hand over. */
    private static final Set<FaultKind> NO_CRASH =
            NodeLinks.andPoorLinks(Set.of(FaultKind.PAUSE, FaultKind.PARTITION, FaultKind.SLOW));

    private static final List<String> READ_AND_WRITTEN = List.of("register");
    private static final List<String> DECIDED = List.of("cas-register", "register", "claims");
    private static final String DURABILITY = "durability";
    private static final List<String> OVERLAP = List.of("read-your-writes", "monotonic-reads", DURABILITY);

    @Override
    public String name() {
        return "cassandra";
    }

    @Override
    public String meaning() {
        return "real Apache Cassandra: one cluster, started on this machine or running already";
    }

    @Override
    public boolean simulated() {
        return false;
    }

    @Override
    public List<Setting> settings() {
        return CassandraSettings.ALL;
    }

    @Override
    public List<Configuration> configurations() {
        return List.of(
                configuration(
                        "lightweight-transactions",
                        Map.of("reads", "serial", "writes", "serial", "at", "any", "commit-log", "batch"),
                        List.of("linearizable", DURABILITY),
                        FAULTS,
                        DECIDED,
                        "replicas agree by Paxos on every write, and every read takes part"),
                configuration(
                        "quorum",
                        Map.of("reads", "quorum", "writes", "quorum", "at", "any", "commit-log", "batch"),
                        OVERLAP,
                        FAULTS,
                        READ_AND_WRITTEN,
                        "of the replicas that answer a read one has acknowledged the last write; what one alone has is"
                                + " written to another before it is shown"),
                configuration(
                        "all-reads",
                        Map.of("reads", "all", "writes", "one", "at", "any", "commit-log", "batch"),
                        OVERLAP,
                        FAULTS,
                        READ_AND_WRITTEN,
                        "a read asks every replica, so it finds what any one has acknowledged"),
                configuration(
                        "one",
                        Map.of("reads", "one", "writes", "one", "at", "any"),
                        List.of("eventual"),
                        NO_CRASH,
                        READ_AND_WRITTEN,
                        "one replica answers; what the others have missed is handed over as a hint"));
    }

    private static Configuration configuration(
            String name,
            Map<String, String> settings,
            List<String> promise,
            Set<FaultKind> faults,
            List<String> workloads,
            String meaning) {
        return new Configuration(
                name, settings, promise, faults, "real-time", workloads, Configuration.USUAL_NODES, meaning);
    }

    @Override
    public List<Defect> defects() {
        return List.of();
    }

    @Override
    public String describe(Settings settings) {
        return CassandraSettings.of(settings).describe();
    }

    @Override
    public Set<FaultKind> faults(Settings settings) {
        if (ExternalSettings.external(settings)) {
            return ExternalSettings.faults(settings);
        }
        Set<FaultKind> kinds = EnumSet.copyOf(FAULTS);
        kinds.add(FaultKind.MEMBERSHIP);
        return NodeClocks.andClock(DataFolders.andFullDisk(kinds));
    }

    @Override
    public Optional<String> missingFor(FaultKind kind) {
        return NodeClocks.missingFor(kind).or(() -> DataFolders.missingFor(kind));
    }

    /**
     * {@inheritDoc}
     *
     * <p>Of two nodes the one that is left is no quorum, and most configurations could do nothing until another has joined.
     */
    @Override
    public int leastNodes(FaultKind kind) {
        return kind == FaultKind.MEMBERSHIP ? 3 : Target.super.leastNodes(kind);
    }

    /** What is told is when the value was written that was read, which says nothing of the replica. */
    @Override
    public Optional<String> positionUnit(Settings settings, int nodes) {
        return Optional.empty();
    }

    /** No: write times are made by clocks. */
    @Override
    public boolean tellsOrder(Settings settings) {
        return false;
    }

    @Override
    public Set<String> functions(Settings settings) {
        return Set.of(Request.READ, Request.WRITE, Request.CAS, Request.CLAIM);
    }

    @Override
    public void requirePossible(Settings settings, int nodes) {
        CassandraSettings.of(settings).requirePossible();
        ExternalSettings.requirePossible(settings, nodes);
        if (nodes < 2 || nodes > Layout.MOST_NODES) {
            throw new IllegalArgumentException("nodes: found " + nodes + ", expected 2 to " + Layout.MOST_NODES
                    + ", and 3 or more to bear the loss of one");
        }
    }

    @Override
    public CompletionStage<Cluster> start(StartContext context) {
        CassandraSettings settings = CassandraSettings.of(context.settings());
        settings.requirePossible();
        return ExternalSettings.external(context.settings())
                ? CassandraExternal.start(context, settings)
                : CassandraStart.start(context, settings);
    }
}
