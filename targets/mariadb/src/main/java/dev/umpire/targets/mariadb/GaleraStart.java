package dev.umpire.targets.mariadb;

import dev.umpire.harness.cluster.DataFolders;
import dev.umpire.harness.cluster.Holdings;
import dev.umpire.harness.cluster.NodeClocks;
import dev.umpire.harness.cluster.NodeLinks;
import dev.umpire.harness.cluster.StartAttempts;
import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.environment.Polling;
import dev.umpire.harness.launcher.Command;
import dev.umpire.harness.launcher.NodeProcess;
import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.StartContext;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * Starts a Galera cluster as one that comes back after a power failure: the first node founds it alone, gets the tables and
 * ends; the others are copies; and all start by the same commands as later after a crash, each with the members of the cluster
 * on its disk.
 *
 * <p>So no node needs to be sent the state of another at the start, which takes 4 s for each, and none is ever told again to
 * found a cluster, which would be a second one beside that of the others.
 *
 * <p>A node tells the others the port at which it listens for the group, and they take the address from which it called, for
 * themselves and to tell it to one another. So a node listens at an address of its own, 127.0.0.2 the first, and at the same port
 * of the loopback address is a proxy, which all others dial and from which they are called.
 */
final class GaleraStart {

    private static final long READY_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final Duration TO_END = Duration.ofSeconds(20);
    private static final String PORT_TAKEN = "Address already in use";

    /**
     * The number of the node is in the first part: what begins alike is taken for one member that was started again, and a restart
     * would drive out the others.
     */
    private static final String MEMBER = "6d6172%1$02x-6164-11e0-8062-6d61726961%1$02x";

    private final StartContext context;
    private final Environment environment;
    private final MariadbSettings settings;
    private final List<Node> nodes;
    private final Map<Node, MariadbNode> started = new ConcurrentHashMap<>();
    private final Holdings holdings;
    private final NodeClocks clocks;

    /**
     * Where a node is reached by the others, at the loopback address.
     *
     * @param group where it hears of write sets; a proxy's
     * @param missed where it gets the write sets that it missed; a proxy's
     * @param copy where it gets a copy of all; its own
     */
    private record Ports(int group, int missed, int copy) {}

    private GaleraStart(StartContext context, MariadbSettings settings, Holdings holdings) {
        this.context = context;
        this.environment = context.environment();
        this.settings = settings;
        this.nodes = context.nodes();
        this.holdings = holdings;
        this.clocks = new NodeClocks(context, holdings);
    }

    static CompletionStage<Cluster> start(StartContext context, MariadbSettings settings) {
        return StartAttempts.start(context, PORT_TAKEN, holdings -> new GaleraStart(context, settings, holdings).run());
    }

    private CompletionStage<Cluster> run() {
        return environment.blocking("launcher", this::prepare).thenCompose(this::begin);
    }

    /** Nothing runs yet but the founder. */
    private record Prepared(Servers servers, GaleraLibrary library, Map<Node, Ports> ports, Layout layout) {}

    private Prepared prepare() throws IOException {
        DataFolders dataFolders = new DataFolders(context, holdings, Servers.DISK_BYTES);
        Servers servers = Servers.find(context, dataFolders, settings);
        GaleraLibrary library = GaleraLibrary.find(context.launcher(), settings.provider());
        Map<Node, Ports> ports = new LinkedHashMap<>();
        for (Node node : nodes) {
            ports.put(node, new Ports(holdings.port(), holdings.port(), holdings.port()));
        }
        NodeLinks links = holdings.links(holdings.ports(nodes));
        // who may call a node's proxy must have let go of its port before
        ports.values().forEach(own -> holdings.release(own.group(), own.missed()));
        links.advertiseSame(listening(ports, Ports::group));
        links.advertiseSame(listening(ports, Ports::missed));
        Layout layout = new Layout(
                environment, settings, nodes, started, links, links.toClients(context.faults()), dataFolders);
        Prepared prepared = new Prepared(servers, library, ports, layout);
        Node founder = nodes.get(0);
        Path data = servers.make(founder);
        started.put(founder, new MariadbNode(port(prepared, founder), data, found(prepared, founder, data)));
        return prepared;
    }

    private NodeProcess found(Prepared prepared, Node founder, Path data) throws IOException {
        release(prepared, founder);
        List<String> arguments = new ArrayList<>(replicating(prepared, founder));
        arguments.add("--wsrep-new-cluster");
        return holdings.start(prepared.servers().server(founder, data, port(prepared, founder), arguments));
    }

