package dev.umpire.targets.testcontainers;

import dev.umpire.harness.cluster.Holdings;
import dev.umpire.harness.cluster.NodeLinks;
import dev.umpire.harness.cluster.Reads;
import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.environment.Polling;
import dev.umpire.harness.launcher.Command;
import dev.umpire.harness.launcher.Launcher;
import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.StartContext;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** One try to start a cluster. */
final class ContainersStart {
    private static final long READY_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final StartContext context;
    private final Environment environment;
    private final ContainerStore store;
    private final Reads reads;
    private final Holdings holdings;

    /** @param holdings takes what is started */
    ContainersStart(StartContext context, ContainerStore store, Reads reads, Holdings holdings) {
        this.context = context;
        this.environment = context.environment();
        this.store = store;
        this.reads = reads;
        this.holdings = holdings;
    }

    CompletionStage<Cluster> run() {
        return environment
                .blocking("launcher", this::launch)
                .thenCompose(machines -> ready(machines)
                        .thenCompose(ready -> Nodes.ask(machines))
                        .thenApply(said -> new ContainerCluster(
                                machines, holdings, reads, said.leader().orElse(machines.first()))));
    }

    private Machines launch() throws IOException {
        Engine engine = Engine.open();
        EngineNetwork network = engine.newNetwork(undoneInTheEnd(engine));
        holdings.hold(network::remove);
        List<Node> nodes = context.nodes();
        Map<Node, Integer> ports = holdings.ports(nodes);
        NodeLinks links = holdings.links(ports, InetAddress.getByName(network.gateway()));
        Machines machines = new Machines(environment, network, store, nodes, links, context.logs());
        for (Node node : nodes) {
            holdings.release(links.listening(node));
            Machine machine = machines.add(node);
            holdings.hold(machine::remove);
            machine.start();
        }
        return machines;
    }

    /** Names the cluster and writes down how it is removed, which is done last, and also where this start is given up. */
    private String undoneInTheEnd(Engine engine) throws IOException {
        Launcher launcher = context.launcher();
        Path folder = holdings.folder("containers");
        Command removal = Removal.of(folder);
        launcher.rememberUndo(removal);
        holdings.hold(() -> {
            engine.removeCluster(folder.toString());
            launcher.forgetUndo(removal);
        });
        return folder.toString();
    }

    private CompletionStage<Void> ready(Machines machines) {
        return Polling.until(
                environment,
                "all nodes to answer and one to lead",
                READY_NANOS,
                () -> Nodes.ask(machines)
                        .thenApply(said -> new Polling.Seen(
                                said.leader().isPresent() && said.answers().all(any -> true), said.describe())));
    }
}
