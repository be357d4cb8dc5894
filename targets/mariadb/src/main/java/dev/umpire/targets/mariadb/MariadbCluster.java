package dev.umpire.targets.mariadb;

import dev.umpire.harness.cluster.Holdings;
import dev.umpire.harness.cluster.NodePorts;
import dev.umpire.harness.sql.SqlStatements;
import dev.umpire.harness.target.Client;
import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.Convergence;
import dev.umpire.harness.target.FaultControl;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Session;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** MariaDB servers that all take writes, whoever started them. */
final class MariadbCluster implements Cluster {

    private final MariadbNodes mariadb;
    private final FaultControl faults;
    private final SqlStatements statements = new SqlStatements(new MariadbDialect());
    private final Supplier<CompletionStage<Void>> ending;

    /** @param ending ends it */
    MariadbCluster(MariadbNodes mariadb, FaultControl faults, Supplier<CompletionStage<Void>> ending) {
        this.mariadb = mariadb;
        this.faults = faults;
        this.ending = ending;
    }

    /** Of servers that were started for it, which are given back in the end. */
    static MariadbCluster of(Layout layout, MariadbFaults faults, Holdings holdings) {
        return new MariadbCluster(layout.mariadb(), faults, () -> {
            faults.end();
            return holdings.giveBack(layout.environment());
        });
    }

    /** Where its nodes are reached. */
    NodePorts ports() {
        return mariadb.ports();
    }

    @Override
    public List<Node> nodes() {
        return mariadb.nodes();
    }

    /** All take writes, so none leads. */
    @Override
    public CompletionStage<Optional<Node>> leader() {
        return CompletableFuture.completedStage(Optional.empty());
    }

    @Override
    public CompletionStage<Optional<String>> version() {
        return mariadb.questions()
                .ask(
                        mariadb.nodes().get(0),
                        connection -> connection.getMetaData().getDatabaseProductVersion());
    }

    @Override
    public Client connect(Session session, Node home) {
        return new MariadbClient(mariadb, statements, session, home);
    }

    @Override
    public FaultControl faults() {
        return faults;
    }

    @Override
    public CompletionStage<Convergence> convergence() {
        return mariadb.convergence();
    }

    @Override
    public CompletionStage<Void> stop() {
        return ending.get();
    }
}
