package dev.umpire.targets.kafka;

import dev.umpire.harness.environment.Polling;
import dev.umpire.harness.target.Node;
import java.io.IOException;
import org.apache.kafka.common.message.InitProducerIdRequestData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.InitProducerIdRequest;
import org.apache.kafka.common.requests.InitProducerIdResponse;

/** The ids by which brokers leave out what a producer sends again. */
final class ProducerIds {

    static final short VERSION = 4;
    private static final int BOUND_MILLIS = 2_000;

    private ProducerIds() {}

    /** Whether every broker gives an id to a producer that asks. Blocks. */
    static Polling.Seen given(KafkaNodes kafka) {
        for (Node node : kafka.nodes()) {
            String answer = ask(kafka, node);
            if (!answer.equals(Errors.NONE.name())) {
                return new Polling.Seen(false, node + ": " + answer);
            }
        }
        return new Polling.Seen(true, "all do");
    }

    private static String ask(KafkaNodes kafka, Node node) {
        InitProducerIdRequestData wish =
                new InitProducerIdRequestData().setTransactionalId(null).setTransactionTimeoutMs(BOUND_MILLIS);
        try (Wire wire = new Wire(kafka.ports().direct(node), BOUND_MILLIS)) {
            return wire.ask(new InitProducerIdRequest.Builder(wish).build(VERSION), InitProducerIdResponse.class)
                    .error()
                    .name();
        } catch (IOException e) {
            return "no answer: " + e.getMessage();
        }
    }
}
