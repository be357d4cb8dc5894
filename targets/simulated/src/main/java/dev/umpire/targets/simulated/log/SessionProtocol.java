package dev.umpire.targets.simulated.log;

import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Response;
import dev.umpire.histories.value.Value;
import dev.umpire.targets.simulated.client.ClientProtocol;
import dev.umpire.targets.simulated.client.Reply;
import dev.umpire.targets.simulated.client.Step;
import dev.umpire.targets.simulated.client.Try;
import dev.umpire.targets.simulated.log.Protocol.Committed;
import dev.umpire.targets.simulated.log.Protocol.Consumed;
import dev.umpire.targets.simulated.log.Protocol.ConsumedUpTo;
import dev.umpire.targets.simulated.log.Protocol.Joined;
import dev.umpire.targets.simulated.log.Protocol.KeyRead;
import dev.umpire.targets.simulated.log.Protocol.NotMember;
import dev.umpire.targets.simulated.log.Protocol.Poll;
import dev.umpire.targets.simulated.log.Protocol.Polled;
import dev.umpire.targets.simulated.log.Protocol.ReadKey;
import dev.umpire.targets.simulated.log.Protocol.Refused;
import dev.umpire.targets.simulated.log.Protocol.Send;
import dev.umpire.targets.simulated.log.Protocol.Sent;
import dev.umpire.targets.simulated.log.Protocol.Unknown;
import dev.umpire.targets.simulated.world.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One connection of a session: a producer with an id of its own, and a consumer.
 *
 * <p>A producer sends again what may have been appended, with the number that it had: the log leaves out what it has. A poll that
 * was not answered has delivered nothing, whatever became of it, so it is never of unknown outcome.
 */
final class SessionProtocol implements ClientProtocol {
    /** After this long without an answer a node is asked no more. */
    private static final long SILENCE_NANOS = 80_000_000;
    /** The most records of one poll, but for one that reads to the end. */
    private static final int POLLED = 10;

    private static final int ALL = Integer.MAX_VALUE;
    /** More than any session has connections. */
    private static final long CONNECTIONS = 1L << 32;

    private final Rules rules;
    private final SessionMemory memory;
    private final int nodeCount;
    private final long producer;
    private final Membership membership;
    /** The number of the next record to each partition, and who is believed to lead it. */
    private final long[] sequences;

    private final int[] leaders;
    /** Whether a try of the request under way may have had an effect, of which nobody told. */
    private boolean uncertain;
    /** The node that the request under way was put to first. */
    private int asked;
    /** From where a member's final poll reads, once the group has said it. */
    private OptionalLong consumed = OptionalLong.empty();

    SessionProtocol(Rules rules, SessionMemory memory, int session, long connection, int nodeCount) {
        this.rules = rules;
        this.memory = memory;
        this.nodeCount = nodeCount;
        this.producer = session * CONNECTIONS + connection;
        this.membership = new Membership(rules, session, connection);
        this.sequences = new long[rules.allPartitions()];
        this.leaders = new int[rules.allPartitions()];
        for (int partition = 0; partition < leaders.length; partition++) {
            leaders[partition] = Rules.founder(partition, nodeCount);
        }
    }

    @Override
    public Optional<Response> ownAnswer(Request request) {
        if (request.function().equals(Request.SUBSCRIBE)) {
            // it joins with its next poll
            memory.subscribe();
            return Optional.of(Response.done());
        }
        boolean stranger = isGroupPoll(request) && !memory.isSubscribed();
        return stranger ? Optional.of(new Response.Fail("the session has not subscribed")) : Optional.empty();
    }

    @Override
    public int route(Request request) {
        return request.key().map(key -> leaders[rules.partitionOf(key)]).orElse(leaders[rules.groupPartition()]);
    }

    private static boolean isGroupPoll(Request request) {
        return request.key().isEmpty();
    }

    private boolean asksGroupFirst(Request request) {
        return request.function().equals(Request.POLL)
                && !isGroupPoll(request)
                && memory.isSubscribed()
                && consumed.isEmpty();
    }

    /** The number of the partition that a try is about. */
    private int partition(Request request) {
        if (isGroupPoll(request)) {
            return membership.addressee();
        }
        return asksGroupFirst(request)
                ? rules.groupPartition()
                : rules.partitionOf(request.key().orElseThrow());
    }

