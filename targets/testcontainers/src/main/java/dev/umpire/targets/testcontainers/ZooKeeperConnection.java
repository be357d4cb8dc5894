package dev.umpire.targets.testcontainers;

import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Response;
import dev.umpire.histories.value.Value;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.data.Stat;

/**
 * What a session of the run asks of one server, in a session of ZooKeeper that is kept over failed requests and while the session
 * moves, until the cluster ends. A key is a node right below the root of the tree, which its first write creates.
 */
final class ZooKeeperConnection implements StoreConnection {
    /** No key's path: those begin otherwise. */
    static final String WRITTEN_BEFORE_READS = "/before-reads";

    /** Of local reads. */
    static final Before NOTHING = (server, path) -> CompletableFuture.completedStage(true);

    private static final String KEY = "/k";

    /** Shorter than a session waits, so that it hears what became of its request. */
    private static final long REQUEST_MILLIS = 900;

    private final String host;
    private final int port;
    private final Before beforeReads;
    private Optional<ZooKeeperSession> opened = Optional.empty();

    /** What precedes a read in its session. */
    interface Before {
        CompletionStage<?> done(ZooKeeperSession server, String path);
    }

    ZooKeeperConnection(String host, int port, Before beforeReads) {
        this.host = host;
        this.port = port;
        this.beforeReads = beforeReads;
    }

    @Override
    public Response ask(Request request) throws IOException {
        ZooKeeperSession server = living();
        if (!server.connected()) {
            return new Response.Fail("not connected, nothing was sent");
        }
        try {
            return answer(server, request).toCompletableFuture().get(REQUEST_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException refused) {
            String reason = String.valueOf(
                    Optional.ofNullable(refused.getCause()).orElse(refused).getMessage());
            return request.onlyReads() || unmet(refused) ? new Response.Fail(reason) : new Response.Info(reason);
        } catch (TimeoutException silence) {
            String reason = "no answer within " + REQUEST_MILLIS + " ms";
            return request.onlyReads() ? new Response.Fail(reason) : new Response.Info(reason);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** The session; a new one where the ensemble has given it up. */
    private synchronized ZooKeeperSession living() throws IOException {
        if (opened.filter(ZooKeeperSession::lives).isEmpty()) {
            opened = Optional.of(new ZooKeeperSession(host, port));
        }
        return opened.orElseThrow();
    }

    /** A change has done nothing where a condition of it was not met. */
    private static boolean unmet(ExecutionException refused) {
        return switch (ZooKeeperSession.code(refused)) {
            case NODEEXISTS, NONODE, BADVERSION -> true;
            default -> false;
        };
    }

    private CompletionStage<Response> answer(ZooKeeperSession server, Request request) {
        String path = KEY + URLEncoder.encode(request.requireKey().toString(), StandardCharsets.UTF_8);
        return switch (request.function()) {
            case Request.READ -> read(server, path);
            case Request.WRITE ->
                server.write(path, request.argument().toString()).thenApply(ZooKeeperConnection::written);
            default -> compareAndSet(server, path, request.requireSwap());
        };
    }

    /** A key that nobody has written is nil. */
    private CompletionStage<Response> read(ZooKeeperSession server, String path) {
        CompletionStage<Response> seen = found(server, path)
                .thenApply(found ->
                        Response.ok(value(found)).withVersion(found.stat().getMzxid()));
        return seen.handle((response, failure) -> ZooKeeperSession.code(failure) == Code.NONODE
                        ? CompletableFuture.<Response>completedStage(Response.ok(Value.NIL))
                        : seen)
                .thenCompose(Function.identity());
    }

    private CompletionStage<ZooKeeperSession.Found> found(ZooKeeperSession server, String path) {
        return beforeReads.done(server, path).thenCompose(done -> server.read(path));
    }

    private static Value value(ZooKeeperSession.Found found) {
        return Value.of(Long.parseLong(found.data()));
    }

    private CompletionStage<Response> compareAndSet(ZooKeeperSession server, String path, Request.Swap swap) {
        String wanted = swap.wanted().toString();
        if (swap.old().equals(Value.NIL)) {
            return server.create(path, wanted).thenApply(ZooKeeperConnection::written);
        }
        return found(server, path)
                .thenCompose(found -> value(found).equals(swap.old())
                        ? server.set(path, wanted, found.stat().getVersion()).thenApply(ZooKeeperConnection::written)
                        : CompletableFuture.completedStage(new Response.Fail("found another value")));
    }

    private static Response written(Stat stat) {
        return Response.done().withVersion(stat.getMzxid()).withPosition(stat.getMzxid());
    }

    @Override
    public Standing standing() {
        throw new UnsupportedOperationException("found a question to a session, expected one to a node");
    }

    /** The cluster ends the session. */
    @Override
    public void close() {
        // its next connection goes on
    }

    /** Gives the threads and the connection back. */
    synchronized void end() {
        try {
            if (opened.isPresent()) {
                opened.get().close();
            }
        } catch (IOException interrupted) {
            return; // what is left ends with the server
        }
    }
}
