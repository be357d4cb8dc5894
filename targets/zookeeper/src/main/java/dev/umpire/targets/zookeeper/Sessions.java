package dev.umpire.targets.zookeeper;

import dev.umpire.harness.target.Node;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * The sessions of ZooKeeper that one session of a workload has: one with each server that it has asked. An application would
 * keep them over failed requests, as what ZooKeeper promises to a client it promises to its session. Used on the loop.
 */
final class Sessions {

    private final ZooKeeperNodes zookeeper;
    private final int session;
    private final Map<Node, ServerSession> byNode = new HashMap<>();

    Sessions(ZooKeeperNodes zookeeper, int session) {
        this.zookeeper = zookeeper;
        this.session = session;
    }

    /** The one with a server; a new one where there is none that lives. */
    ServerSession with(Node node) {
        ServerSession known = byNode.get(node);
        if (known != null && known.lives()) {
            return known;
        }
        ServerSession opened = new ServerSession(zookeeper, node);
        byNode.put(node, opened);
        return opened;
    }

    /** Ends them all. */
    CompletionStage<Void> close() {
        List<ServerSession> open = List.copyOf(byNode.values());
        byNode.clear();
        return zookeeper.environment().blocking("sessions-" + session, () -> {
            for (ServerSession one : open) {
                one.close();
            }
            return null;
        });
    }
}
