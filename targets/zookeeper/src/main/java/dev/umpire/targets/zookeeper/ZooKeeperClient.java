package dev.umpire.targets.zookeeper;

import dev.umpire.harness.cluster.AskedNode;
import dev.umpire.harness.environment.Failures;
import dev.umpire.harness.target.Client;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Response;
import dev.umpire.harness.target.StoredText;
import dev.umpire.histories.value.Value;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.data.Stat;

/**
 * A session's requests. Each key is a node of ZooKeeper's tree, right below its root or one of the run's own, which its first
 * write creates. Used on the loop.
 */
final class ZooKeeperClient implements Client {

    private static final String KEY = "k";

    /** No key's name: those begin otherwise. */
    private static final String WRITTEN_BEFORE_READS = "before-reads";

    private final ZooKeeperSettings.Reads reads;
    private final String root;
    private final int session;
    private final AskedNode.Route route;
    private final Sessions sessions;
    private boolean closed;

    /** A session of a workload. */
    ZooKeeperClient(ZooKeeperSettings settings, int session, AskedNode.Route route, Sessions sessions) {
        this.reads = settings.reads();
        this.root = settings.root();
        this.session = session;
        this.route = route;
        this.sessions = sessions;
    }

    @Override
    public Node route(Request request) {
        return route.of(request);
    }

    @Override
    public CompletionStage<Response> invoke(Request request, Node node) {
        ServerSession server = sessions.with(node);
        return server.connected()
                .handle((connected, failure) -> {
                    if (failure != null) {
                        return refused(String.valueOf(Failures.cause(failure).getMessage()));
                    }
                    return closed
                            ? refused("given up before it was sent")
                            : ask(request, server).exceptionally(trouble -> failed(request, trouble));
                })
                .thenCompose(Function.identity());
    }

    private CompletionStage<Response> ask(Request request, ServerSession server) {
        String path = path(request);
        return switch (request.function()) {
            case Request.READ -> read(server, path).handle(ZooKeeperClient::seen);
            case Request.WRITE ->
                write(server, path, request.argument().toString()).thenApply(ZooKeeperClient::written);
            case Request.CAS -> compareAndSet(server, path, request);
            case Request.CLAIM -> server.create(path, "" + session).thenApply(ZooKeeperClient::written);
            default -> refused("function: found " + request.function() + ", which this target has not");
        };
    }

    private static CompletionStage<Response> refused(String reason) {
        return CompletableFuture.completedStage(new Response.Fail(reason));
    }

    /** A read that has no answer has done nothing; a write has done nothing where a condition of it was not met. */
    private static Response failed(Request request, Throwable failure) {
        String reason = String.valueOf(Failures.cause(failure).getMessage());
        boolean unmet = switch (code(failure)) {
            case NODEEXISTS, NONODE, BADVERSION -> true;
            default -> false;
        };
        return unmet || request.onlyReads() ? new Response.Fail(reason) : new Response.Info(reason);
    }

    private static Code code(Throwable failure) {
        return Failures.cause(failure) instanceof KeeperException answer ? answer.code() : Code.SYSTEMERROR;
    }

    private CompletionStage<ServerSession.Found> read(ServerSession server, String path) {
        CompletionStage<?> before = switch (reads) {
            case LOCAL -> CompletableFuture.completedStage(null);
            case SYNC -> server.sync(path);
            case AFTER_WRITE -> write(server, root + "/" + WRITTEN_BEFORE_READS, "");
        };
        return before.thenCompose(done -> server.read(path));
    }

    /** A key that nobody has written is nil. */
    private static Response seen(ServerSession.Found found, Throwable failure) {
        if (failure == null) {
            return Response.ok(StoredText.value(found.data()))
                    .withVersion(found.stat().getMzxid());
        }
        return code(failure) == Code.NONODE
                ? Response.ok(Value.NIL)
                : new Response.Fail(String.valueOf(Failures.cause(failure).getMessage()));
    }

    /** Sets what is there; creates it where nothing is, and sets it where somebody else has created it meanwhile. */
    private static CompletionStage<Stat> write(ServerSession server, String path, String data) {
        return instead(
                server.set(path, data),
                Code.NONODE,
                () -> instead(server.create(path, data), Code.NODEEXISTS, () -> server.set(path, data)));
    }

    private static CompletionStage<Stat> instead(
            CompletionStage<Stat> first, Code refusal, Supplier<CompletionStage<Stat>> second) {
        return first.handle((done, failure) -> failure != null && code(failure) == refusal ? second.get() : first)
                .thenCompose(Function.identity());
    }

    private CompletionStage<Response> compareAndSet(ServerSession server, String path, Request request) {
        Request.Swap swap = request.requireSwap();
        String wanted = swap.wanted().toString();
        if (swap.old().equals(Value.NIL)) {
            return server.create(path, wanted).thenApply(ZooKeeperClient::written);
        }
        return read(server, path)
                .handle((found, failure) -> {
                    if (failure != null) {
                        // no key was written
                        return refused(String.valueOf(Failures.cause(failure).getMessage()));
                    }
                    return StoredText.value(found.data()).equals(swap.old())
                            ? server.set(path, wanted, found.stat().getVersion())
                                    .thenApply(ZooKeeperClient::written)
                            : refused("found another value");
                })
                .thenCompose(Function.identity());
    }

    private static Response written(Stat stat) {
        return Response.done().withVersion(stat.getMzxid()).withPosition(stat.getMzxid());
    }

    private String path(Request request) {
        return root + "/" + KEY + URLEncoder.encode(request.requireKey().toString(), StandardCharsets.UTF_8);
    }

    /** Whether a node below the root may be one that a session has created. */
    static boolean isOwn(String name) {
        return name.startsWith(KEY) || name.equals(WRITTEN_BEFORE_READS);
    }

    /** What is under way is abandoned; the sessions of ZooKeeper are kept for the next client. */
    @Override
    public void close() {
        closed = true;
    }
}
