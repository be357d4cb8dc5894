package dev.umpire.targets.etcd;

import dev.umpire.harness.cluster.Elections;
import dev.umpire.harness.cluster.Probes;
import dev.umpire.harness.cluster.ProcessFaults;
import dev.umpire.harness.environment.Polling;
import dev.umpire.harness.external.ClientProbes;
import dev.umpire.harness.launcher.FolderTree;
import dev.umpire.harness.launcher.NodeProcess;
import dev.umpire.harness.launcher.SmallDisk;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Observation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The levers that all clusters of processes have; who leads is left to the members. Used on the loop. */
final class EtcdFaults extends ProcessFaults {

    private static final long ELECTION_NANOS = TimeUnit.SECONDS.toNanos(8);

    /** Longer than the 5 s for which members must have known each other before one is added. */
    private static final long CHANGE_NANOS = TimeUnit.SECONDS.toNanos(12);

    private static final long CAUGHT_UP_NANOS = TimeUnit.SECONDS.toNanos(12);

    private final Layout layout;
    private final Map<Node, Member> members;
    private final EtcdProbes probes;
    private final Map<Node, JoinStep.Folder> folders = new ConcurrentHashMap<>();
    private final MemberList list;
    private final Probes clients;

    /** @param standing what each member says of itself */
    EtcdFaults(Layout layout, Map<Node, Member> members, Map<Node, Standing.Status> standing) {
        this(layout, members, standing, new EtcdProbes(layout, standing));
    }

    private EtcdFaults(
            Layout layout, Map<Node, Member> members, Map<Node, Standing.Status> standing, EtcdProbes probes) {
        super(layout.environment(), layout.links(), probes);
        this.layout = layout;
        this.members = members;
        this.probes = probes;
        standing.forEach((node, status) -> folders.put(node, new JoinStep.Folder(status.id(), true)));
        this.list = new MemberList(layout);
        this.clients = new ClientProbes(layout.environment(), layout.reached(), EtcdExternal.version(layout.gateway()));
    }

    @Override
    protected Optional<Probes> clientProbes() {
        return Optional.of(clients);
    }

    @Override
    protected NodeProcess process(Node node) {
        return node.in(members).process();
    }

    @Override
    protected Optional<SmallDisk> disk(Node node) {
        return layout.data().disk(node);
    }

    @Override
    public CompletionStage<Observation> isMember(Node node) {
        return layout.environment().blocking("probe-" + node, () -> list.has(node));
    }

    /**
     * {@inheritDoc}
     *
     * <p>The process is killed first: its machine is lost, and an operator takes it out.
     */
    @Override
    public CompletionStage<Void> leave(Node node) {
        leaves(node);
        return crash(node).thenCompose(dead -> agreed(node, "without", () -> list.without(node)));
    }

    /**
     * {@inheritDoc}
     *
     * <p>Completes when the member has all that the others agreed upon before. May be called again where it failed: what was
     * reached is kept.
     */
    @Override
    public CompletionStage<Void> join(Node node) {
        return agreed(node, "with", () -> joined(node)).thenCompose(runs -> caughtUp(node));
    }

    private CompletionStage<Void> agreed(Node node, String how, Callable<Polling.Seen> change) {
        return untilDone(node, "the members to go on " + how + " " + node, CHANGE_NANOS, change);
    }

    private Polling.Seen joined(Node node) throws IOException {
        JoinStep.Folder folder = Optional.ofNullable(folders.get(node)).orElseThrow();
        MemberList.Settled listed = list.with(node, folder);
        if (listed.settled() && !ended()) {
            long id = listed.node().orElseThrow().id();
            NodeProcess process = process(node);
            if (id != folder.id()) {
                beginEmpty(node, id, process);
            }
            // it goes on with what its disk has
            joins(node);
            if (!process.alive()) {
                process.restart(layout.command(node, process.command().folder(), "existing"));
            }
        }
        return listed.seen();
    }

    private void beginEmpty(Node node, long id, NodeProcess process) throws IOException {
        Path folder = process.command().folder();
        process.kill();
        FolderTree.delete(Layout.data(folder));
        folders.put(node, new JoinStep.Folder(id, true));
    }

    private CompletionStage<Void> caughtUp(Node node) {
        return process(node).explaining(until(node + " to be healthy", CAUGHT_UP_NANOS, () -> {
            requireRunning(node);
            return Standing.healthy(layout, node)
                    .thenCompose(seen -> seen.reached() ? known(node) : CompletableFuture.completedStage(seen));
        }));
    }

    /** One that ended by itself, as a member does that the others took out, would only do so again in the same folder. */
    private void requireRunning(Node node) {
        if (!process(node).alive()) {
            folders.computeIfPresent(node, (same, folder) -> new JoinStep.Folder(folder.id(), false));
        }
        process(node).requireAlive();
    }

    /** Whether the member says who it is, by which its messages are told from then on. */
    private CompletionStage<Polling.Seen> known(Node node) {
        return Standing.status(layout.etcd(), node)
                .thenApply(status -> status.map(now -> {
                            probes.renamed(node, now);
                            return new Polling.Seen(true, node + " " + now.describe());
                        })
                        .orElseGet(() -> new Polling.Seen(false, node + " is healthy and does not say its id")));
    }

    /**
     * {@inheritDoc}
     *
     * <p>The leader is killed, and the others elect one of themselves.
     */
    @Override
    public CompletionStage<Node> failOver(Node leader) {
        return crash(leader)
                .thenCompose(dead -> Elections.another(
                        layout.environment(),
                        leader,
                        ELECTION_NANOS,
                        () -> Standing.ask(layout.etcd()),
                        Standing::leader,
                        Standing::describe));
    }
}