    @Override
    public Message message(Try attempt) {
        Request request = attempt.request();
        if (attempt.number() == 0) {
            asked = attempt.node();
            uncertain = false;
            consumed = OptionalLong.empty();
            membership.begin();
        }
        int partition = partition(request);
        boolean anyReplica = request.at().isPresent();
        return switch (request.function()) {
            case Request.SEND, Request.APPEND ->
                new Send(attempt.id(), partition, producer, sequences[partition], attempt.key(), request.argument());
            case Request.READ -> new ReadKey(attempt.id(), partition, attempt.key(), anyReplica);
            case Request.POLL ->
                isGroupPoll(request)
                        ? membership.message(attempt.id())
                        : asksGroupFirst(request)
                                ? new Consumed(attempt.id(), partition, rules.partitionOf(attempt.key()))
                                : new Poll(
                                        attempt.id(),
                                        partition,
                                        consumed.orElse(memory.next(partition)),
                                        anyReplica ? ALL : POLLED,
                                        anyReplica);
            default ->
                throw new IllegalArgumentException(
                        "function: found " + request.function() + ", expected send, poll, subscribe, append or read");
        };
    }

    @Override
    public Step answered(Try attempt, Reply reply) {
        Request request = attempt.request();
        int partition = partition(request);
        if (reply instanceof Refused refused) {
            return elsewhere(attempt, refused.leaderHint(), "not the leader");
        } else if (reply instanceof Unknown unknown) {
            uncertain = true;
            return elsewhere(attempt, unknown.leaderHint(), "the leader stepped down");
        }
        if (!(reply instanceof NotMember || request.at().isPresent())) {
            leaders[partition] = attempt.node();
        }
        if (reply instanceof Sent sent) {
            sequences[partition]++;
            return Step.end(sent(request, sent));
        } else if (reply instanceof KeyRead read) {
            return Step.end(Response.ok(Value.of(read.values())));
        } else if (reply instanceof Polled polled && !isGroupPoll(request)) {
            return Step.end(polled(partition, polled));
        } else if (reply instanceof ConsumedUpTo answer) {
            consumed = OptionalLong.of(answer.offset());
            return Step.atOnceTo(request.at().isPresent() ? asked : leaders[partition(request)], "not read yet");
        }
        if (reply instanceof Polled polled) {
            membership.fetched(polled);
        } else if (reply instanceof Joined joined) {
            membership.joined(joined);
        } else if (reply instanceof Committed) {
            membership.committed();
        } else if (reply instanceof NotMember) {
            membership.expelled();
        } else {
            throw new IllegalArgumentException("reply: found " + reply + ", expected one to a client");
        }
        return membership.isDone()
                ? Step.end(Response.ok(membership.deliver()))
                : Step.atOnceTo(leaders[membership.addressee()], "the group goes on");
    }

    /** An offset is told only where it stays: not where a leader alone has the record. */
    private Response sent(Request request, Sent sent) {
        return request.function().equals(Request.SEND) && rules.acks() == Rules.Acks.ALL
                ? Response.ok(Value.of(List.of(Value.of(sent.offset()), request.argument())))
                : Response.done();
    }

    private Response polled(int partition, Polled polled) {
        List<Value> records = new ArrayList<>();
        long offset = polled.from();
        for (Value value : polled.values()) {
            records.add(Value.of(List.of(Value.of(offset++), value)));
        }
        if (consumed.isEmpty()) {
            memory.moveTo(partition, offset);
        }
        return Response.ok(Value.of(records));
    }

    /** The same once more: at the node that was named, or at another, or where nobody else may answer at this one. */
    private Step elsewhere(Try attempt, int hint, String reason) {
        Request request = attempt.request();
        if (request.at().isPresent() && !asksGroupFirst(request)) {
            return Step.laterTo(attempt.node(), reason);
        }
        int partition = partition(request);
        if (hint != Protocol.NOBODY && hint != attempt.node()) {
            leaders[partition] = hint;
            return Step.atOnceTo(hint, reason);
        }
        leaders[partition] = (attempt.node() + 1) % nodeCount;
        return Step.laterTo(leaders[partition], reason);
    }

    @Override
    public Step refused(Try attempt) {
        return elsewhere(attempt, Protocol.NOBODY, "connection refused");
    }

    @Override
    public Step reset(Try attempt) {
        uncertain = true;
        return elsewhere(attempt, Protocol.NOBODY, "connection reset");
    }

    @Override
    public long silenceNanos() {
        return SILENCE_NANOS;
    }

    @Override
    public Step silent(Try attempt) {
        uncertain = true;
        return elsewhere(attempt, Protocol.NOBODY, "no answer in time");
    }

    @Override
    public Response givenUp(Try attempt, String reason) {
        boolean sends = attempt.request().function().equals(Request.SEND)
                || attempt.request().function().equals(Request.APPEND);
        return sends && uncertain ? new Response.Info(reason) : new Response.Fail(reason);
    }
}
