package dev.umpire.targets.zookeeper;

import dev.umpire.harness.cluster.DataFolders;
import dev.umpire.harness.cluster.Elections;
import dev.umpire.harness.cluster.NodeClocks;
import dev.umpire.harness.cluster.Probes;
import dev.umpire.harness.cluster.SlowServerFaults;
import dev.umpire.harness.environment.Polling;
import dev.umpire.harness.external.ClientProbes;
import dev.umpire.harness.launcher.NodeProcess;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Observation;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The levers that all clusters of processes have; who leads is left to the servers. Used on the loop. */
final class ZooKeeperFaults extends SlowServerFaults {

    private static final long TO_LISTEN_NANOS = TimeUnit.SECONDS.toNanos(25);
    private static final long ELECTION_NANOS = TimeUnit.SECONDS.toNanos(15);

    /** Of each change: a server that was killed is missed within 2 s, and others then elect a leader. */
    private static final long AGREED_NANOS = TimeUnit.SECONDS.toNanos(14);

    private static final JoinStep.Folder AT_THE_START = new JoinStep.Folder(0, false);

    private final Layout layout;
    private final Probes clients;
    private final MemberList members;
    private final Map<Node, JoinStep.Folder> folders = new ConcurrentHashMap<>();

    ZooKeeperFaults(Layout layout, Map<Node, NodeProcess> processes, NodeClocks clocks, DataFolders data) {
        super(
                layout.environment(),
                layout.links(),
                new ZooKeeperProbes(layout),
                processes,
                clocks,
                data,
                TO_LISTEN_NANOS);
        this.layout = layout;
        this.members = new MemberList(layout);
        this.clients = new ClientProbes(layout.environment(), layout.reached(), ZooKeeperExternal.srvr());
    }

    @Override
    protected Optional<Probes> clientProbes() {
        return Optional.of(clients);
    }

    @Override
    public CompletionStage<Observation> isMember(Node node) {
        return layout.environment().blocking("probe-" + node, () -> members.has(node));
    }

    /**
     * {@inheritDoc}
     *
     * <p>The process is killed first: its machine is lost, and an operator takes it out.
     */
    @Override
    public CompletionStage<Void> leave(Node node) {
        leaves(node);
        return crash(node).thenCompose(dead -> agreed(node, "without", () -> takenOut(node)));
    }

    /**
     * {@inheritDoc}
     *
     * <p>Completes when the server itself says that it is a member, and so can be started again. May be called again where it
     * failed: what was reached is kept.
     */
    @Override
    public CompletionStage<Void> join(Node node) {
        return process(node)
                .explaining(agreed(node, "with", () -> counted(node))
                        .thenCompose(counted -> agreed(node, "with, as it says itself,", () -> knowsItself(node))));
    }

    private CompletionStage<Void> agreed(Node node, String how, Callable<Polling.Seen> step) {
        return untilDone(node, "the ensemble to go on " + how + " " + node, AGREED_NANOS, step);
    }

    private Polling.Seen takenOut(Node node) {
        return members.ask(
                node,
                (other, ensemble) -> {
                    if (folder(node).isOutOf(ensemble, ensemble.lists(layout, node))) {
                        return new Polling.Seen(true, members.told(other, ensemble, node));
                    }
                    Ensemble now = members.remove(node, other, ensemble);
                    return new Polling.Seen(true, members.told(other, now, node));
                },
                ZooKeeperFaults::notYet);
    }

    /** Goes one step until the others have counted a server in; whether they have now. */
    private Polling.Seen counted(Node node) {
        return members.ask(
                node,
                (other, ensemble) -> {
                    boolean listed = ensemble.lists(layout, node);
                    NodeProcess process = process(node);
                    JoinStep step = JoinStep.next(ensemble, listed, folder(node), process.alive(), serves(node));
                    if (step == JoinStep.BEGIN) {
                        process.kill();
                        Layout.empty(process.command().folder());
                        folders.put(node, JoinStep.Folder.emptied(ensemble));
                    }
                    // it goes on with what its disk has
                    joins(node);
                    switch (step) {
                        case BEGIN, START -> start(node, ensemble);
                        case AWAIT -> {}
                        case ADD -> {
                            folders.put(node, folder(node).beforeAdditionTo(ensemble));
                            Ensemble now = members.add(node, other, ensemble);
                            return new Polling.Seen(true, members.told(other, now, node));
                        }
                    }
                    return notYet(members.told(other, ensemble, node) + ", and the next step was " + step);
                },
                ZooKeeperFaults::notYet);
    }

    private void start(Node node, Ensemble ensemble) throws IOException {
        if (ended()) {
            return;
        }
        NodeProcess process = process(node);
        if (folder(node).joining()) {
            layout.writeJoiningSettings(node, process.command().folder(), ensemble.servers());
        }
        process.restart();
    }

    private boolean serves(Node node) {
        try {
            return Standing.Status.of(Standing.page(layout.client(node))).serves();
        } catch (IOException silent) {
            return false;
        }
    }

    private Polling.Seen knowsItself(Node node) {
        process(node).requireAlive();
        try {
            Ensemble ensemble = members.known(node);
            boolean knows = ensemble.lists(layout, node);
            if (knows) {
                folders.put(node, folder(node).joined());
            }
            return new Polling.Seen(knows, members.told(node, ensemble, node));
        } catch (IOException silent) {
            return notYet(node + ": " + silent.getMessage());
        }
    }

    private JoinStep.Folder folder(Node node) {
        return folders.getOrDefault(node, AT_THE_START);
    }

    private static Polling.Seen notYet(String seen) {
        return new Polling.Seen(false, seen);
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
                        () -> Standing.ask(layout.zookeeper()),
                        Standing::leader,
                        Standing::describe));
    }
}
