package dev.umpire.targets.cassandra;

import dev.umpire.harness.cluster.GreetingProbes;
import dev.umpire.harness.target.Node;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Greets at the port for other nodes, with a number in the place of the four bytes that begin every such conversation. A node is
 * asked which options it has, which no other node is needed for.
 */
final class CassandraProbes extends GreetingProbes {

    /** Far from the number by which nodes greet each other. */
    private static final int FIRST_GREETING = 1_000_000;

    /** How much a node reads before it looks at the number that comes first. */
    private static final int GREETING_BYTES = 8;

    private final Layout layout;

    CassandraProbes(Layout layout) {
        super(layout.environment(), layout.links(), layout.logs());
        this.layout = layout;
    }

    @Override
    protected String question() {
        return "for its options";
    }

    @Override
    protected void ask(Node node) throws IOException {
        Options.ask(layout.clientPort(node), Layout.QUESTION_MILLIS);
    }

    @Override
    protected ByteBuffer greeting(int number) {
        return ByteBuffer.allocate(GREETING_BYTES).putInt(FIRST_GREETING + number);
    }

    @Override
    protected String refusal(int number) {
        return "Read " + (FIRST_GREETING + number);
    }
}
