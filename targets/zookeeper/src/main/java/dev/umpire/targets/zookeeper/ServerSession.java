package dev.umpire.targets.zookeeper;

import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.environment.Polling;
import dev.umpire.harness.target.Node;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.AsyncCallback;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.client.ZKClientConfig;
import org.apache.zookeeper.data.Stat;

/**
 * A session of ZooKeeper with one server, which gets its requests in the order in which they are made here. It connects by
 * itself, again where the connection is lost. Stages complete on the loop, where it is used.
 */
final class ServerSession {

    /** Longer than faults last, so that a session outlives them. */
    private static final int SESSION_MILLIS = 30_000;

    private static final String END_MILLIS = "1000";
    private static final long CONNECTED_NANOS = TimeUnit.MILLISECONDS.toNanos(800);
    private static final int ANY_VERSION = -1;

    private final Environment environment;
    private final Node node;
    private final ZooKeeper zookeeper;

    /**
     * What a node of the tree holds.
     *
     * @param stat of ZooKeeper: {@code mzxid} is the transaction that wrote it, {@code version} counts writes to it
     */
    record Found(String data, Stat stat) {}

    ServerSession(ZooKeeperNodes nodes, Node node) {
        this.environment = nodes.environment();
        this.node = node;
        ZKClientConfig config = new ZKClientConfig();
        config.setProperty(ZKClientConfig.ENABLE_CLIENT_SASL_KEY, "false");
        // of calls that block, which is the closing one alone
        config.setProperty(ZKClientConfig.ZOOKEEPER_REQUEST_TIMEOUT, END_MILLIS);
        try {
            this.zookeeper =
                    new ZooKeeper(ZooKeeperNodes.at(nodes.ports().client(node)), SESSION_MILLIS, event -> {}, config);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether it may be used; one that the ensemble has given up may not, for ever. */
    boolean lives() {
        return zookeeper.getState().isAlive();
    }

    /** Completes when it is connected; exceptionally where it is not within a moment, and then nothing may be sent. */
    CompletionStage<Void> connected() {
        return Polling.until(
                environment,
                "a connection to " + node,
                CONNECTED_NANOS,
                () -> CompletableFuture.completedStage(new Polling.Seen(
                        zookeeper.getState().isConnected(), zookeeper.getState().toString())));
    }

    /** Waits until the server has what the leader had committed when it was asked. */
    CompletionStage<Void> sync(String path) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        AsyncCallback.VoidCallback told = (code, at, context) -> end(code, at, done, () -> done.complete(null));
        zookeeper.sync(path, told, null);
        return done;
    }

    CompletionStage<Found> read(String path) {
        CompletableFuture<Found> found = new CompletableFuture<>();
        AsyncCallback.DataCallback told = (code, at, context, data, stat) ->
                end(code, at, found, () -> found.complete(new Found(new String(data, StandardCharsets.UTF_8), stat)));
        zookeeper.getData(path, false, told, null);
        return found;
    }

    /** Sets what is there, whatever it is. */
    CompletionStage<Stat> set(String path, String data) {
        return set(path, data, ANY_VERSION);
    }

    /** Sets what is there on the condition that it has been written so many times. */
    CompletionStage<Stat> set(String path, String data, int version) {
        CompletableFuture<Stat> written = new CompletableFuture<>();
        AsyncCallback.StatCallback told =
                (code, at, context, stat) -> end(code, at, written, () -> written.complete(stat));
        zookeeper.setData(path, data.getBytes(StandardCharsets.UTF_8), version, told, null);
        return written;
    }

    /** Creates a node of the tree on the condition that there is none. */
    CompletionStage<Stat> create(String path, String data) {
        CompletableFuture<Stat> created = new CompletableFuture<>();
        AsyncCallback.Create2Callback told =
                (code, at, context, name, stat) -> end(code, at, created, () -> created.complete(stat));
        zookeeper.create(
                path,
                data.getBytes(StandardCharsets.UTF_8),
                ZooDefs.Ids.OPEN_ACL_UNSAFE,
                CreateMode.PERSISTENT,
                told,
                null);
        return created;
    }

    /** Hands over, on the loop, what ZooKeeper's thread was told. */
    private void end(int code, String path, CompletableFuture<?> result, Runnable success) {
        environment.execute(() -> {
            if (code == Code.OK.intValue()) {
                success.run();
            } else {
                result.completeExceptionally(KeeperException.create(Code.get(code), path));
            }
        });
    }

    /** Ends it, and with it what is under way. Blocks, for about a second where the server does not answer. */
    void close() throws InterruptedException {
        zookeeper.close();
    }
}
