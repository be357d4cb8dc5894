package dev.umpire.targets.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.harness.cluster.Leadership;
import dev.umpire.harness.cluster.NodePorts;
import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.environment.RealEnvironment;
import dev.umpire.harness.target.Node;
import dev.umpire.histories.value.Value;
import dev.umpire.targets.testing.TestCluster;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a session has of a poll, and where it is then. */
class SessionClientsTest {

    private static final Node N1 = new Node("n1");
    private static final TopicPartition PARTITION = new TopicPartition("topic", 0);

    private final RealEnvironment environment = new RealEnvironment(new KeyedRandom(1));
    private final KafkaNodes kafka = new KafkaNodes(
            environment,
            KafkaSettings.of(TestCluster.settings(new KafkaTarget())),
            List.of(N1),
            NodePorts.of(node -> 1),
            Map.of(N1, 1),
            PARTITION.topic());
    private final SessionMemory memory = new SessionMemory(kafka, new ToldLeaders(List.of(new Leadership(N1))), 0);
    private final SessionClients clients = memory.clients();

    /** Kafka's own asks the leader whether a position still stands once it has heard of another one, which may answer too late. */
    private final MockConsumer<byte[], Long> unsure = new MockConsumer<>(OffsetResetStrategy.EARLIEST) {
        @Override
        public synchronized long position(TopicPartition of) {
            throw new TimeoutException("position of " + of);
        }
    };

    @BeforeEach
    void stands() {
        unsure.assign(List.of(PARTITION));
        unsure.seek(PARTITION, memory.next(0));
    }

    @AfterEach
    void close() {
        environment.close();
    }

    @Test
    void aSessionIsToldWhatItIsBehindThen() {
        unsure.addRecord(new ConsumerRecord<>(PARTITION.topic(), PARTITION.partition(), 0, new byte[0], 7L));

        assertThat(clients.delivered(unsure, PARTITION, 1))
                .contains(List.of(Value.of(List.of(Value.of(0), Value.of(7)))));
        assertThat(memory.next(0).offset()).isEqualTo(1);
    }

    @Test
    void aSessionThatIsToldNothingIsWhereItWas() {
        assertThatThrownBy(() -> clients.delivered(unsure, PARTITION, 1)).isInstanceOf(TimeoutException.class);
        assertThat(memory.next(0)).isEqualTo(SessionMemory.BEGINNING);
    }
}
