package dev.umpire.targets.kafka;

import dev.umpire.harness.cluster.Leadership;
import dev.umpire.harness.target.Client;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Response;
import dev.umpire.histories.value.Value;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A session's requests: to the leader of a partition, or, in the end, to a broker's own copy of it. Used on the loop. */
final class KafkaClient implements Client {

    private static final String PARTITION = "p";

    private final Layout layout;
    private final List<Leadership> leaders;
    private final SessionMemory memory;
    private final SessionClients clients;
    private boolean underWay;

    /**
     * A client of one session.
     *
     * @param leaders by partition, as clients were told
     */
    KafkaClient(Layout layout, List<Leadership> leaders, SessionMemory memory) {
        this.layout = layout;
        this.leaders = leaders;
        this.memory = memory;
        this.clients = memory.clients();
    }

    @Override
    public Node route(Request request) {
        return request.at().orElseGet(() -> leaders.get(partition(request)).now());
    }

    /** {@code p0} is partition 0, and so on. */
    private int partition(Request request) {
        String name = request.key().map(Value::toString).orElse("");
        for (int partition = 0; partition < leaders.size(); partition++) {
            if (name.equals(PARTITION + partition)) {
                return partition;
            }
        }
        throw new IllegalArgumentException("partition: found " + (name.isEmpty() ? "none" : name) + ", expected "
                + PARTITION + "0 to " + PARTITION + (leaders.size() - 1) + " (the setting topic-partitions)");
    }

    @Override
    public CompletionStage<Response> invoke(Request request, Node node) {
        int partition = partition(request);
        underWay = true;
        return answer(request, partition, node).whenComplete((response, failure) -> underWay = false);
    }

    private CompletionStage<Response> answer(Request request, int partition, Node node) {
        return switch (request.function()) {
            case Request.SEND ->
                request.argument() instanceof Value.Int message
                        ? clients.onThread(() -> clients.send(partition, message.value()))
                        : refused("message: found " + request.argument() + ", expected a whole number");
            case Request.POLL ->
                clients.onThread(() -> request.at().isPresent()
                        ? CopyPoll.toTheEnd(
                                layout,
                                memory,
                                node,
                                partition,
                                node.equals(leaders.get(partition).now()))
                        : clients.poll(partition));
            default -> refused("function: found " + request.function() + ", expected send or poll");
        };
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