    private CompletionStage<Cluster> begin(Prepared prepared) {
        Node founder = nodes.get(0);
        NodeProcess process = prepared.layout().at(founder).process();
        MariadbNodes mariadb = prepared.layout().mariadb();
        return process.explaining(Polling.until(environment, founder + " to found a cluster", READY_NANOS, () -> {
                    process.requireAlive();
                    return GaleraStanding.ready(mariadb, founder);
                }))
                .thenCompose(founded -> environment.blocking("launcher", () -> startAll(prepared)))
                .thenCompose(all -> process.explaining(Polling.until(
                        environment, "every node to be a member that is ready", READY_NANOS, () -> {
                            started.values().forEach(node -> node.process().requireAlive());
                            return GaleraStanding.ready(mariadb);
                        })))
                .thenApply(ready ->
                        MariadbCluster.of(prepared.layout(), new GaleraFaults(prepared.layout(), clocks), holdings));
    }

    /** Ends the founder, so that its data can be copied, and starts all. */
    private Layout startAll(Prepared prepared) throws IOException {
        Node founder = nodes.get(0);
        MariadbNode known = prepared.layout().at(founder);
        prepared.layout().sql().tell(founder, MariadbDialect.SCHEMA.toArray(String[]::new));
        known.process().end("TERM", TO_END);
        List<Path> folders = prepared.servers().copies(known.data());
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            Path data = folders.get(i);
            rememberMembers(node, data);
            int port = port(prepared, node);
            Command server = clocks.of(node, prepared.servers().server(node, data, port, replicating(prepared, node)));
            if (node.equals(founder)) {
                known.process().restart(server);
            } else {
                release(prepared, node);
                started.put(node, new MariadbNode(port, data, holdings.start(server)));
            }
        }
        return prepared.layout();
    }

    /** What a node has on its disk of the last cluster that it was a member of: {@code gvwstate.dat}. */
    private void rememberMembers(Node node, Path data) throws IOException {
        List<String> members = new ArrayList<>();
        for (int i = 1; i <= nodes.size(); i++) {
            members.add(MEMBER.formatted(i));
        }
        String text = "my_uuid: " + members.get(nodes.indexOf(node)) + "\n#vwbeg\nview_id: 3 " + members.get(0) + " 1\n"
                + "bootstrap: 0\n"
                + members.stream().map(member -> "member: " + member + " 0\n").collect(Collectors.joining())
                + "#vwend\n";
        Path file = data.resolve("gvwstate.dat");
        Files.writeString(file, text);
        // the server's user is another one than that of the harness, where that is root
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }

    private static int port(Prepared prepared, Node node) {
        return prepared.layout().links().listening(node);
    }

    private void release(Prepared prepared, Node node) {
        Ports ports = ports(prepared, node);
        holdings.release(port(prepared, node), ports.copy());
    }

    private Map<Node, InetSocketAddress> listening(Map<Node, Ports> ports, ToIntFunction<Ports> port) {
        Map<Node, InetSocketAddress> all = new LinkedHashMap<>();
        ports.forEach((node, own) -> all.put(node, new InetSocketAddress(address(node), port.applyAsInt(own))));
        return all;
    }

    /** Where a node listens for the group; it calls the others from there too. */
    private String address(Node node) {
        return "127.0.0." + (nodes.indexOf(node) + 2);
    }

    private static Ports ports(Prepared prepared, Node node) {
        return node.in(prepared.ports());
    }

    private List<String> replicating(Prepared prepared, Node node) {
        Ports own = ports(prepared, node);
        String others = nodes.stream()
                .filter(other -> !other.equals(node))
                .map(other -> "127.0.0.1:" + ports(prepared, other).group())
                .collect(Collectors.joining(","));
        String options = String.join(
                ";",
                "gmcast.listen_addr=tcp://" + address(node) + ":" + own.group(),
                "base_host=127.0.0.1",
                "base_port=" + own.group(),
                "ist.recv_addr=127.0.0.1:" + own.missed(),
                "ist.recv_bind=" + address(node) + ":" + own.missed(),
                "gcache.size=32M",
                // a node that is silent is given up after a second, as what strikes it lasts little longer
                "gmcast.time_wait=PT0.5S",
                "evs.suspect_timeout=PT1S",
                "evs.inactive_timeout=PT3S",
                "evs.install_timeout=PT1.5S",
                "evs.keepalive_period=PT0.2S",
                "evs.join_retrans_period=PT0.2S",
                "evs.inactive_check_period=PT0.1S");
        return List.of(
                "--innodb-autoinc-lock-mode=2",
                "--wsrep-on=ON",
                "--wsrep-provider=" + prepared.library().provider(),
                "--wsrep-cluster-name=umpire",
                "--wsrep-cluster-address=gcomm://" + others,
                "--wsrep-node-name=" + node,
                "--wsrep-node-address=127.0.0.1",
                // one that is sent a copy tells the others AUTO otherwise, by which it is known to nobody
                "--wsrep-node-incoming-address=127.0.0.1:" + port(prepared, node),
                "--wsrep-provider-options=" + options,
                "--wsrep-sst-method=rsync",
                "--wsrep-sst-receive-address=127.0.0.1:" + own.copy());
    }
}
