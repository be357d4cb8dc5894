package dev.umpire.targets.simulated.world;

import dev.umpire.harness.target.Node;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The levers that only the store itself has; each fails where the store has no such thing. */
public interface StoreLevers {

    /** Of a store that has none of them. */
    StoreLevers NONE = new StoreLevers() {};

    /** Makes another node the leader; completes with it. */
    default CompletionStage<Node> failOver(Node leader) {
        return refused("failover: found a store without one leader of all, expected one to be replaced");
    }

    /** Ends a node's process and lets the others go on without it. */
    default CompletionStage<Void> leave(Node node) {
        return refused(
                "membership: found a store whose members are always the same, expected one that can change them");
    }

    /** Lets a new node, with an empty disk, come in the place of one that left. */
    default CompletionStage<Void> join(Node node) {
        return leave(node);
    }

    private static <T> CompletionStage<T> refused(String why) {
        return CompletableFuture.failedStage(new IllegalStateException(why));
    }
}
