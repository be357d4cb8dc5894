package dev.umpire.targets.postgres;

import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.environment.RealEnvironment;
import dev.umpire.harness.launcher.Launcher;
import dev.umpire.harness.target.Client;
import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.NodeLogs;
import dev.umpire.harness.target.Observation;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Response;
import dev.umpire.harness.target.Session;
import dev.umpire.harness.target.Setting;
import dev.umpire.harness.target.Settings;
import dev.umpire.harness.target.StartContext;
import dev.umpire.histories.value.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** A running cluster with everything that a run would give it, asked in steps. */
final class TestCluster implements AutoCloseable {

    static final Node N1 = new Node("n1");
    static final Node N2 = new Node("n2");
    static final Node N3 = new Node("n3");
    static final Value X = Value.of("x");

    final RealEnvironment environment = new RealEnvironment(new KeyedRandom(1));
    final Launcher launcher;
    final Cluster cluster;

    TestCluster(Path folder, int nodes, String... settings) throws IOException {
        launcher = Launcher.open(folder.resolve("state"));
        try {
            cluster = await(new PostgresTarget().start(context(environment, launcher, folder, nodes, settings)));
        } catch (RuntimeException e) {
            launcher.close();
            environment.close();
            throw e;
        }
    }

    static StartContext context(
            RealEnvironment environment, Launcher launcher, Path folder, int nodes, String... settings) {
        Map<String, String> values = new HashMap<>();
        for (Setting setting : new PostgresTarget().settings()) {
            values.put(setting.name(), setting.byDefault());
        }
        for (String setting : settings) {
            String[] parts = setting.split("=", 2);
            values.put(parts[0], parts[1]);
        }
        NodeLogs logs = new NodeLogs() {
            @Override
            public void append(Node node, String line) {
                throw new AssertionError("postgres writes its log itself");
            }

            @Override
            public Path file(Node node) {
                return folder.resolve(node + ".log");
            }
        };
        return new StartContext(environment, new Settings(values), nodes, logs, launcher);
    }

    <T> T await(CompletionStage<T> stage) {
        return environment.await("test", stage);
    }

    Response write(Client client, long value) {
        return ask(client, Request.write(X, Value.of(value)));
    }

    Response ask(Client client, Request request) {
        return await(client.invoke(request, client.route(request)));
    }

    /** What a node answers to a read of x. */
    Response readAt(Node node) {
        try (Client client = cluster.connect(new Session(99), node)) {
            return await(client.invoke(Request.read(X), node));
        }
    }

    Observation delivers(Node from, Node to) {
        return await(cluster.faults().delivers(new Link(from, to)));
    }

    @Override
    public void close() {
        launcher.close();
        environment.close();
    }
}
