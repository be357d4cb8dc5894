package dev.umpire.targets.simulated.leaderless;

import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Response;
import dev.umpire.histories.value.Value;
import dev.umpire.targets.simulated.client.ClientProtocol;
import dev.umpire.targets.simulated.client.Reply;
import dev.umpire.targets.simulated.client.Step;
import dev.umpire.targets.simulated.client.Try;
import dev.umpire.targets.simulated.leaderless.Protocol.ClientRead;
import dev.umpire.targets.simulated.leaderless.Protocol.ClientWrite;
import dev.umpire.targets.simulated.leaderless.Protocol.Found;
import dev.umpire.targets.simulated.leaderless.Protocol.Refused;
import dev.umpire.targets.simulated.leaderless.Protocol.Unknown;
import dev.umpire.targets.simulated.leaderless.Protocol.Written;
import dev.umpire.targets.simulated.world.Message;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** One connection of a session: asks its home, or any other node while that is down. */
final class SessionProtocol implements ClientProtocol {
    private final SessionMemory memory;
    private final int home;
    private final int nodeCount;

    SessionProtocol(SessionMemory memory, int home, int nodeCount) {
        this.memory = memory;
        this.home = home;
        this.nodeCount = nodeCount;
    }

    @Override
    public int route(Request request) {
        return home;
    }

    @Override
    public Message message(Try attempt) {
        Request request = attempt.request();
        return switch (request.function()) {
            case Request.READ ->
                new ClientRead(attempt.id(), attempt.key(), request.at().isPresent());
            case Request.WRITE, Request.ADD -> write(attempt, Optional.of(request.argument()));
            case Request.REMOVE -> write(attempt, Optional.empty());
            default ->
                throw new IllegalArgumentException(
                        "function: found " + request.function() + ", expected read, write, add or remove");
        };
    }

    private ClientWrite write(Try attempt, Optional<Value> value) {
        Place place = place(attempt);
        DotSet context = memory.seen(place);
        Dot name = memory.nextName(place);
        if (value.isPresent()) {
            // whatever becomes of it, what the session writes next replaces it
            memory.sees(place, DotSet.EMPTY.with(name));
        }
        return new ClientWrite(attempt.id(), place, value, name, context);
    }

    private static Place place(Try attempt) {
        return attempt.request().function().equals(Request.WRITE)
                ? Place.register(attempt.key())
                : Place.element(attempt.key(), attempt.request().argument());
    }

    @Override
    public Step answered(Try attempt, Reply reply) {
        if (reply instanceof Found found) {
            return Step.end(found(found));
        } else if (reply instanceof Written written) {
            memory.sees(place(attempt), written.context());
            return Step.end(Response.done());
        } else if (reply instanceof Refused refused) {
            return Step.end(new Response.Fail(refused.reason()));
        } else if (reply instanceof Unknown unknown) {
            return Step.end(new Response.Info(unknown.reason()));
        }
        throw new IllegalArgumentException("reply: found " + reply + ", expected found, written, refused or unknown");
    }

    private Response found(Found found) {
        boolean set = false;
        List<Value> values = new ArrayList<>();
        for (Entry entry : found.entries()) {
            memory.sees(entry.place(), entry.content().context());
            Optional<Value> element = entry.place().element();
            set |= element.isPresent();
            if (element.isEmpty()) {
                values.addAll(entry.content().values());
            } else if (!entry.content().tombstone()) {
                values.add(element.get());
            }
        }
        if (set) {
            return Response.ok(new Value.SetOf(new LinkedHashSet<>(values)));
        }
        Response.Ok first = Response.ok(values.isEmpty() ? Value.NIL : values.get(0));
        return values.size() > 1 ? first.withSiblings(values) : first;
    }

    @Override
    public Step refused(Try attempt) {
        int next = (attempt.node() + 1) % nodeCount;
        return attempt.request().at().isPresent()
                ? ClientProtocol.super.refused(attempt)
                : Step.atOnceTo(next, "connection refused");
    }
}
