package dev.umpire.targets.zookeeper;

import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Observation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.data.Stat;

/** Who belongs to the ensemble, asked of the servers but the one that it is about, one after another. Blocks. */
final class MemberList {

    private static final int CONNECTED_MILLIS = 1_000;

    /** Within which servers agree that are well. */
    private static final int AGREEMENT_MILLIS = 3_000;

    private final Layout layout;

    MemberList(Layout layout) {
        this.layout = layout;
    }

    /** What is done by what a server says. */
    interface Step<T> {
        T by(Node other, Ensemble ensemble) throws IOException;
    }

    /**
     * Does something by what another server says of the members; if it fails, by what the next one says.
     *
     * @param failed what comes of it where it fails with all, by what they said
     */
    <T> T ask(Node node, Step<T> step, Function<String, T> failed) {
        List<String> troubles = new ArrayList<>();
        for (Node other : layout.nodes()) {
            if (!other.equals(node)) {
                try {
                    return step.by(other, known(other));
                } catch (IOException refused) {
                    troubles.add(other + ": " + refused.getMessage());
                }
            }
        }
        return failed.apply(String.join("; ", troubles));
    }

    /**
     * The members as a server has them in force.
     *
     * @throws IOException if it does not tell
     */
    Ensemble known(Node by) throws IOException {
        return Ensemble.of(Standing.page(layout.client(by), "conf"));
    }

    /** Whether another server that answers counts one in. */
    Observation has(Node node) {
        return ask(
                node,
                (other, ensemble) -> new Observation(ensemble.lists(layout, node), told(other, ensemble, node)),
                troubles -> {
                    throw new IllegalStateException("no server tells who is a member: " + troubles);
                });
    }

    /** {@code n1 lists n3}. */
    String told(Node by, Ensemble ensemble, Node node) {
        return by + " lists " + (ensemble.lists(layout, node) ? "" : "no server ") + node;
    }

    /** Lets the ensemble go on without a server, by another one; the members as they are then. */
    Ensemble remove(Node node, Node by, Ensemble ensemble) throws IOException {
        List<String> leaving = List.of("" + layout.id(node));
        return changed(by, session -> session.reconfigure(null, leaving, null, ensemble.version(), new Stat()));
    }

    /** Lets the ensemble count a server in, by another one; the members as they are then. */
    Ensemble add(Node node, Node by, Ensemble ensemble) throws IOException {
        List<String> joining = List.of(layout.member(node));
        return changed(by, session -> session.reconfigure(joining, null, null, ensemble.version(), new Stat()));
    }

    /** @param change on the condition that nobody made another one meanwhile */
    private Ensemble changed(Node by, OwnSession.Use<byte[]> change) throws IOException {
        try {
            byte[] members = OwnSession.with(
                    ZooKeeperNodes.at(layout.client(by)),
                    CONNECTED_MILLIS,
                    AGREEMENT_MILLIS,
                    "another membership was not asked for",
                    change);
            return Ensemble.of(new String(members, StandardCharsets.UTF_8));
        } catch (KeeperException refused) {
            throw new IOException(String.valueOf(refused.getMessage()), refused);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted before " + by + " answered", e);
        }
    }
}
