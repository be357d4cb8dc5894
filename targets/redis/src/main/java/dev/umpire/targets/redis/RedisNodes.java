package dev.umpire.targets.redis;

import dev.umpire.harness.cluster.NodePorts;
import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.target.Node;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/** The nodes of a cluster as they can be asked, whoever runs them. */
record RedisNodes(Environment environment, RedisSettings settings, List<Node> nodes, NodePorts ports, KeyNames keys) {

    /** The bound of every question to a node. */
    static final int QUESTION_MILLIS = 500;

    RedisNodes {
        nodes = List.copyOf(nodes);
    }

    /** Asks a node a question of its own; empty if it does not answer within the bound. */
    <T> CompletionStage<Optional<T>> ask(Node node, Function<Jedis, T> question) {
        int port = ports.direct(node);
        return environment.blocking("ask-" + node, () -> {
            try (Jedis jedis = new Sockets().connect(port, QUESTION_MILLIS)) {
                return Optional.of(question.apply(jedis));
            } catch (JedisException noAnswer) {
                return Optional.empty();
            }
        });
    }

    /** Asks a node for its replication; empty if it does not answer, or is loading its data. */
    CompletionStage<Optional<Replication>> replication(Node node) {
        return ask(node, jedis -> Replication.parse(jedis.info("replication")));
    }
}
