package dev.umpire.targets.zookeeper;

import dev.umpire.harness.cluster.GreetingProbes;
import dev.umpire.harness.target.Node;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Greets at the port for elections, in a version of the protocol that there is not. A server is asked by {@code srvr}, which is
 * answered before it is in a quorum.
 */
final class ZooKeeperProbes extends GreetingProbes {

    /** Negative, or it would be the id of a server, and far below the versions that there are. */
    private static final long FIRST_VERSION = -1_000_000_000L;

    private final Layout layout;

    ZooKeeperProbes(Layout layout) {
        super(layout.environment(), layout.links(), layout.logs());
        this.layout = layout;
    }

    @Override
    protected String question() {
        return "how it is";
    }

    @Override
    protected void ask(Node node) throws IOException {
        Standing.page(layout.client(node));
    }

    @Override
    protected ByteBuffer greeting(int number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(version(number));
    }

    @Override
    protected String refusal(int number) {
        return "version " + version(number);
    }

    private static long version(int number) {
        return FIRST_VERSION - number;
    }
}
