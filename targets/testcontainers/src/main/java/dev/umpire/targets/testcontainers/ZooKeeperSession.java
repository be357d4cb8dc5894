package dev.umpire.targets.testcontainers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.zookeeper.AsyncCallback;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.client.ZKClientConfig;
import org.apache.zookeeper.data.Stat;
import org.jspecify.annotations.Nullable;

/**
 * A session of ZooKeeper with one server, which gets its requests in the order in which they are made here. It connects by
 * itself, again where the connection is lost. Stages complete on ZooKeeper's thread.
 */
final class ZooKeeperSession {

    /** Longer than faults last, so that a session outlives them. */
    private static final int SESSION_MILLIS = 30_000;

    private static final long CONNECTED_MILLIS = 500;
    private static final String END_MILLIS = "1000";
    private static final int ANY_VERSION = -1;

    private final Connected connected = new Connected();
    private final ZooKeeper zookeeper;

    /**
     * What a node of the tree holds.
     *
     * @param stat of ZooKeeper: {@code mzxid} is the transaction that wrote it, {@code version} counts writes to it
     */
    record Found(String data, Stat stat) {}

    ZooKeeperSession(String host, int port) throws IOException {
        ZKClientConfig config = new ZKClientConfig();
        config.setProperty(ZKClientConfig.ENABLE_CLIENT_SASL_KEY, "false");
        // of calls that block, which is the closing one alone
        config.setProperty(ZKClientConfig.ZOOKEEPER_REQUEST_TIMEOUT, END_MILLIS);
        this.zookeeper = new ZooKeeper(host + ":" + port, SESSION_MILLIS, connected, config);
    }

    /** Whether it may be used; one that the ensemble has given up may not, for ever. */
    boolean lives() {
        return zookeeper.getState().isAlive();
    }

    /** Whether it is connected within a moment. Blocks. */
    boolean connected() throws IOException {
        try {
            connected.now.get(CONNECTED_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException notYet) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Is told by ZooKeeper's thread how the connection is. */
    private static final class Connected implements Watcher {
        private volatile CompletableFuture<Boolean> now = new CompletableFuture<>();

        @Override
        public void process(WatchedEvent event) {
            if (event.getState() == Event.KeeperState.SyncConnected) {
                now.complete(true);
            } else if (now.isDone()) {
                now = new CompletableFuture<>();
            }
        }
    }

    /** Waits until the server has what the leader had committed when it was asked. */
    CompletionStage<?> sync(String path) {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        AsyncCallback.VoidCallback told = (code, at, context) -> end(code, at, done, () -> true);
        zookeeper.sync(path, told, null);
        return done;
    }

    CompletionStage<Found> read(String path) {
        CompletableFuture<Found> found = new CompletableFuture<>();
        AsyncCallback.DataCallback told = (code, at, context, data, stat) ->
                end(code, at, found, () -> new Found(new String(data, StandardCharsets.UTF_8), stat));
        zookeeper.getData(path, false, told, null);
        return found;
    }

    /** Sets what is there; creates it where nothing is, and sets it where somebody else has created it meanwhile. */
    CompletionStage<Stat> write(String path, String data) {
        return instead(
                set(path, data, ANY_VERSION),
                Code.NONODE,
                () -> instead(create(path, data), Code.NODEEXISTS, () -> set(path, data, ANY_VERSION)));
    }

    private static CompletionStage<Stat> instead(
            CompletionStage<Stat> first, Code refusal, Supplier<CompletionStage<Stat>> second) {
        return first.handle((done, failure) -> code(failure) == refusal ? second.get() : first)
                .thenCompose(Function.identity());
    }

    /** Sets what is there on the condition that it has been written so many times. */
    CompletionStage<Stat> set(String path, String data, int version) {
        CompletableFuture<Stat> written = new CompletableFuture<>();
        AsyncCallback.StatCallback told = (code, at, context, stat) -> end(code, at, written, () -> stat);
        zookeeper.setData(path, data.getBytes(StandardCharsets.UTF_8), version, told, null);
        return written;
    }

    /** Creates a node of the tree on the condition that there is none. */
    CompletionStage<Stat> create(String path, String data) {
        CompletableFuture<Stat> created = new CompletableFuture<>();
        AsyncCallback.Create2Callback told = (code, at, context, name, stat) -> end(code, at, created, () -> stat);
        zookeeper.create(
                path,
                data.getBytes(StandardCharsets.UTF_8),
                ZooDefs.Ids.OPEN_ACL_UNSAFE,
                CreateMode.PERSISTENT,
                told,
                null);
        return created;
    }

    private static <T> void end(int code, String path, CompletableFuture<T> result, Supplier<T> success) {
        if (code == Code.OK.intValue()) {
            result.complete(success.get());
        } else {
            result.completeExceptionally(KeeperException.create(Code.get(code), path));
        }
    }

    /** ZooKeeper's own answer in a failure of a stage; OK where there is no failure, or one that is not ZooKeeper's. */
    static Code code(@Nullable Throwable failure) {
        if (failure instanceof CompletionException || failure instanceof ExecutionException) {
            return code(failure.getCause());
        }
        return failure instanceof KeeperException answer ? answer.code() : Code.OK;
    }

    /** Ends it, and with it what is under way. Blocks, for about a second where the server does not answer. */
    void close() throws IOException {
        try {
            zookeeper.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
