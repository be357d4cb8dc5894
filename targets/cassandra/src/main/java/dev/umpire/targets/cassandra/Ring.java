package dev.umpire.targets.cassandra;

import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import dev.umpire.harness.cluster.NodeAnswers;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Observation;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** Which node the ring has, asked of the others by what each has written down of its peers, for which it needs no other one. */
final class Ring {

    private static final SimpleStatement PEERS = SimpleStatement.newInstance(
                    "SELECT peer, host_id FROM system.peers_v2")
            .setConsistencyLevel(DefaultConsistencyLevel.ONE)
            .setTimeout(Duration.ofMillis(900));

    private final Layout layout;
    private final Coordinators coordinators;

    Ring(Layout layout, Coordinators coordinators) {
        this.layout = layout;
        this.coordinators = coordinators;
    }

    /**
     * How one node lists another.
     *
     * @param hostId empty: not at all
     */
    record Listed(Optional<UUID> hostId) {}

    /** What the others say of a node. */
    record Told(Node node, NodeAnswers<Listed> others) {

        /** Whether any of them lists it. */
        boolean listed() {
            return others.given().anyMatch(one -> one.hostId().isPresent());
        }

        /** Whether all of them answer, and none lists it. */
        boolean isOut() {
            return others.all(one -> one.hostId().isEmpty());
        }

        /** Whether all of them answer, and list it. */
        boolean isIn() {
            return others.all(one -> one.hostId().isPresent());
        }

        /** One of those who list it. */
        Optional<Node> lister() {
            return others.where(one -> one.hostId().isPresent()).stream().findFirst();
        }

        /** Whom they list, as the first of them does. */
        Optional<UUID> hostId() {
            return others.given().flatMap(one -> one.hostId().stream()).findFirst();
        }

        /** {@code n1 lists n3; n2 lists no node n3}. */
        String describe() {
            return others.describe(one -> "lists " + (one.hostId().isPresent() ? "" : "no node ") + node);
        }

        /** Whether it is one of the ring; unknown where they differ, or one does not answer. */
        Observation observed() {
            return isIn() || isOut() ? new Observation(isIn(), describe()) : Observation.unknown(describe());
        }
    }

    /** Asks all others at about the same time. */
    CompletionStage<Told> told(Node node) {
        List<Node> others =
                layout.nodes().stream().filter(other -> !other.equals(node)).toList();
        return NodeAnswers.ask(others, other -> listed(other, node)).thenApply(answers -> new Told(node, answers));
    }

    private CompletionStage<Optional<Listed>> listed(Node by, Node node) {
        return coordinators
                .ask(by, PEERS)
                .handle((peers, failure) -> failure == null ? Optional.of(listed(peers, node)) : Optional.empty());
    }

    private Listed listed(AsyncResultSet peers, Node node) {
        for (Row peer : peers.currentPage()) {
            Optional<String> address =
                    Optional.ofNullable(peer.getInetAddress("peer")).map(InetAddress::getHostAddress);
            if (address.equals(Optional.of(layout.advertised(node)))) {
                return new Listed(Optional.ofNullable(peer.getUuid("host_id")));
            }
        }
        return new Listed(Optional.empty());
    }
}
