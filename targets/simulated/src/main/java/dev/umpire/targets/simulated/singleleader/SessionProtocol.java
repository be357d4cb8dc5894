package dev.umpire.targets.simulated.singleleader;

import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Response;
import dev.umpire.histories.value.Value;
import dev.umpire.targets.simulated.client.ClientProtocol;
import dev.umpire.targets.simulated.client.Reply;
import dev.umpire.targets.simulated.client.Step;
import dev.umpire.targets.simulated.client.Try;
import dev.umpire.targets.simulated.singleleader.Protocol.Done;
import dev.umpire.targets.simulated.singleleader.Protocol.Failed;
import dev.umpire.targets.simulated.singleleader.Protocol.ReadRequest;
import dev.umpire.targets.simulated.singleleader.Protocol.Refused;
import dev.umpire.targets.simulated.singleleader.Protocol.Unknown;
import dev.umpire.targets.simulated.singleleader.Protocol.WriteRequest;
import dev.umpire.targets.simulated.world.Message;
import java.util.List;

/** One connection of a session: chooses the node by the read routing, and follows the leader where a node names another. */
final class SessionProtocol implements ClientProtocol {
    /** How long a session reads at the leader what it wrote or read there. */
    private static final long OWN_NANOS = 300_000_000;
    /** How far a follower may be behind where a session reads the rest: less than that, by clocks that drift apart. */
    private static final long MOST_LAG_NANOS = OWN_NANOS * 8 / 10;

    private final Rules rules;
    private final SessionMemory memory;
    private final int home;
    private final int nodeCount;
    private final long connection;
    private final Environment clock;
    private int believedLeader;

    SessionProtocol(Rules rules, SessionMemory memory, Environment clock, int home, int nodeCount, long connection) {
        this.rules = rules;
        this.clock = clock;
        this.memory = memory;
        this.home = home;
        this.nodeCount = nodeCount;
        this.connection = connection;
        this.believedLeader = rules.failover() ? home : 0;
    }

    @Override
    public int route(Request request) {
        if (forLeader(request)) {
            return believedLeader;
        }
        return switch (rules.reads()) {
            case LEADER -> believedLeader;
            case ANY_FOLLOWER, TOKEN ->
                home != believedLeader || nodeCount == 1 ? home : follower(memory.drawForRead(nodeCount - 1));
            case STICKY, OWN_TO_LEADER ->
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
    public Message message(Try attempt) {
        Request request = attempt.request();
        return switch (request.function()) {
            case Request.READ ->
                new ReadRequest(
                        attempt.id(), List.of(attempt.key()), false, forLeader(request), token(request), lag(request));
            case Request.SNAPSHOT ->
                new ReadRequest(attempt.id(), attempt.keys(), true, forLeader(request), token(request), lag(request));
            default -> new WriteRequest(attempt.id(), request.function(), attempt.key(), request.argument());
        };
    }

    private static boolean reads(Request request) {
        return request.function().equals(Request.READ) || request.function().equals(Request.SNAPSHOT);
    }

    private boolean forLeader(Request request) {
        if (!reads(request)) {
            return true;
        }
        return request.at().isEmpty()
                && switch (rules.reads()) {
                    case LEADER -> true;
                    case OWN_TO_LEADER ->
                        keys(request).stream()
                                .anyMatch(key -> memory.touchedAtLeader(key, clock.nowNanos(), OWN_NANOS));
                    default -> false;
                };
    }

    private static List<Value> keys(Request request) {
        return request.argument() instanceof Value.Sequence several
                        && request.function().equals(Request.SNAPSHOT)
                ? several.elements()
                : request.key().stream().toList();
    }

    private long lag(Request request) {
        return rules.reads() == Rules.Reads.OWN_TO_LEADER && request.at().isEmpty() ? MOST_LAG_NANOS : Long.MAX_VALUE;
    }

    private long token(Request request) {
        boolean wanted = rules.reads() == Rules.Reads.TOKEN
                && rules.sendsToken()
                && request.at().isEmpty();
        return wanted ? memory.position() : 0;
    }

    @Override
    public Step answered(Try attempt, Reply reply) {
        if (reply instanceof Done done) {
            return Step.end(done(attempt, done));
        } else if (reply instanceof Refused refused) {
            return forLeader(attempt.request())
                    ? notTheLeader(attempt, refused.leaderHint(), refused.reason())
                    : Step.end(new Response.Fail(refused.reason()));
        } else if (reply instanceof Failed failed) {
            return Step.end(new Response.Fail(failed.reason()));
        } else if (reply instanceof Unknown) {
            return Step.end(new Response.Info("the leader stepped down"));
        }
        throw new IllegalArgumentException("reply: found " + reply + ", expected done, refused, failed or unknown");
    }

    private Response done(Try attempt, Done done) {
        memory.reached(done.position());
        Request request = attempt.request();
        if (rules.reads() == Rules.Reads.OWN_TO_LEADER && attempt.node() == believedLeader) {
            keys(request).forEach(key -> memory.touchedAtLeader(key, clock.nowNanos()));
        }
        if (!reads(request)) {
            believedLeader = attempt.node();
            return request.function().equals(Request.GENERATE) ? Response.ok(done.result()) : Response.done();
        }
        return Response.ok(done.result()).asOf(done.position());
    }

    private Step notTheLeader(Try attempt, int leaderHint, String reason) {
        if (leaderHint != Protocol.NOBODY && leaderHint != attempt.node()) {
            believedLeader = leaderHint;
            return Step.atOnceTo(leaderHint, reason);
        }
        if (rules.failover()
                && leaderHint == Protocol.NOBODY
                && attempt.request().at().isEmpty()) {
            believedLeader = (attempt.node() + 1) % nodeCount;
            return Step.laterTo(believedLeader, reason);
        }
        return Step.laterTo(attempt.node(), reason);
    }

    @Override
    public Step refused(Try attempt) {
        return forLeader(attempt.request())
                ? notTheLeader(attempt, Protocol.NOBODY, "connection refused")
                : ClientProtocol.super.refused(attempt);
    }
}
