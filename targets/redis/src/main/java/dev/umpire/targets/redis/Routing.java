package dev.umpire.targets.redis;

import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Request;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which node answers a request. Used on the loop only. */
final class Routing {

    private final RedisSettings.Reads reads;
    private final List<Node> nodes;
    private final RedisCluster.Leadership leadership;
    private final KeyedRandom.Stream random;
    private final Map<Integer, Long> readsOfSession = new HashMap<>();

    Routing(RedisSettings.Reads reads, List<Node> nodes, RedisCluster.Leadership leadership, KeyedRandom random) {
        this.reads = reads;
        this.nodes = List.copyOf(nodes);
        this.leadership = leadership;
        this.random = random.stream("redis/route");
    }

    Node route(Request request, int session, Node home) {
        if (request.at().isPresent()) {
            return request.at().get();
        }
        Node leader = leadership.now();
        if (request.function().equals(Request.WRITE)) {
            return leader;
        }
        return switch (reads) {
            case LEADER -> leader;
            case ANY_FOLLOWER -> home.equals(leader) ? anyReplica(leader, session) : home;
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
