package dev.umpire.targets.kafka;

import static dev.umpire.targets.testing.TestCluster.N1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.harness.cluster.NodePorts;
import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.environment.Polling;
import dev.umpire.harness.environment.SimulatedEnvironment;
import dev.umpire.targets.testing.TestCluster;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.common.message.FindCoordinatorResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.protocol.MessageUtil;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.FindCoordinatorRequest;
import org.apache.kafka.common.requests.RequestHeader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A broker that is asked for coordinators, whereupon a real one makes the topics that they keep. */
@Timeout(30)
class TopicsTest {

    /** What was asked for: 0, a group's; 1, that of transactions. */
    private final Queue<Byte> asked = new ConcurrentLinkedQueue<>();

    private ServerSocket broker;

    @BeforeEach
    void open() throws IOException {
        broker = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        broker.close();
    }

    @Test
    void whoNeedsNoTopicOfKafkasOwnAsksForNone() {
        answerWith();
        assertThat(ownMade()).isEqualTo(new Polling.Seen(true, "all that are needed"));
        assertThat(asked).isEmpty();
    }

    @Test
    void theTopicOfGroupsIsThereWhenItsCoordinatorIsKnown() {
        answerWith(Errors.COORDINATOR_NOT_AVAILABLE, Errors.NONE);
        assertThat(ownMade("consumers=group")).isEqualTo(new Polling.Seen(false, "GROUP: COORDINATOR_NOT_AVAILABLE"));
        assertThat(ownMade("consumers=group").reached()).isTrue();
        assertThat(asked).containsExactly((byte) 0, (byte) 0);
    }

    @Test
    void whoSharesPartitionsAndCommitsTransactionsNeedsBoth() {
        answerWith(Errors.NONE, Errors.NONE);
        assertThat(ownMade("consumers=group", "transactions=each").reached()).isTrue();
        assertThat(asked).containsExactly((byte) 0, (byte) 1);
    }

    private Polling.Seen ownMade(String... settings) {
        return Topics.ownMade(new KafkaNodes(
                new SimulatedEnvironment(new KeyedRandom(1)),
                KafkaSettings.of(TestCluster.settings(new KafkaTarget(), settings)),
                List.of(N1),
                NodePorts.of(node -> broker.getLocalPort()),
                Map.of(N1, 1),
                "umpire"));
    }

    private void answerWith(Errors... answers) {
        CompletableFuture<Void> unused =
                CompletableFuture.runAsync(() -> List.of(answers).forEach(this::answerOne));
    }

    private void answerOne(Errors error) {
        try (Socket connection = broker.accept()) {
            DataInputStream in = new DataInputStream(connection.getInputStream());
            ByteBuffer question = ByteBuffer.wrap(in.readNBytes(in.readInt()));
            RequestHeader header = RequestHeader.parse(question);
            FindCoordinatorRequest request = (FindCoordinatorRequest)
                    AbstractRequest.parseRequest(header.apiKey(), header.apiVersion(), question).request;
            asked.add(request.data().keyType());
            ByteBuffer answer = MessageUtil.toByteBuffer(
                    new FindCoordinatorResponseData().setErrorCode(error.code()), header.apiVersion());
            DataOutputStream out = new DataOutputStream(connection.getOutputStream());
            out.writeInt(Integer.BYTES + Byte.BYTES + answer.remaining());
            out.writeInt(header.correlationId());
            out.writeByte(0); // no tagged fields
            out.write(answer.array(), answer.arrayOffset() + answer.position(), answer.remaining());
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
