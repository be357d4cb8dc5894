package dev.umpire.harness.cluster;

import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.launcher.Diallers;
import dev.umpire.harness.launcher.Launcher;
import dev.umpire.harness.launcher.LinkProxy;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.Node;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * The links between all nodes of a cluster: a port of a proxy for each ordered pair of a dialling node and a listening one,
 * because after a failover anybody may dial anybody; and one for each node that all others dial, for stores that tell all nodes
 * the same port of each. Its levers are used on the loop; ports may be asked for anywhere.
 */
public final class NodeLinks {

    private static final String THREAD = "launcher-links";

    private final LinkProxy proxy;
    private final Map<Node, Integer> listening;
    private final Map<Link, Integer> dials;
    private final Map<Node, Integer> advertised;
    private final Set<Link> cut = new HashSet<>();
    private final Set<Link> isolating = new HashSet<>();

    private NodeLinks(
            LinkProxy proxy, Map<Node, Integer> listening, Map<Link, Integer> dials, Map<Node, Integer> advertised) {
        this.proxy = proxy;
        this.listening = Map.copyOf(listening);
        this.dials = Map.copyOf(dials);
        this.advertised = Map.copyOf(advertised);
    }

    /**
     * Opens the links of nodes that are on this machine. Blocks.
     *
     * @param ports where each node listens, or will
     */
    public static NodeLinks open(Launcher launcher, Map<Node, Integer> ports) throws IOException {
        return open(launcher, ports, InetAddress.getLoopbackAddress());
    }

    /**
     * Opens the links of nodes that are in containers, whose ports are published at the loopback address. Blocks.
     *
     * @param ports where each node is published, or will be
     * @param address of this machine at which nodes dial one another
     */
    public static NodeLinks open(Launcher launcher, Map<Node, Integer> ports, InetAddress address) throws IOException {
        LinkProxy proxy = launcher.linkProxy(address);
        Map<Node, Integer> advertised = listen(proxy, ports, NodeLinks::processes, false);
        return new NodeLinks(proxy, ports, listenBetween(proxy, ports), advertised);
    }

    /** The port at which one node dials another: the proxy's, not the node's own. */
    public int dial(Node from, Node to) {
        Integer port = dials.get(new Link(from, to));
        if (port == null) {
            throw new IllegalArgumentException(
                    "link: found " + from + "→" + to + ", expected one of " + dials.keySet());
        }
        return port;
    }

    /**
     * The port at which all others dial a node: the proxy's, not the node's own. Who dials is told by the process that holds
     * the socket, which must have the name of its node.
     */
    public int advertised(Node node) {
        return node.in(advertised);
    }

    /** The port at which a node itself listens for the others. */
    public int listening(Node node) {
        return node.in(listening);
    }

    /**
     * Lets all others dial another port of each node over the same links, for stores in which nodes have two kinds of
     * conversation. Blocks.
     *
     * @param ports where each node listens, or will
     * @return the port at which all others dial each node, as with {@link #advertised}
     */
    public Map<Node, Integer> advertiseToo(Map<Node, Integer> ports) throws IOException {
        return listen(proxy, ports, NodeLinks::processes, false);
    }

    /**
     * The same for nodes with an address each, such as containers. Blocks.
     *
     * @param same whether each is dialled at its own port, for stores whose nodes tell each other an address alone
     * @param diallers the node that dials from an address; empty: nobody, whose connection is reset
     * @return the port at which all others dial each node
     * @throws IOException if its own port is taken at the address at which nodes dial one another
     */
    public Map<Node, Integer> advertiseToo(
            Map<Node, Integer> ports, boolean same, Function<InetAddress, Optional<Node>> diallers) throws IOException {
        return listen(
                proxy,
                ports,
                node -> Diallers.addresses(
                        node.name(), from -> diallers.apply(from).map(Node::name)),
                same);
    }

    /**
     * Lets all others dial another port of each node over the same links at the address at which nodes dial one another, while
     * the node listens at the same port of an address of its own: for stores whose nodes tell each other that port and take the
     * address from which they are called. Blocks.
     *
     * @param listening where each node listens, or will: addresses of this machine
     * @throws IOException if a port is taken at the address at which nodes dial one another
     */
    public void advertiseSame(Map<Node, InetSocketAddress> listening) throws IOException {
        for (Map.Entry<Node, InetSocketAddress> one : listening.entrySet()) {
            InetSocketAddress at =
                    new InetSocketAddress(proxy.address(), one.getValue().getPort());
            proxy.listen(processes(one.getKey()), one.getValue(), at);
        }
    }

