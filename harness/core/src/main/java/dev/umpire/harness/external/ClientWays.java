package dev.umpire.harness.external;

import dev.umpire.harness.cluster.NodePorts;
import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.launcher.Diallers;
import dev.umpire.harness.launcher.LinkProxy;
import dev.umpire.harness.launcher.Rewriting;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.Node;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The ways of a run's clients to nodes that are anywhere, and those of its questions, which are never struck. */
final class ClientWays implements NodePorts {

    private static final String THREAD = "launcher-links";
    private static final String QUESTIONS = "questions";

    private final LinkProxy proxy;
    private final Map<Node, InetSocketAddress> nodes;
    private final Map<Node, Integer> clients = new HashMap<>();
    private final Map<Node, Integer> questions = new HashMap<>();

    /** Opens them. Blocks. */
    ClientWays(LinkProxy proxy, Map<Node, InetSocketAddress> nodes) throws IOException {
        this.proxy = proxy;
        this.nodes = Map.copyOf(nodes);
        for (Map.Entry<Node, InetSocketAddress> one : nodes.entrySet()) {
            Node node = one.getKey();
            clients.put(node, proxy.listen(ofClients(node), one.getValue()));
            questions.put(node, proxy.listen(Diallers.of(new LinkProxy.Way(QUESTIONS, node.name())), one.getValue()));
        }
    }

    private static Diallers ofClients(Node node) {
        return Diallers.of(way(new Link(Node.CLIENTS, node)));
    }

    /**
     * Opens other ports of the clients' ways, at which answers are rewritten. Blocks.
     *
     * @param rewriting for each connection, made with all of these ports
     */
    NodePorts rewriting(Function<NodePorts, Rewriting> rewriting) throws IOException {
        Map<Node, Integer> opened = new ConcurrentHashMap<>();
        NodePorts ports = new NodePorts() {
            @Override
            public int client(Node node) {
                return node.in(opened);
            }

            @Override
            public int direct(Node node) {
                return ClientWays.this.direct(node);
            }
        };
        for (Map.Entry<Node, InetSocketAddress> one : nodes.entrySet()) {
            Node node = one.getKey();
            opened.put(node, proxy.listen(ofClients(node), one.getValue(), () -> rewriting.apply(ports)));
        }
        return ports;
    }

    private static LinkProxy.Way way(Link link) {
        return new LinkProxy.Way(link.from().name(), link.to().name());
    }

    @Override
    public int client(Node node) {
        return node.in(clients);
    }

    @Override
    public int direct(Node node) {
        return node.in(questions);
    }

    CompletionStage<Void> set(Environment environment, Set<Link> links, LinkProxy.Mode mode) {
        List<LinkProxy.Way> ways = links.stream().map(ClientWays::way).toList();
        return environment.blocking(THREAD, () -> {
            proxy.set(ways, mode);
            return null;
        });
    }

    CompletionStage<Void> slow(Environment environment, Set<Link> links, Duration longer) {
        List<LinkProxy.Way> ways = links.stream().map(ClientWays::way).toList();
        return environment.blocking(THREAD, () -> {
            proxy.slow(ways, longer);
            return null;
        });
    }
}
