package dev.umpire.targets.simulated.partitioned;

import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Response;
import dev.umpire.targets.simulated.client.ClientProtocol;
import dev.umpire.targets.simulated.client.Reply;
import dev.umpire.targets.simulated.client.Step;
import dev.umpire.targets.simulated.client.Try;
import dev.umpire.targets.simulated.partitioned.Protocol.CopyRequest;
import dev.umpire.targets.simulated.partitioned.Protocol.Done;
import dev.umpire.targets.simulated.partitioned.Protocol.ReadRequest;
import dev.umpire.targets.simulated.partitioned.Protocol.Refused;
import dev.umpire.targets.simulated.partitioned.Protocol.WriteRequest;
import dev.umpire.targets.simulated.world.KeyRanges;
import dev.umpire.targets.simulated.world.Message;
import java.util.List;

/** One connection of a session: one key is asked for at its leader, several at the node where the session is. */
final class SessionProtocol implements ClientProtocol {
    private final SessionMemory memory;
    private final KeyRanges ranges;
    private final int home;

    SessionProtocol(SessionMemory memory, KeyRanges ranges, int home) {
        this.memory = memory;
        this.ranges = ranges;
        this.home = home;
    }

    @Override
    public int route(Request request) {
        return request.key().map(ranges::partition).orElse(home);
    }

    @Override
    public Message message(Try attempt) {
        Request request = attempt.request();
        return switch (request.function()) {
            case Request.WRITE -> new WriteRequest(attempt.id(), attempt.key(), request.argument(), memory.seen());
            case Request.READ ->
                request.at().isPresent()
                        ? new CopyRequest(attempt.id(), attempt.key())
                        : new ReadRequest(attempt.id(), List.of(attempt.key()), false, memory.seen());
            case Request.SNAPSHOT -> new ReadRequest(attempt.id(), attempt.keys(), true, memory.seen());
            default ->
                throw new IllegalArgumentException(
                        "function: found " + request.function() + ", expected read, write or snapshot");
        };
    }

    @Override
    public Step answered(Try attempt, Reply reply) {
        if (reply instanceof Done done) {
            memory.sees(done.time());
            return Step.end(
                    attempt.request().function().equals(Request.WRITE)
                            ? Response.done()
                            : Response.ok(done.result()).asOf(done.time()));
        } else if (reply instanceof Refused refused) {
            return Step.end(new Response.Fail(refused.reason()));
        }
        throw new IllegalArgumentException("reply: found " + reply + ", expected done or refused");
    }
}
