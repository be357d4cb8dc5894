package dev.umpire.harness.junit.live;

import dev.umpire.harness.nemesis.Fault;
import dev.umpire.harness.nemesis.Nemesis;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.Node;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Breaks a cluster by the hand of a test. Each fault is probed and stands in the history, as in a run; what is still in force
 * when the test ends is undone.
 *
 * <p>Every method that breaks something refuses what the target cannot be given, with an {@code IllegalArgumentException},
 * and fails with an {@code IllegalStateException} if the fault was not seen to take hold. Thread-safe.
 */
public final class LiveNemesis {
    /** Longer than a lever and its probe together. */
    private static final Duration MOST = Duration.ofSeconds(60);

    private final LiveCluster cluster;
    private final Nemesis nemesis;
    private final Set<FaultKind> possible;

    LiveNemesis(LiveCluster cluster, Nemesis nemesis, Set<FaultKind> possible) {
        this.cluster = cluster;
        this.nemesis = nemesis;
        this.possible = new TreeSet<>(possible);
    }

    /** Lets nothing pass between these nodes and all others; clients still reach every node. */
    public Strike partition(String... alone) {
        return inject(Fault.Partition.between(nodes(alone), cluster.allNodes()));
    }

    /**
     * Lets nothing pass between the leader and all others.
     *
     * @throws IllegalStateException if no node leads
     */
    public Strike isolateLeader() {
        return partition(leader());
    }

    /** Ends the processes of these nodes without warning; healed by a restart. */
    public Strike crash(String... nodes) {
        return inject(new Fault.Crash(nodes(nodes)));
    }

    /** Makes the processes of these nodes stand still. */
    public Strike pause(String... nodes) {
        return inject(new Fault.Pause(nodes(nodes)));
    }

    /** Takes these nodes off the network: neither clients nor other nodes reach them, while their processes go on. */
    public Strike disconnect(String... nodes) {
        return inject(new Fault.Disconnection(nodes(nodes)));
    }

    /**
     * Makes another node the leader, as when the leader is lost; healed when that one is back.
     *
     * @throws IllegalStateException if no node leads
     */
    public Strike failOver() {
        return inject(new Fault.Failover(cluster.node(leader())));
    }

    /**
     * Lets everything that nodes send to these nodes, and these to others, take longer.
     *
     * @param longer 10 ms or more, of which a probe can tell
     * @throws IllegalArgumentException if it is less
     */
    public Strike slow(Duration longer, String... nodes) {
        SortedSet<Link> links = new TreeSet<>();
        for (Node one : nodes(nodes)) {
            cluster.allNodes().stream().filter(other -> !other.equals(one)).forEach(other -> {
                links.add(new Link(one, other));
                links.add(new Link(other, one));
            });
        }
        return inject(new Fault.Slowness(links, longer.toMillis()));
    }

    private String leader() {
        return cluster.leader().orElseThrow(() -> new IllegalStateException("leader: found none, expected one"));
    }

    private SortedSet<Node> nodes(String... names) {
        SortedSet<Node> nodes =
                new TreeSet<>(Arrays.stream(names).map(cluster::node).toList());
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("nodes: found none, expected one or more of " + cluster.nodes());
        }
        return nodes;
    }

    /** Puts any fault in force. */
    public Strike inject(Fault fault) {
        if (!possible.contains(fault.kind())) {
            throw new IllegalArgumentException("fault: found " + fault.kind().optionName() + ", expected one of "
                    + possible.stream().map(FaultKind::optionName).toList());
        }
        Nemesis.Probed probed = onLoop(fault.describe(), () -> nemesis.strike(fault));
        if (!probed.seen()) {
            undo(probed.id(), fault.describe());
            throw new IllegalStateException(
                    fault.describe() + " was not seen to take hold, and was undone: " + probed.evidence());
        }
        return new Strike(this, probed.id(), fault.describe(), probed.evidence());
    }

    void undo(int id, String fault) {
        Nemesis.Probed unused = onLoop("the heal of " + fault, () -> nemesis.undo(id));
    }

    /** Undoes everything that is in force, after which nothing strikes any more that the plan has scheduled. */
    public void healAll() {
        cluster.endSchedule();
        onLoop("healing", nemesis::healAll);
    }

    /** What is in force now, for people. */
    public List<String> inForce() {
        return cluster.onLoop(
                "what is in force",
                () -> nemesis.inForce().stream().map(Fault::describe).toList());
    }

    private <T> T onLoop(String what, Supplier<CompletionStage<T>> question) {
        return cluster.ask(what, MOST, running -> question.get());
    }
}
