package dev.umpire.targets.kafka;

import dev.umpire.harness.target.Client;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Response;
import dev.umpire.histories.value.Value;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.KafkaException;

/** A session's requests: to the leader of a partition, or, in the end, to a broker's own copy of it. Used on the loop. */
final class KafkaClient implements Client {

    /** What stands before the number of a partition in its name. */
    static final String PARTITION = "p";

    private final KafkaNodes kafka;
    private final ToldLeaders leaders;
    private final SessionMemory memory;
    private final SessionClients clients;
    private boolean underWay;

    /** A client of one session. */
    KafkaClient(KafkaNodes kafka, SessionMemory memory) {
        this.kafka = kafka;
        this.leaders = memory.leaders();
        this.memory = memory;
        this.clients = memory.clients();
    }

    @Override
    public Node route(Request request) {
        return request.at().orElseGet(() -> leaders.leader(ofGroup(request) ? 0 : partition(request)));
    }

    /** Whether it is of a member of the group, which polls what it is assigned. */
    private static boolean ofGroup(Request request) {
        return request.key().isEmpty()
                && (request.function().equals(Request.SUBSCRIBE)
                        || request.function().equals(Request.POLL));
    }

    /** {@code p0} is partition 0, and so on. */
    private int partition(Request request) {
        String name = request.key().map(Value::toString).orElse("");
        for (int partition = 0; partition < leaders.partitions(); partition++) {
            if (name.equals(PARTITION + partition)) {
                return partition;
            }
        }
        throw new IllegalArgumentException("partition: found " + (name.isEmpty() ? "none" : name) + ", expected "
                + PARTITION + "0 to " + PARTITION + (leaders.partitions() - 1) + " (the setting topic-partitions)");
    }

    @Override
    public CompletionStage<Response> invoke(Request request, Node node) {
        underWay = true;
        CompletionStage<Response> answer =
                ofGroup(request) ? groupAnswer(request) : answer(request, partition(request), node);
        return answer.whenComplete((response, failure) -> underWay = false);
    }

    private CompletionStage<Response> groupAnswer(Request request) {
        if (kafka.settings().commits().isEmpty()) {
            return refused("found " + request.function() + " of a group, expected the setting consumers=group");
        }
        if (request.function().equals(Request.SUBSCRIBE)) {
            // it joins with its next poll
            memory.subscribe();
            return CompletableFuture.completedStage(Response.done());
        }
        return clients.onThread(clients::pollAsMember);
    }

    private CompletionStage<Response> answer(Request request, int partition, Node node) {
        return switch (request.function()) {
            case Request.SEND ->
                request.argument() instanceof Value.Int message
                        ? clients.onThread(() -> clients.send(partition, message.value()))
                        : refused("message: found " + request.argument() + ", expected a whole number");
            case Request.POLL ->
                clients.onThread(() -> request.at().isPresent() ? toTheEnd(partition, node) : clients.poll(partition));
            default -> refused("function: found " + request.function() + ", expected send, poll or subscribe");
        };
    }

    /** From where the session is, or where the group is of which it is a member, to the end of a broker's own copy. */
    private Response toTheEnd(int partition, Node node) {
        boolean leads = node.equals(leaders.leaderToldToAny(partition));
        if (memory.isSubscribed()) {
            try {
                return CopyPoll.toTheEnd(kafka, clients.consumedByGroup(partition), node, partition, leads)
                        .response();
            } catch (KafkaException unknown) {
                return new Response.Fail("nobody told where the group is: " + unknown.getMessage());
            }
        }
        CopyPoll.Polled polled = CopyPoll.toTheEnd(kafka, memory.next(partition), node, partition, leads);
        memory.moveTo(partition, polled.position());
        return polled.response();
    }

    private static CompletionStage<Response> refused(String reason) {
        return CompletableFuture.completedStage(new Response.Fail(reason));
    }

    /** Ends producer and consumer where a request is under way; else the session's next client goes on with them. */
    @Override
    public void close() {
        if (underWay) {
            CompletionStage<Void> unused = memory.discard();
        }
    }
}
