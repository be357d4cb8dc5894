package dev.umpire.targets.zookeeper;

import dev.umpire.harness.cluster.Loopback;
import dev.umpire.harness.cluster.NodeAnswers;
import dev.umpire.harness.target.Convergence;
import dev.umpire.harness.target.Node;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;

/** What all servers say of themselves, asked at about the same time. */
record Standing(NodeAnswers<Status> answers) {

    /** The bound of every question to a server. */
    private static final int QUESTION_MILLIS = 500;

    /**
     * What a server says of itself.
     *
     * @param version of ZooKeeper: {@code 3.9.3}
     * @param mode {@code leader}, {@code follower}; {@code none} while it is in no quorum
     * @param zxid of the last transaction that it has applied; 0 while it is in no quorum
     */
    record Status(String version, String mode, long zxid) {

        private static final String VERSION = "Zookeeper version: ";
        private static final String MODE = "Mode: ";
        private static final String ZXID = "Zxid: 0x";
        private static final long COUNT = 0xffffffffL;

        static Status of(String page) {
            return new Status(
                    field(page, VERSION).map(words -> words.split("[-,]", 2)[0]).orElse("unknown"),
                    field(page, MODE).orElse("none"),
                    field(page, ZXID)
                            .map(hex -> Long.parseUnsignedLong(hex, 16))
                            .orElse(0L));
        }

        private static Optional<String> field(String page, String name) {
            return page.lines()
                    .filter(line -> line.startsWith(name))
                    .map(line -> line.substring(name.length()).strip())
                    .findFirst();
        }

        boolean leads() {
            return mode.equals("leader");
        }

        boolean serves() {
            return leads() || mode.equals("follower");
        }

        /** Whether it has applied nothing of a leader's own; the count of transactions begins anew with each leader. */
        boolean begins() {
            return (zxid & COUNT) == 0;
        }

        String describe() {
            return (serves() ? "is " + mode + " and has applied " : "is in no quorum, last known ")
                    + Long.toHexString(zxid);
        }
    }

    static CompletionStage<Standing> ask(ZooKeeperNodes zookeeper) {
        return NodeAnswers.ask(zookeeper.nodes(), node -> status(zookeeper, node))
                .thenApply(Standing::new);
    }

    /** Asks one server; empty if it does not answer within the bound. */
    static CompletionStage<Optional<Status>> status(ZooKeeperNodes zookeeper, Node node) {
        return zookeeper.environment().blocking("standing-" + node, () -> {
            try {
                return Optional.of(Status.of(page(zookeeper.ports().direct(node))));
            } catch (IOException noAnswer) {
                return Optional.empty();
            }
        });
    }

    /**
     * The answer to {@code srvr} at a port, which a server gives also while it is in no quorum. Blocks.
     *
     * @throws IOException if there is none within the bound
     */
    static String page(int port) throws IOException {
        return page(port, "srvr");
    }

    /**
     * The answer to a word of four letters at a port. Blocks.
     *
     * @throws IOException if there is none within the bound
     */
    static String page(int port, String word) throws IOException {
        try (Socket socket = Loopback.dial(port, QUESTION_MILLIS)) {
            socket.getOutputStream().write(word.getBytes(StandardCharsets.US_ASCII));
            String page = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (page.isBlank()) {
                throw new IOException(word + ": found an empty answer, expected lines");
            }
            return page;
        }
    }

    /** The one node that says that it leads; empty if none or several do. */
    Optional<Node> leader() {
        return answers.only(Status::leads);
    }

    /** Whether one leads and all others follow. */
    boolean complete() {
        return leader().isPresent() && answers.all(Status::serves);
    }

    /**
     * Asks whether all serve and have applied what any had applied when they were asked first: in an ensemble that others use
     * too it is more by now. Who serves has all that was committed before the leader led; some count anew at once, others with
     * the leader's first transaction.
     */
    static CompletionStage<Convergence> converged(ZooKeeperNodes zookeeper) {
        return ask(zookeeper)
                .thenCompose(before ->
                        ask(zookeeper).thenApply(now -> new Convergence(now.hasAllOf(before), now.describe())));
    }

    private boolean hasAllOf(Standing before) {
        long most = before.counted().max().orElse(0);
        return complete() && counted().allMatch(zxid -> zxid >= most);
    }

    private LongStream counted() {
        return answers.given().filter(status -> !status.begins()).mapToLong(Status::zxid);
    }

    /** {@code n1 is leader and has applied 100000009; n2 does not answer}. */
    String describe() {
        return answers.describe(Status::describe);
    }
}
