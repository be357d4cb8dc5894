package dev.umpire.targets.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.umpire.harness.target.Client;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Response;
import dev.umpire.harness.target.Session;
import dev.umpire.histories.value.Value;
import dev.umpire.targets.testing.TestCluster;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** What tests send to the first partition and poll from it. */
final class KafkaMessages {
    static final Duration LIMIT = Duration.ofSeconds(30);
    static final Value P0 = Value.of("p0");

    private KafkaMessages() {}

    /** What is answered to the first of some messages that the brokers take in time, which a busy machine may not. */
    static Value taken(TestCluster kafka, Client client, AtomicLong messages) {
        Response answer = await("a message that is taken")
                .atMost(LIMIT)
                .pollInSameThread()
                .until(() -> kafka.ask(client, send(messages.getAndIncrement())), Response.Ok.class::isInstance);
        return result(answer);
    }

    /** A Java process that comes back takes longer than other stores do. */
    static void awaitConvergence(TestCluster kafka) {
        await("convergence")
                .atMost(LIMIT)
                .pollInSameThread()
                .until(() -> kafka.await(kafka.cluster().convergence()).reached());
    }

    /** What a session that has polled nothing gets in the end. */
    static List<Value> toTheEnd(TestCluster kafka, Node node) {
        int session = 90 + kafka.cluster().nodes().indexOf(node);
        try (Client client = kafka.connect(new Session(session), node)) {
            Response polled = kafka.ask(client, poll().finallyAt(node));
            assertThat(polled)
                    .isInstanceOfSatisfying(
                            Response.Ok.class, ok -> assertThat(ok.node()).isEqualTo(Optional.of(node)));
            return ((Value.Sequence) result(polled)).elements();
        }
    }

    static Request send(long message) {
        return Request.of(Request.SEND, P0, Value.of(message));
    }

    static Request poll() {
        return Request.of(Request.POLL, P0, Value.NIL);
    }

    static Value record(long offset, long message) {
        return Value.of(List.of(Value.of(offset), Value.of(message)));
    }

    static Value records(Value... records) {
        return Value.of(List.of(records));
    }

    static Value result(Response response) {
        assertThat(response).isInstanceOf(Response.Ok.class);
        return ((Response.Ok) response).result().orElseThrow();
    }
}
