package dev.umpire.harness.cluster;

import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Request;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which node answers a request of a store with one leader. Used on the loop only. */
public final class ReadRouting {

    private final Reads reads;
    private final List<Node> nodes;
    private final Leadership leadership;
    private final KeyedRandom.Stream random;
    private final Map<Integer, Long> readsOfSession = new HashMap<>();

    /** Reads go where the policy says, everything else to the leader. */
    public ReadRouting(Reads reads, List<Node> nodes, Leadership leadership, KeyedRandom random) {
        this.reads = reads;
        this.nodes = List.copyOf(nodes);
        this.leadership = leadership;
        this.random = random.stream("route");
    }

    /**
     * The node that answers.
     *
     * @param session its number
     * @param home where the session is now
     */
    public Node route(Request request, int session, Node home) {
        if (request.at().isPresent()) {
            return request.at().get();
        }
        Node leader = leadership.now();
        if (!request.onlyReads()) {
            return leader;
        }
        return switch (reads) {
            case LEADER -> leader;
            case ANY_FOLLOWER, TOKEN -> home.equals(leader) ? anyReplica(leader, session) : home;
            case STICKY -> ownReplica(leader, session);
        };
    }

    private Node anyReplica(Node leader, int session) {
        List<Node> replicas =
                nodes.stream().filter(node -> !node.equals(leader)).toList();
        long index = readsOfSession.merge(session, 1L, Long::sum);
        return replicas.get(random.split(session).below(replicas.size(), index));
    }

    /** Counted over all nodes, so that a failover moves only the sessions of the node that now leads. */
    private Node ownReplica(Node leader, int session) {
        Node own = nodes.get(session % nodes.size());
        return own.equals(leader) ? nodes.get((session + 1) % nodes.size()) : own;
    }
}
