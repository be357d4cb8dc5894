package dev.umpire.targets.simulated.multileader;

import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Response;
import dev.umpire.histories.value.Value;
import dev.umpire.targets.simulated.client.ClientProtocol;
import dev.umpire.targets.simulated.client.Reply;
import dev.umpire.targets.simulated.client.Step;
import dev.umpire.targets.simulated.client.Try;
import dev.umpire.targets.simulated.multileader.Protocol.ChangeRequest;
import dev.umpire.targets.simulated.multileader.Protocol.Done;
import dev.umpire.targets.simulated.multileader.Protocol.ReadRequest;
import dev.umpire.targets.simulated.multileader.Protocol.Refused;
import dev.umpire.targets.simulated.world.Message;
import java.util.List;
import java.util.Set;

/** One connection of a session: chooses the leader, and tells it what the session has seen. */
final class SessionProtocol implements ClientProtocol {
    private final Rules rules;
    private final SessionMemory memory;
    private final int session;
    private final int home;
    private final int leaders;

    SessionProtocol(Rules rules, SessionMemory memory, int session, int home, int leaders) {
        this.rules = rules;
        this.memory = memory;
        this.session = session;
        this.home = home;
        this.leaders = leaders;
    }

    @Override
    public int route(Request request) {
        if (request.function().equals(Request.CLAIM) && rules.claimsAtHome()) {
            return homeOf(key(request));
        }
        return rules.sessions() == Rules.Sessions.STAY ? session % leaders : home;
    }

    /** The leader that alone gives this name away. By its text: the same on every machine. */
    private int homeOf(Value name) {
        return Math.floorMod(name.toString().hashCode(), leaders);
    }

    private static Value key(Request request) {
        return request.key()
                .orElseThrow(() -> new IllegalArgumentException("key: found none, expected one in " + request));
    }

    @Override
    public Message message(Try attempt) {
        Request request = attempt.request();
        boolean anywhere = request.at().isEmpty();
        VersionVector atLeast =
                rules.sessions() == Rules.Sessions.TOKEN && anywhere ? memory.seen() : VersionVector.none(leaders);
        boolean asksAll = rules.asksAllLeaders() && anywhere;
        return switch (request.function()) {
            case Request.READ -> new ReadRequest(attempt.id(), List.of(attempt.key()), false, atLeast, asksAll);
            case Request.SNAPSHOT -> new ReadRequest(attempt.id(), attempt.keys(), true, atLeast, asksAll);
            default -> {
                Deed deed = deed(request);
                yield new ChangeRequest(attempt.id(), deed, atLeast, asksAll && deed instanceof Deed.Remove);
            }
        };
    }

    private Deed deed(Request request) {
        Value key = key(request);
        Value argument = request.argument();
        return switch (request.function()) {
            case Request.WRITE -> new Deed.Write(key, argument, memory.known(key));
            case Request.ADD -> new Deed.Add(key, argument);
            case Request.REMOVE -> new Deed.Remove(key, argument, Set.of());
            case Request.INCREMENT -> new Deed.Increment(key, amount(argument));
            case Request.APPEND -> new Deed.Append(key, argument);
            case Request.CLAIM -> new Deed.Claim(key, argument, session);
            default ->
                throw new IllegalArgumentException(
                        "function: found " + request.function() + ", expected one that this store has");
        };
    }

    private static long amount(Value argument) {
        if (argument.isNil()) {
            return 1;
        }
        if (argument instanceof Value.Int number) {
            return number.value();
        }
        throw new IllegalArgumentException("argument: found " + argument + ", expected an integer of 64 bits");
    }

    @Override
    public Step answered(Try attempt, Reply reply) {
        if (reply instanceof Done done) {
            return Step.end(done(attempt.request(), done));
        } else if (reply instanceof Refused refused) {
            return refused.forGood()
                    ? Step.end(new Response.Fail(refused.reason()))
                    : Step.laterTo(attempt.node(), refused.reason());
        }
        throw new IllegalArgumentException("reply: found " + reply + ", expected done or refused");
    }

    private Response done(Request request, Done done) {
        switch (request.function()) {
            case Request.READ -> {
                memory.read(key(request), done.versions(), done.seen());
                return Response.ok(done.result()).withSiblings(done.siblings());
            }
            case Request.SNAPSHOT -> {
                memory.sees(done.seen());
                return Response.ok(done.result());
            }
            case Request.WRITE -> memory.wrote(key(request), done.versions(), done.seen());
            default -> memory.sees(done.seen());
        }
        return Response.done();
    }
}
