package dev.umpire.targets.cassandra;

import dev.umpire.harness.target.Node;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * How far the changes of each node's membership are. What one has reached that failed is kept, as the next one goes on from there;
 * and there is one of a node at a time, as two would destroy what the other has reached.
 *
 * <p>What was done with a disk may be told and asked on any thread; changes begin on the loop.
 */
final class MembershipChanges {

    private final Map<Node, JoinStep.Disk> disks = new ConcurrentHashMap<>();
    private final Map<Node, Change> latest = new HashMap<>();

    /** @param joins whether the node is to join, not to leave */
    private record Change(boolean joins, CompletableFuture<Void> end) {}

    /** What was done with the disk of a node. */
    JoinStep.Disk disk(Node node) {
        return disks.getOrDefault(node, JoinStep.Disk.LEFT);
    }

    /** Something was done with the disk of a node. */
    void tell(Node node, JoinStep.Disk done) {
        disks.put(node, done);
    }

    /** Whether nothing but a join may start the node: it is out, or is being taken out. */
    boolean awaitsJoin(Node node) {
        return disk(node) != JoinStep.Disk.LEFT;
    }

    /** Begins to take a node out, after a join of it that is under way; what is under way already is not begun again. */
    CompletionStage<Void> leave(Node node, Supplier<CompletionStage<Void>> steps) {
        return change(node, false, steps);
    }

    /** Begins to let a node join, as {@link #leave}. When it is done the disk is as any other. */
    CompletionStage<Void> join(Node node, Supplier<CompletionStage<Void>> steps) {
        return change(node, true, () -> steps.get().thenRun(() -> tell(node, JoinStep.Disk.LEFT)));
    }

    private CompletionStage<Void> change(Node node, boolean joins, Supplier<CompletionStage<Void>> steps) {
        Optional<Change> underWay =
                Optional.ofNullable(latest.get(node)).filter(one -> !one.end().isDone());
        if (underWay.filter(one -> one.joins() == joins).isPresent()) {
            return underWay.orElseThrow().end();
        }
        CompletableFuture<Void> end = underWay.map(Change::end)
                .orElseGet(() -> CompletableFuture.completedFuture(null))
                .handle((done, failure) -> 0)
                .thenCompose(over -> steps.get());
        latest.put(node, new Change(joins, end));
        return end;
    }
}