    /**
     * Lets all others dial each node over the same links at another address and its own port, for stores whose nodes tell
     * each other an address alone. Blocks.
     *
     * @param addresses of this machine; a node itself listens at none of them
     * @throws IOException if its port is taken there
     */
    public void advertiseAt(Map<Node, InetAddress> addresses) throws IOException {
        for (Map.Entry<Node, InetAddress> one : addresses.entrySet()) {
            int port = listening(one.getKey());
            proxy.listen(processes(one.getKey()), loopback(port), new InetSocketAddress(one.getValue(), port));
        }
    }

    /**
     * Lets each node dial each other one over the same links at an address of the link's own and the other's own port, for
     * stores whose nodes all have the same list of names and ports: at each node a name may lead to another address. Blocks.
     *
     * @param ports where each node listens, or will
     * @param address of this machine at which the node at the start of a link dials the one at its end; another one for each
     *     link, and no node listens at it
     * @throws IOException if a port is taken there
     */
    public void dialAt(Map<Node, Integer> ports, Function<Link, InetAddress> address) throws IOException {
        for (Link link : dials.keySet()) {
            int port = link.to().in(ports);
            proxy.listen(Diallers.of(way(link)), loopback(port), new InetSocketAddress(address.apply(link), port));
        }
    }

    private static Map<Link, Integer> listenBetween(LinkProxy proxy, Map<Node, Integer> ports) throws IOException {
        Map<Link, Integer> dials = new HashMap<>();
        for (Node from : ports.keySet()) {
            for (Map.Entry<Node, Integer> to : ports.entrySet()) {
                if (!from.equals(to.getKey())) {
                    Link link = new Link(from, to.getKey());
                    dials.put(link, proxy.listen(way(link), to.getValue()));
                }
            }
        }
        return dials;
    }

    /** @param same whether each node is dialled at its own port, at the address of the proxy */
    private static Map<Node, Integer> listen(
            LinkProxy proxy, Map<Node, Integer> ports, Function<Node, Diallers> who, boolean same) throws IOException {
        Map<Node, Integer> told = new HashMap<>();
        for (Map.Entry<Node, Integer> one : ports.entrySet()) {
            InetSocketAddress at = new InetSocketAddress(proxy.address(), same ? one.getValue() : 0);
            told.put(one.getKey(), proxy.listen(who.apply(one.getKey()), loopback(one.getValue()), at));
        }
        return Map.copyOf(told);
    }

