package dev.umpire.targets.simulated.client;

import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.target.Client;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Response;
import dev.umpire.targets.simulated.world.ClientPort;
import dev.umpire.targets.simulated.world.Message;
import dev.umpire.targets.simulated.world.World;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One connection of a session, from connecting to closing; tries again for a while where its protocol says so. */
public final class StoreClient implements Client {
    /** How long a request is tried again before it fails. */
    private static final long PATIENCE_NANOS = 250_000_000;
    /** The gap between two tries. */
    private static final long BACKOFF_NANOS = 20_000_000;

    private final World world;
    private final ClientProtocol protocol;
    private final ClientPort port;
    private long tries;
    private @Nullable Invocation current;

    /**
     * Connects to all nodes.
     *
     * @param session the number of the session
     * @param connection how many connections this session has had before
     */
    public StoreClient(World world, ClientProtocol protocol, int session, long connection) {
        this.world = world;
        this.protocol = protocol;
        this.port = world.connect(session, connection, new Answers());
    }

    @Override
    public Node route(Request request) {
        return request.at().orElseGet(() -> world.nodes().get(protocol.route(request)));
    }

    @Override
    public CompletionStage<Response> invoke(Request request, Node node) {
        Optional<Response> own = protocol.ownAnswer(request);
        if (own.isPresent()) {
            return CompletableFuture.completedStage(own.get());
        }
        Invocation invocation = new Invocation(request, world.address(node));
        current = invocation;
        invocation.send();
        return invocation.response;
    }

    @Override
    public void close() {
        current = null;
        port.close();
    }

    /** What the nodes say. */
    private final class Answers implements ClientPort.Receiver {
        @Override
        public void receive(int node, Message message) {
            if (!(message instanceof Reply reply)) {
                throw new IllegalArgumentException("message: found " + message + ", expected a reply");
            }
            Invocation invocation = current;
            if (invocation != null && invocation.awaits(node) && reply.id() == invocation.attempt.id()) {
                invocation.take(protocol.answered(invocation.attempt, reply));
            }
        }

        @Override
        public void refused(int node, Message undelivered) {
            Invocation invocation = current;
            if (invocation != null && invocation.sent == undelivered) {
                invocation.take(protocol.refused(invocation.attempt));
            }
        }

        @Override
        public void reset(int node) {
            Invocation invocation = current;
            if (invocation != null && invocation.awaits(node)) {
                invocation.take(protocol.reset(invocation.attempt));
            }
        }
    }

    /** One request, which is with one node at a time. */
    private final class Invocation {
        private final CompletableFuture<Response> response = new CompletableFuture<>();
        private final int asked;
        private final long beganNanos;
        private Try attempt;
        private @Nullable Message sent;
        private Environment.Timer silence = () -> {};

        Invocation(Request request, int asked) {
            this.asked = asked;
            this.beganNanos = world.environment().nowNanos();
            this.attempt = new Try(tries++, request, 0, asked);
        }

        void send() {
            Message message = protocol.message(attempt);
            sent = message;
            port.send(attempt.node(), message);
            if (protocol.silenceNanos() != ClientProtocol.FOR_EVER) {
                silence.cancel();
                silence = world.environment().schedule(protocol.silenceNanos(), () -> {
                    if (current == this && sent == message) {
                        take(protocol.silent(attempt));
                    }
                });
            }
        }

        /** Whether a try is with this node. */
        boolean awaits(int node) {
            return sent != null && attempt.node() == node;
        }

        void take(Step step) {
            sent = null;
            if (step instanceof Step.End end) {
                finish(end.response());
            } else if (step instanceof Step.Again again) {
                if (world.environment().nowNanos() - beganNanos >= PATIENCE_NANOS) {
                    finish(protocol.givenUp(attempt, again.reason()));
                    return;
                }
                attempt = new Try(tries++, attempt.request(), attempt.number() + 1, again.node());
                if (again.atOnce()) {
                    send();
                } else {
                    Environment.Timer ignored = world.environment().schedule(BACKOFF_NANOS, this::sendLater);
                }
            }
        }

        private void sendLater() {
            if (current == this) {
                send();
            }
        }

        private void finish(Response outcome) {
            current = null;
            silence.cancel();
            response.complete(
                    outcome instanceof Response.Ok ok && attempt.node() != asked
                            ? ok.by(world.nodes().get(attempt.node()))
                            : outcome);
        }
    }
}
