package dev.umpire.targets.testcontainers;

import dev.umpire.harness.cluster.Holdings;
import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.environment.Polling;
import dev.umpire.harness.launcher.Command;
import dev.umpire.harness.launcher.Launcher;
import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.StartContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** One try to start a cluster. */
final class ContainersStart {
    /** Of servers that take all of a small machine to start. */
    private static final long READY_NANOS = TimeUnit.SECONDS.toNanos(150);

    private static final String THREAD = "launcher";

    private final StartContext context;
    private final Environment environment;
    private final ContainerStore store;
    private final Holdings holdings;

    /** @param holdings takes what is started */
    ContainersStart(StartContext context, ContainerStore store, Holdings holdings) {
        this.context = context;
        this.environment = context.environment();
        this.store = store.open(context.settings());
        this.holdings = holdings;
    }

    CompletionStage<Cluster> run() {
        return environment
                .blocking(THREAD, this::launch)
                .thenCompose(machines -> seen(machines, "all nodes to answer", Nodes::allAnswer)
                        .thenCompose(answering -> prepared(machines))
                        .thenCompose(prepared -> seen(machines, "one node to lead", Nodes::led))
                        .thenCompose(led -> Nodes.ask(machines))
                        .thenApply(said -> new ContainerCluster(
                                machines,
                                holdings,
                                context.settings(),
                                said.leader().orElse(machines.first()))));
    }

    private Machines launch() throws IOException {
        Engine engine = Engine.open();
        EngineNetwork network = engine.newNetwork(undoneInTheEnd(engine));
        holdings.hold(network::remove);
        List<Node> nodes = context.nodes();
        Machines machines = new Machines(environment, network, store, nodes, context.logs(), holdings);
        for (Node node : nodes) {
            machines.doors().published(node).values().forEach(holdings::release);
            Machine machine = machines.add(node);
            holdings.hold(machine::remove);
            machine.start();
        }
        holdings.hold(store::close);
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

    private CompletionStage<Void> seen(Machines machines, String awaited, Predicate<Nodes> seen) {
        return Polling.until(
                environment,
                awaited,
                READY_NANOS,
                () -> running(machines)
                        .thenCompose(running -> Nodes.ask(machines))
                        .thenApply(said -> new Polling.Seen(seen.test(said), said.describe())));
    }

    private CompletionStage<Void> prepared(Machines machines) {
        return Polling.until(
                environment,
                "what sessions need",
                READY_NANOS,
                () -> running(machines)
                        .thenCompose(running -> environment.blocking(
                                THREAD, () -> store.prepare(machines.doors().clients())))
                        .thenApply(
                                missing -> new Polling.Seen(missing.isEmpty(), missing.orElse("nothing is missing"))));
    }

    private CompletionStage<Void> running(Machines machines) {
        return environment.blocking(THREAD, () -> {
            machines.requireRunning();
            return null;
        });
    }
}