    private static Diallers processes(Node listening) {
        return Diallers.processes(listening.name());
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** These kinds, and those that strike what lies between clients and nodes that {@link #toClients} lets be reached. */
    public static Set<FaultKind> andOfClients(Set<FaultKind> kinds) {
        Set<FaultKind> all = EnumSet.copyOf(kinds);
        for (FaultKind kind : FaultKind.values()) {
            if (kind.ofClients()) {
                all.add(kind);
            }
        }
        return all;
    }

    /**
     * These kinds, and those that make links poor on which bytes are carried in their order, where links can be cut. To a store
     * lossy and narrow links are such as are cut for a while. What a reset throws away, which a cut does not, a store must send
     * again, as after a cut that outlasts its timeouts.
     */
    public static Set<FaultKind> andPoorLinks(Set<FaultKind> kinds) {
        Set<FaultKind> all = EnumSet.copyOf(kinds);
        if (kinds.contains(FaultKind.PARTITION)) {
            all.addAll(EnumSet.of(FaultKind.LOSS, FaultKind.THROTTLE, FaultKind.RESET));
        }
        return Collections.unmodifiableSet(all);
    }

    /** As {@link #toClients(Set, Map)}, for stores whose nodes listen for sessions and for one another at the same port. */
    public NodePorts toClients(Set<FaultKind> faults) throws IOException {
        return toClients(faults, listening);
    }

    /**
     * Where sessions dial the nodes: past the proxy if something may strike what lies between, and else straight, so that only
     * runs with such a fault pay for it. What the harness asks itself always goes straight. Blocks.
     *
     * @param faults what may strike
     * @param ports where each node listens for sessions, or will
     */
    public NodePorts toClients(Set<FaultKind> faults, Map<Node, Integer> ports) throws IOException {
        Map<Node, Integer> straight = Map.copyOf(ports);
        if (faults.stream().noneMatch(FaultKind::ofClients)) {
            return NodePorts.of(node -> node.in(straight));
        }
        Map<Node, Integer> struck =
                listen(proxy, straight, node -> Diallers.of(way(new Link(Node.CLIENTS, node))), false);
        return new NodePorts() {
            @Override
            public int client(Node node) {
                return node.in(struck);
            }

            @Override
            public int direct(Node node) {
                return node.in(straight);
            }
        };
    }

    /** Lets these links carry nothing. */
    public CompletionStage<Void> cut(Environment environment, Set<Link> links) {
        cut.addAll(links);
        return set(environment, links, LinkProxy.Mode.HOLE);
    }

    /** Lets these links carry again what they can, unless {@link #isolate} has them. */
    public CompletionStage<Void> mend(Environment environment, Set<Link> links) {
        cut.removeAll(links);
        return set(environment, without(links, isolating), LinkProxy.Mode.PASS);
    }

    /** Whether no link is to carry nothing now, so that each node can be awaited to meet the others. */
    public boolean whole() {
        return cut.isEmpty() && isolating.isEmpty();
    }

    /** Lets the links from and to a node carry nothing until {@link #readmit}, whatever is cut and mended meanwhile. */
    public CompletionStage<Void> isolate(Environment environment, Node node) {
        Set<Link> around = around(node);
        isolating.addAll(around);
        return set(environment, around, LinkProxy.Mode.HOLE);
    }

    /** Undoes {@link #isolate}; what is cut for another reason stays cut. */
    public CompletionStage<Void> readmit(Environment environment, Node node) {
        Set<Link> around = around(node);
        isolating.removeAll(around);
        return set(environment, without(around, cut), LinkProxy.Mode.PASS);
    }

    /**
     * Lets what these links carry from now on take longer.
     *
     * @param longer 0: as quick as ever
     */
    public CompletionStage<Void> slow(Environment environment, Set<Link> links, Duration longer) {
        List<LinkProxy.Way> ways = ways(links);
        return pull(environment, () -> proxy.slow(ways, longer));
    }

    /**
     * Lets some of what these links carry from now on be lost, as {@link LinkProxy#lose} says; the random of the environment decides
     * what.
     *
     * @param percent 0: no more than ever
     */
    public CompletionStage<Void> lose(Environment environment, Set<Link> links, int percent) {
        Map<LinkProxy.Way, KeyedRandom.Stream> ways = new HashMap<>();
        links.forEach(link -> ways.put(way(link), environment.random().stream("cluster/loss/" + link)));
        return pull(environment, () -> proxy.lose(ways, percent));
    }

    /**
     * Lets so many bytes a second pass on each of these links, as {@link LinkProxy#throttle} says.
     *
     * @param bytesPerSecond 0: as many as ever
     */
    public CompletionStage<Void> throttle(Environment environment, Set<Link> links, long bytesPerSecond) {
        List<LinkProxy.Way> ways = ways(links);
        return pull(environment, () -> proxy.throttle(ways, bytesPerSecond));
    }

    /**
     * Resets all connections that use these links now and again and again.
     *
     * @param every 0: none any more
     */
    public CompletionStage<Void> reset(Environment environment, Set<Link> links, Duration every) {
        List<LinkProxy.Way> ways = ways(links);
        return pull(environment, () -> proxy.reset(ways, every));
    }

    /** Something by which a link is measured, until it is closed. Blocks. */
    LinkGauge gauge(Environment environment, Link link) throws IOException {
        return LinkGauge.open(environment, proxy, link, way(link));
    }

    /** Ends the proxy. */
    public void close() {
        proxy.close();
    }

    private Set<Link> around(Node node) {
        Set<Link> around = new HashSet<>(dials.keySet());
        around.removeIf(link -> !link.from().equals(node) && !link.to().equals(node));
        return around;
    }

    private CompletionStage<Void> set(Environment environment, Set<Link> links, LinkProxy.Mode mode) {
        List<LinkProxy.Way> ways = ways(links);
        return pull(environment, () -> proxy.set(ways, mode));
    }

    private static CompletionStage<Void> pull(Environment environment, Runnable lever) {
        return environment.blocking(THREAD, () -> {
            lever.run();
            return null;
        });
    }

    private static Set<Link> without(Set<Link> links, Set<Link> others) {
        Set<Link> left = new HashSet<>(links);
        left.removeAll(others);
        return left;
    }

    private static List<LinkProxy.Way> ways(Set<Link> links) {
        return links.stream().map(NodeLinks::way).toList();
    }

    private static LinkProxy.Way way(Link link) {
        return new LinkProxy.Way(link.from().name(), link.to().name());
    }
}
