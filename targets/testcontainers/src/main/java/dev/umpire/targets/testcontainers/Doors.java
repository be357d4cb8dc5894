package dev.umpire.targets.testcontainers;

import dev.umpire.harness.cluster.Holdings;
import dev.umpire.harness.cluster.NodeLinks;
import dev.umpire.harness.target.Node;
import java.io.IOException;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where the nodes of a cluster are reached; never changes.
 *
 * @param client the port for clients inside of each container
 * @param same whether ports for other nodes are the same inside, published, and dialled
 * @param published by port inside of each container: where that is published at the loopback address
 * @param advertised by port inside of each container that is for other nodes: where all of them dial each node
 * @param gateway at which nodes dial one another
 * @param links between nodes
 */
record Doors(
        int client,
        boolean same,
        Map<Integer, Map<Node, Integer>> published,
        Map<Integer, Map<Node, Integer>> advertised,
        String gateway,
        NodeLinks links) {

    /** Takes ports for all nodes and opens the links between them. Blocks. */
    static Doors open(
            ContainerStore store, List<Node> nodes, EngineNetwork network, Diallers diallers, Holdings holdings)
            throws IOException {
        Map<Integer, Map<Node, Integer>> published = new LinkedHashMap<>();
        published.put(store.port(), holdings.ports(nodes));
        for (int inside : store.peerPorts()) {
            if (!published.containsKey(inside)) {
                published.put(inside, holdings.ports(nodes));
            }
        }
        String gateway = network.gateway();
        NodeLinks links = holdings.links(of(published, store.peerPorts().get(0)), InetAddress.getByName(gateway));
        Map<Integer, Map<Node, Integer>> advertised = new LinkedHashMap<>();
        for (int inside : store.peerPorts()) {
            advertised.put(
                    inside, links.advertiseToo(of(published, inside), store.listensWhereDialled(), diallers::at));
        }
        return new Doors(store.port(), store.listensWhereDialled(), published, advertised, gateway, links);
    }

    /** Where clients reach each node. */
    Map<Node, Integer> clients() {
        return of(published, client);
    }

    /** Where clients reach a node. */
    int client(Node node) {
        return of(clients(), node);
    }

    /** Where each port of a node is published, by the port at which it listens. */
    Map<Integer, Integer> published(Node node) {
        return published.entrySet().stream()
                .collect(Collectors.toMap(
                        ports -> same && ports.getKey() != client ? of(ports.getValue(), node) : ports.getKey(),
                        ports -> of(ports.getValue(), node)));
    }

    /** Where all others dial a port of a node. */
    int advertised(Node node, int inside) {
        return of(of(advertised, inside), node);
    }

    private static <K, V> V of(Map<K, V> map, K key) {
        return Optional.ofNullable(map.get(key))
                .orElseThrow(() -> new IllegalArgumentException("found " + key + ", expected one of " + map.keySet()));
    }
}
