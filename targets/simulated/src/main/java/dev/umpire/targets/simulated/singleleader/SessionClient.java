package dev.umpire.targets.simulated.singleleader;

import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.target.Client;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Response;
import dev.umpire.histories.value.Value;
import dev.umpire.targets.simulated.singleleader.Protocol.Done;
import dev.umpire.targets.simulated.singleleader.Protocol.ReadRequest;
import dev.umpire.targets.simulated.singleleader.Protocol.Refused;
import dev.umpire.targets.simulated.singleleader.Protocol.Unknown;
import dev.umpire.targets.simulated.singleleader.Protocol.WriteRequest;
import dev.umpire.targets.simulated.world.ClientPort;
import dev.umpire.targets.simulated.world.Message;
import dev.umpire.targets.simulated.world.World;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a session: chooses the node, follows the leader where a node names another, and tries again, for a while
 * and only when the last try certainly had no effect.
 */
final class SessionClient implements Client {
    /** How long a request is tried again before it fails. */
    private static final long PATIENCE_NANOS = 250_000_000;
    /** The gap between two tries. */
    private static final long BACKOFF_NANOS = 20_000_000;

    private final World world;
    private final Rules rules;
    private final SessionMemory memory;
    private final int home;
    private final int nodeCount;
    private final long connection;
    private final ClientPort port;
    private int believedLeader;
    private long ids;
    private @Nullable Attempt current;
    private boolean closed;

    SessionClient(World world, Rules rules, int session, SessionMemory memory, int home) {
        this.world = world;
        this.rules = rules;
        this.memory = memory;
        this.home = home;
        this.nodeCount = world.nodes().size();
        this.connection = memory.nextConnection();
        this.believedLeader = rules.failover() ? home : 0;
        this.port = world.connect(session, connection, new Answers());
    }

    @Override
    public Node route(Request request) {
        return request.at().orElseGet(() -> world.nodes().get(address(request)));
    }

    private int address(Request request) {
        if (request.function().equals(Request.WRITE)) {
            return believedLeader;
        }
        return switch (rules.reads()) {
            case LEADER -> believedLeader;
            case ANY_FOLLOWER, TOKEN ->
                home != believedLeader || nodeCount == 1 ? home : follower(memory.drawForRead(nodeCount - 1));
            case STICKY ->
                nodeCount == 1
                        ? home
                        : follower(memory.drawForConnection(nodeCount - 1, rules.keepsFollower() ? 0 : connection));
        };
    }

    /** The follower with this number, counted without the leader. */
    private int follower(int number) {
        return number < believedLeader ? number : number + 1;
    }

    @Override
    public CompletionStage<Response> invoke(Request request, Node node) {
        Attempt attempt = new Attempt(ids++, request, world.address(node));
        current = attempt;
        attempt.send();
        return attempt.response;
    }

    @Override
    public void close() {
        closed = true;
        current = null;
        port.close();
    }

    /** What the nodes say. */
    private final class Answers implements ClientPort.Receiver {
        @Override
        public void receive(int node, Message message) {
            Attempt attempt = current;
            if (attempt == null) {
                return;
            }
            if (message instanceof Done done) {
                if (done.id() == attempt.id) {
                    attempt.done(node, done);
                }
            } else if (message instanceof Refused refused) {
                if (refused.id() == attempt.id) {
                    attempt.refused(refused.leaderHint(), refused.reason());
                }
            } else if (message instanceof Unknown unknown && unknown.id() == attempt.id) {
                attempt.end(new Response.Info("the leader stepped down"));
            }
        }

        @Override
        public void refused(int node, Message undelivered) {
            Attempt attempt = current;
            if (attempt != null && attempt.sent == undelivered) {
                attempt.refused(Protocol.NOBODY, "connection refused");
            }
        }

        @Override
        public void reset(int node) {
            Attempt attempt = current;
            if (attempt != null && attempt.node == node && attempt.sent != null) {
                attempt.end(new Response.Info("connection reset"));
            }
        }
    }

    /** One request, which is with one node at a time. */
    private final class Attempt {
        private final CompletableFuture<Response> response = new CompletableFuture<>();
        private final long id;
        private final Request request;
        private final int asked;
        private final boolean forLeader;
        private final long beganNanos;
        private int node;
        private @Nullable Message sent;

        Attempt(long id, Request request, int asked) {
            this.id = id;
            this.request = request;
            this.asked = asked;
            this.node = asked;
            boolean write = request.function().equals(Request.WRITE);
            this.forLeader = write
                    || (rules.reads() == Rules.Reads.LEADER && request.at().isEmpty());
            this.beganNanos = world.environment().nowNanos();
        }

        void send() {
            Message message = message();
            sent = message;
            port.send(node, message);
        }

        private Message message() {
            return switch (request.function()) {
                case Request.WRITE -> new WriteRequest(id, key(), request.argument());
                case Request.READ -> new ReadRequest(id, List.of(key()), false, forLeader, token());
                case Request.SNAPSHOT -> new ReadRequest(id, keys(), true, forLeader, token());
                default ->
                    throw new IllegalArgumentException(
                            "function: found " + request.function() + ", expected read, write or snapshot");
            };
        }

        private Value key() {
            return request.key()
                    .orElseThrow(() -> new IllegalArgumentException("key: found none, expected one in " + request));
        }

        private List<Value> keys() {
            if (request.argument() instanceof Value.Sequence keys) {
                return keys.elements();
            }
            throw new IllegalArgumentException("argument: found " + request.argument() + ", expected the keys to read");
        }

        private long token() {
            boolean wanted = rules.reads() == Rules.Reads.TOKEN
                    && rules.sendsToken()
                    && request.at().isEmpty();
            return wanted ? memory.position() : 0;
        }

        void done(int answered, Done done) {
            memory.reached(done.position());
            boolean read = !request.function().equals(Request.WRITE);
            if (!read) {
                believedLeader = answered;
            }
            Response.Ok ok = read ? Response.ok(done.result()).asOf(done.position()) : Response.done();
            end(answered == asked ? ok : ok.by(world.nodes().get(answered)));
        }

        /** This try certainly had no effect: another one may follow. */
        void refused(int leaderHint, String reason) {
            boolean behind = !forLeader && sent instanceof ReadRequest && !reason.equals("connection refused");
            boolean patient = world.environment().nowNanos() - beganNanos < PATIENCE_NANOS;
            sent = null;
            if (behind || !patient) {
                end(new Response.Fail(reason));
            } else if (forLeader && leaderHint != Protocol.NOBODY && leaderHint != node) {
                turnTo(leaderHint);
                send();
            } else {
                if (forLeader
                        && rules.failover()
                        && leaderHint == Protocol.NOBODY
                        && request.at().isEmpty()) {
                    turnTo((node + 1) % nodeCount);
                }
                Environment.Timer ignored = world.environment().schedule(BACKOFF_NANOS, this::sendAgain);
            }
        }

        private void turnTo(int other) {
            node = other;
            believedLeader = other;
        }

        private void sendAgain() {
            if (!closed && current == this) {
                send();
            }
        }

        void end(Response outcome) {
            current = null;
            response.complete(outcome);
        }
    }
}
