package dev.umpire.harness.target;

import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * The levers of a cluster, and the two questions by which each fault is probed.
 *
 * <p>Levers complete when the store or the network was told. Whether it took hold is asked by {@link #answers} and
 * {@link #delivers}, which send traffic of their own and never look at what the levers did; each is bounded by the
 * implementation to about a second. All are called on the loop.
 */
public interface FaultControl {

    /** Ends the node's process without warning. */
    CompletionStage<Void> crash(Node node);

    /** Starts a crashed node again, with what its disk kept. Completes when the process runs, not when it caught up. */
    CompletionStage<Void> restart(Node node);

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
    CompletionStage<Node> failOver(Node leader);

    /** Whether the node's process answers a question that needs no other node. */
    CompletionStage<Observation> answers(Node node);

    /** Whether bytes sent on the link arrive at its end. The node at its end may be unable to answer: say so. */
    CompletionStage<Observation> delivers(Link link);
}
