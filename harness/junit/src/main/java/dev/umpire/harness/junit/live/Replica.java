package dev.umpire.harness.junit.live;

import dev.umpire.harness.environment.Polling;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Observation;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One replica of a cluster, as one waits for it. */
public final class Replica {
    private final LiveCluster cluster;
    private final Node node;

    Replica(LiveCluster cluster, Node node) {
        this.cluster = cluster;
        this.node = node;
    }

    /** Its name. */
    public String name() {
        return node.name();
    }

    /**
     * That it has everything that another replica has now, each time it is asked.
     *
     * @param other the name of the other
     * @throws IllegalArgumentException if there is no such node
     */
    public Condition caughtUpWith(String other) {
        Node model = cluster.node(other);
        return cluster.watched(
                new Condition("that " + node + " has caught up with " + model, () -> seen(model), cluster::letPass) {});
    }

    private Polling.Seen seen(Node model) {
        Map<Node, Long> progress = cluster.ask("how far each replica is", running -> running.progress());
        Long own = progress.get(node);
        Long its = progress.get(model);
        return new Polling.Seen(own != null && its != null && own >= its, told(node, own) + ", " + told(model, its));
    }

    private static String told(Node replica, @Nullable Long place) {
        return place == null ? replica + " tells nothing" : replica + " is at " + place;
    }

    /** That its process answers a question that needs no other node. */
    public Condition answers() {
        Supplier<Polling.Seen> question = () -> {
            Observation seen = cluster.ask(
                    "whether " + node + " answers", running -> running.faults().answers(node));
            return new Polling.Seen(seen.positive(), seen.evidence());
        };
        return cluster.watched(new Condition("that " + node + " answers", question, cluster::letPass) {});
    }
}
