package dev.umpire.harness.target;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A store that runs. All methods are called on the loop. */
public interface Cluster {

    /** The nodes, in the order of their names; never changes. */
    List<Node> nodes();

    /**
     * The version of the store, as it reports it itself: {@code 7.0.15}. Empty, as by default, where there is none to report,
     * and where its nodes do not answer.
     */
    default CompletionStage<Optional<String>> version() {
        return CompletableFuture.completedStage(Optional.empty());
    }

    /** The node that takes writes now, as the nodes themselves say; empty if there is none or several claim it. */
    CompletionStage<Optional<Node>> leader();

    /**
     * Connects a session.
     *
     * @param home the node at which the session is now; the target's read routing decides what that means
     */
    Client connect(Session session, Node home);

    FaultControl faults();

    /** Asks every replica how far it is. Called repeatedly after the last heal, until it is reached. */
    CompletionStage<Convergence> convergence();

    /**
     * Asks every replica whether it takes part and has made good what it missed while it was away, as far as that can be told while
     * sessions go on writing. As by default {@link #convergence}, which a store that is written to may seldom reach.
     */
    default CompletionStage<Convergence> restored() {
        return convergence();
    }

    /**
     * How far each replica is in the one order of the store's writes; greater is further. Who does not answer, or follows
     * another order than the leader, is left out.
     *
     * <p>Fails, as by default, where the store has no such order or does not tell.
     */
    default CompletionStage<Map<Node, Long>> progress() {
        return CompletableFuture.failedStage(new UnsupportedOperationException(
                "found a wish to know how far each replica is, which this store does not tell"));
    }

    /** Stops every node and removes everything that was started, whatever state it is in. */
    CompletionStage<Void> stop();
}
