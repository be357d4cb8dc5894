package dev.umpire.targets.cassandra;

import com.datastax.oss.driver.api.core.servererrors.AlreadyExistsException;
import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.environment.Failures;
import dev.umpire.harness.environment.Polling;
import dev.umpire.harness.external.External;
import dev.umpire.harness.launcher.LaunchException;
import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.StartContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Nodes that run already, all those of a data center, of which the run uses a keyspace of its own alone. */
final class CassandraExternal {

    private static final long TOGETHER_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Environment environment;
    private final CassandraNodes cassandra;
    private final Tables tables;
    private final External external;

    private CassandraExternal(StartContext context, CassandraSettings settings, External external) {
        this.environment = context.environment();
        this.cassandra = new CassandraNodes(
                environment,
                settings,
                context.nodes(),
                external.ports(),
                context.nodes().stream().collect(Collectors.toMap(external::address, Function.identity())));
        this.tables = new Tables(settings.keyspace());
        this.external = external;
    }

    static CompletionStage<Cluster> start(StartContext context, CassandraSettings settings) {
        return External.start(
                context, new Options(), external -> new CassandraExternal(context, settings, external).run());
    }

    private CompletionStage<Cluster> run() {
        return Coordinators.connect(cassandra, Coordinators.TO_CONNECT_NANOS)
                .exceptionallyCompose(failure -> refused("addresses: no connection of Cassandra's driver", failure))
                .thenCompose(coordinators -> {
                    external.hold(coordinators::closeNow);
                    return madeTables(coordinators, datacenter(coordinators.told()))
                            .thenCompose(made -> together(coordinators))
                            .thenCompose(together -> Statements.prepare(coordinators, tables))
                            .thenApply(statements -> new CassandraCluster(
                                    cassandra,
                                    tables,
                                    coordinators,
                                    statements,
                                    external.faults(() -> CompletableFuture.completedStage(Optional.empty())),
                                    external::giveBack));
                });
    }

    private String datacenter(List<Coordinators.Told> told) {
        List<OneDatacenter.Named> named = cassandra.nodes().stream()
                .map(node -> new OneDatacenter.Named(external.named(node), cassandra.address(node)))
                .toList();
        try {
            return OneDatacenter.of(named, told);
        } catch (LaunchException e) {
            throw new CompletionException(e);
        }
    }

    private CompletionStage<Void> madeTables(Coordinators coordinators, String datacenter) {
        Node first = cassandra.nodes().get(0);
        Map<String, String> replication = Map.of(
                "class",
                "NetworkTopologyStrategy",
                datacenter,
                "" + cassandra.nodes().size());
        return tables.makeKeyspace(coordinators, first, replication)
                .exceptionallyCompose(failure -> Failures.cause(failure) instanceof AlreadyExistsException
                        ? CompletableFuture.failedStage(
                                new LaunchException("keyspace: found one of the name " + tables.keyspace()
                                        + " in the cluster, expected none: of another run, or what a killed one left;"
                                        + " drop it, or --set keyspace=other"))
                        : refused("keyspace: " + tables.keyspace() + " could not be made", failure))
                .thenCompose(made -> {
                    external.hold(() -> tables.drop(coordinators));
                    return tables.make(coordinators, first, cassandra.settings().readRepair());
                })
                .thenAccept(made -> {});
    }

    private static <T> CompletionStage<T> refused(String what, Throwable failure) {
        Throwable cause = Failures.cause(failure);
        return CompletableFuture.failedStage(new LaunchException(what + ": " + cause.getMessage(), cause));
    }

    private CompletionStage<Void> together(Coordinators coordinators) {
        return Polling.until(
                environment,
                "all nodes to reach each other",
                TOGETHER_NANOS,
                () -> Replicas.ready(cassandra.nodes(), coordinators, tables)
                        .thenApply(reached -> new Polling.Seen(reached.reached(), reached.lastSeen())));
    }
}
