package dev.umpire.targets.testing;

import dev.umpire.harness.target.Client;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Response;
import dev.umpire.harness.target.Session;
import java.time.Duration;
import org.awaitility.Awaitility;

/** A cluster that several tests strike, one after another. */
public final class SharedCluster {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Session WRITER = new Session(98);

    private SharedCluster() {}

    /** Awaits that every node answers and takes a write of 0 to x, and that all replicas have everything. */
    public static void awaitSettled(TestCluster shared) {
        for (Node node : shared.cluster().nodes()) {
            shared.awaitAnswers(node, true);
            Awaitility.await("a write at " + node)
                    .atMost(LIMIT)
                    .pollInSameThread()
                    .until(() -> written(shared, node), Response.Ok.class::isInstance);
        }
        shared.awaitConvergence();
    }

    private static Response written(TestCluster shared, Node node) {
        try (Client client = shared.connect(WRITER, node)) {
            return shared.write(client, 0);
        }
    }
}
