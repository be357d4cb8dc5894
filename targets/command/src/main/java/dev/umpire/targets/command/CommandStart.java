package dev.umpire.targets.command;

import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.environment.Polling;
import dev.umpire.harness.external.Orders;
import dev.umpire.harness.launcher.Launcher;
import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.StartContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Starts nothing but clients: one says what it can; then each node must answer; then come those of the sessions. */
final class CommandStart {
    private static final long READY_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final StartContext context;
    private final Environment environment;
    private final CommandSettings settings;

    CommandStart(StartContext context, CommandSettings settings) {
        this.context = context;
        this.environment = context.environment();
        this.settings = settings;
    }

    CompletionStage<Cluster> start() {
        return environment.blocking("launcher", this::prepared).thenCompose(prepared -> {
            CommandFaults faults = new CommandFaults(
                    environment,
                    prepared.orders(),
                    prepared.clients(),
                    settings.byNode().keySet());
            ClientProcess first = prepared.clients().of("first");
            return first.hello()
                    .thenCompose(hello -> ready(first)
                            .thenApply(all -> new CommandCluster(
                                    environment,
                                    settings,
                                    prepared.clients(),
                                    prepared.orders(),
                                    faults,
                                    hello.store())))
                    .thenCompose(
                            cluster -> cluster.startClients(context.sessions()).thenApply(came -> told(cluster, came)));
        });
    }

    private Cluster told(Cluster cluster, int came) {
        if (came < context.sessions()) {
            context.logs()
                    .append(
                            Node.CLIENTS,
                            came + " of " + context.sessions()
                                    + " clients came before the first operation, the others start with their first request");
        }
        return cluster;
    }

    private record Prepared(Clients clients, Orders orders) {}

    private Prepared prepared() throws IOException {
        Launcher launcher = context.launcher();
        Path shell = launcher.program("/bin/sh", "dash");
        // commands are the user's own: they run where he is
        Path directory = Path.of("").toAbsolutePath();
        Path folder = launcher.newFolder("command");
        Dialogue dialogue = new Dialogue(settings.byNode());
        Clients clients =
                new Clients(environment, launcher, settings, dialogue, context.logs(), shell, directory, folder);
        Orders orders =
                new Orders(environment, launcher, settings.orders(), settings.byNode(), shell, directory, folder);
        return new Prepared(clients, orders);
    }

    private CompletionStage<Void> ready(ClientProcess client) {
        CompletionStage<Void> all = CompletableFuture.completedStage(null);
        for (Node node : settings.byNode().keySet()) {
            NodeProbe probe = new NodeProbe(environment, client, node);
            all = all.thenCompose(before -> Polling.until(
                    environment,
                    node + " to answer",
                    READY_NANOS,
                    () -> probe.answers().thenApply(seen -> new Polling.Seen(seen.positive(), seen.evidence()))));
        }
        return all;
    }
}
