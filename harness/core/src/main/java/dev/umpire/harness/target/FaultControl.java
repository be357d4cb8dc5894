package dev.umpire.harness.target;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The levers of a cluster, and the questions by which each fault is probed.
 *
 * <p>Levers complete when the store or the network was told. Whether it took hold is asked by {@link #answers},
 * {@link #delivers}, {@link #sample}, {@link #clockAhead} and the like, which send traffic of their own and never look at what the
 * levers did; each is bounded by the implementation to about a second. All are called on the loop.
 *
 * <p>Those with a default fail: a cluster implements them where {@link Target#faults} names the fault that they make.
 */
public interface FaultControl {

    /** Within which each lever completes on a busy machine; one that has not by then is given up. */
    default Duration toPull() {
        return Duration.ofSeconds(30);
    }

    /** Ends the node's process without warning. */
    CompletionStage<Void> crash(Node node);

    /**
     * Starts a crashed or stopped node again, with what its disk kept; does nothing where it runs. Completes when the process
     * runs, not when it caught up.
     */
    CompletionStage<Void> restart(Node node);

    /**
     * Ends the node's process as who looks after it does: it is told to end and has a while for that. Completes when it is gone.
     */
    default CompletionStage<Void> stop(Node node) {
        return unsupported("a clean stop");
    }

    /** Makes the node's process stand still. */
    CompletionStage<Void> pause(Node node);

    /** Lets a paused process go on. */
    CompletionStage<Void> resume(Node node);

    /** Lets the links carry nothing, connections that stand included; nothing is reset. */
    CompletionStage<Void> cut(Set<Link> links);

    /** Lets the links carry again. */
    CompletionStage<Void> mend(Set<Link> links);

    /**
     * Makes another node the leader, as an operator or the store itself would when {@code leader} is lost. Completes with
     * the new leader once that one says that it is. {@code restart} brings the old one back.
     */
    default CompletionStage<Node> failOver(Node leader) {
        return unsupported("another leader");
    }

    /** Whether the node's process answers a question that needs no other node. */
    CompletionStage<Observation> answers(Node node);

    /**
     * Whether bytes sent on the link arrive at its end. A node at its end that is unable to answer is no evidence of that:
     * {@link Observation#unknown}.
     */
    CompletionStage<Observation> delivers(Link link);

    /**
     * Lets everything that is sent on the links from now on take this much longer.
     *
     * @param longer 0: as quick as ever
     */
    default CompletionStage<Void> slow(Set<Link> links, Duration longer) {
        return unsupported("slow links");
    }

    /**
     * Lets so many of a hundred messages on the links be lost, beside what is lost anyway.
     *
     * @param percent 0: no more than ever
     */
    default CompletionStage<Void> lose(Set<Link> links, int percent) {
        return unsupported("lossy links");
    }

    /**
     * Whether links carry bytes in their order and send again what is lost, as TCP does. What is lost is late then, and so is all
     * that is sent behind it, so that beside loss a link cannot be seen to be cut or slow. No, as by default, of messages each on its
     * own; {@link Target#sendsAgain} must say the same, or a run with loss is refused when it starts.
     */
    default boolean sendsAgain() {
        return false;
    }

    /**
     * Lets so many bytes a second pass on each of the links, on all connections together.
     *
     * @param bytesPerSecond 0: as many as ever
     */
    default CompletionStage<Void> throttle(Set<Link> links, long bytesPerSecond) {
        return unsupported("links on which little passes");
    }

    /**
     * Resets all connections over the links now and again and again; dialling anew works.
     *
     * @param every 0: none any more
     */
    default CompletionStage<Void> reset(Set<Link> links, Duration every) {
        return unsupported("connections that are reset");
    }

    /**
     * Lets so many of a hundred messages on the links arrive twice.
     *
     * @param percent 0: no more than ever
     */
    default CompletionStage<Void> duplicate(Set<Link> links, int percent) {
        return unsupported("links that duplicate");
    }

    /**
     * Lets the node's wall clock jump, and its clocks run at another rate from now on.
     *
     * @param jump forward; negative: back
     * @param partsPerMillion how much too fast; negative: too slow; 0: at its own rate
     */
    default CompletionStage<Void> disturbClock(Node node, Duration jump, int partsPerMillion) {
        return unsupported("clocks that go wrong");
    }

    /** Starts a process in the place of a crashed node's, on an empty disk. Completes when the process runs. */
    default CompletionStage<Void> replace(Node node) {
        return unsupported("a node with an empty disk in the place of another");
    }

    /** Starts a crashed node again with an older copy of its disk. Completes when the process runs. */
    default CompletionStage<Void> restore(Node node) {
        return unsupported("a node with an older copy of its disk");
    }

    /**
     * Ends the node's process, and lets the other nodes go on without it as a member of the cluster. Completes when they have
     * agreed on that.
     */
    default CompletionStage<Void> leave(Node node) {
        return unsupported("another membership of the cluster");
    }

    /**
     * Starts a process in the place of a node that left, on an empty disk, and lets it become a member again. Completes when the
     * process runs; the others may agree later.
     */
    default CompletionStage<Void> join(Node node) {
        return unsupported("another membership of the cluster");
    }

    /**
     * Whether the other nodes count the node among the members of the cluster. As by default {@link #answers}, for a store whose
     * members cannot be asked for.
     */
    default CompletionStage<Observation> isMember(Node node) {
        return answers(node);
    }

    /** Takes the node off the network, on which clients and other nodes reach it; its process goes on. */
    default CompletionStage<Void> disconnect(Node node) {
        return unsupported("a node that is off the network");
    }

    /** Brings a node back that was taken off the network. */
    default CompletionStage<Void> reconnect(Node node) {
        return unsupported("a node that is off the network");
    }

    /** Takes all the room of the node's disk. The node may end by that. */
    default CompletionStage<Void> fill(Node node) {
        return unsupported("a full disk");
    }

    /** Gives the room of a filled disk back, and starts the node again where it has ended. */
    default CompletionStage<Void> makeRoom(Node node) {
        return unsupported("a full disk");
    }

    /** Whether something can be written to the node's disk, whatever its process does. */
    default CompletionStage<Observation> hasRoom(Node node) {
        return unsupported("a full disk");
    }

    /** How the link carries a few dozen messages sent now. */
    default CompletionStage<LinkSample> sample(Link link) {
        return unsupported("a sample of what a link carries");
    }

    /**
     * How many of a few messages sent now are lost on the link. Where {@link #sendsAgain}, those that arrive when they were sent
     * again count as lost.
     */
    default CompletionStage<LinkSample> losses(Link link) {
        return sample(link);
    }

    /** How many bytes a second pass on the link now, where as many are sent as can be, for less than a second. */
    default CompletionStage<Long> bytesPerSecond(Link link) {
        return unsupported("the rate of a link");
    }

    /** Whether a connection over the link stands for most of a second. */
    default CompletionStage<Observation> stands(Link link) {
        return unsupported("a connection that is watched");
    }

    /**
     * How the link carries messages before it is slowed, so that the difference can be seen. Empty where that need not be
     * measured: samples of the link tell by themselves how much longer it takes than without a fault.
     */
    default CompletionStage<Optional<LinkSample>> usual(Link link) {
        return link.ofClients()
                ? CompletableFuture.completedStage(Optional.empty())
                : sample(link).thenApply(Optional::of);
    }

    /**
     * How far the node's wall clock is ahead of the run's, as exactly as the way of an answer allows. Two readings tell its rate,
     * the better the longer apart they are.
     */
    default CompletionStage<ClockReading> clockAhead(Node node) {
        return unsupported("the clock of a node");
    }

    private static <T> CompletionStage<T> unsupported(String what) {
        return CompletableFuture.failedStage(
                new UnsupportedOperationException("found a wish for " + what + ", which is not supported here"));
    }
}
