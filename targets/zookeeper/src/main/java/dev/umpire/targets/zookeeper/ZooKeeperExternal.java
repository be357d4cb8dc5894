package dev.umpire.targets.zookeeper;

import dev.umpire.harness.external.External;
import dev.umpire.harness.external.Question;
import dev.umpire.harness.launcher.LaunchException;
import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.StartContext;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooDefs;

/** An ensemble that runs already, of which the run uses a part of the tree of its own alone. */
final class ZooKeeperExternal {

    private static final int SESSION_MILLIS = 10_000;
    private static final int ANY_VERSION = -1;

    private final ZooKeeperNodes zookeeper;
    private final String root;
    private final External external;

    private ZooKeeperExternal(StartContext context, ZooKeeperSettings settings, External external) {
        this.zookeeper = new ZooKeeperNodes(context.environment(), settings, context.nodes(), external.ports());
        this.root = settings.root();
        this.external = external;
    }

    static CompletionStage<Cluster> start(StartContext context, ZooKeeperSettings settings) {
        return External.start(context, srvr(), external -> new ZooKeeperExternal(context, settings, external).run());
    }

    private CompletionStage<Cluster> run() {
        return Standing.ask(zookeeper)
                .thenAccept(ZooKeeperExternal::requireComplete)
                .thenCompose(complete -> zookeeper.environment().blocking("launcher", this::makeRoot))
                .thenApply(made -> new ZooKeeperCluster(
                        zookeeper,
                        external.faults(() -> Standing.ask(zookeeper).thenApply(Standing::leader)),
                        external::giveBack));
    }

    private static void requireComplete(Standing standing) {
        if (!standing.complete()) {
            throw new CompletionException(new LaunchException(
                    "addresses: found " + standing.describe() + ", expected one that leads and others that follow"));
        }
    }

    /** Only one of two runs that begin at once can make it. What is there already is left alone. */
    private Optional<String> makeRoot() throws IOException {
        withSession("made", session -> {
            try {
                return session.create(root, new byte[0], ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
            } catch (KeeperException.NodeExistsException there) {
                throw new LaunchException("prefix: found " + root + " in the tree, expected none: of another run, or"
                        + " what a killed one left; delete it, or --set prefix=other");
            }
        });
        external.hold(this::deleteRoot);
        return Optional.empty();
    }

    private void deleteRoot() throws IOException {
        withSession("deleted", session -> {
            for (String child : session.getChildren(root, false)) {
                if (ZooKeeperClient.isOwn(child)) {
                    session.delete(root + "/" + child, ANY_VERSION);
                }
            }
            session.delete(root, ANY_VERSION);
            return root;
        });
    }

    /** With any of the servers. Blocks. */
    private void withSession(String verb, OwnSession.Use<String> use) throws IOException {
        String servers = zookeeper.nodes().stream()
                .map(node -> ZooKeeperNodes.at(zookeeper.ports().direct(node)))
                .collect(Collectors.joining(","));
        String failed = root + " could not be " + verb;
        try {
            String unused = OwnSession.with(servers, SESSION_MILLIS, SESSION_MILLIS, failed, use);
        } catch (KeeperException e) {
            throw new LaunchException(failed + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LaunchException(failed + ": interrupted", e);
        }
    }

    /** What a server is asked to see whether it answers. */
    static Question srvr() {
        return new Srvr();
    }

    /** Each time on a connection of its own, which the server closes. */
    private static final class Srvr implements Question {

        @Override
        public String words() {
            return "srvr";
        }

        @Override
        public Line dial(int port, int boundMillis) {
            return new Line() {
                @Override
                public void ask() throws IOException {
                    Standing.Status unused = Standing.Status.of(Standing.page(port));
                }

                @Override
                public void close() {
                    // nothing is open between two questions
                }
            };
        }
    }
}
