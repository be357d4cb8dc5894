package dev.umpire.targets.kafka;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.harness.launcher.LaunchException;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersion;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersionCollection;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.MessageUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Brokers of other versions, which answer one question each. */
@Timeout(30)
class AskedVersionsTest {

    private static final short VERSION = 3;

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
    void aBrokerThatUnderstandsAllIsTaken() {
        answerWith(13, 17);
        assertThatCode(() -> AskedVersions.require(broker.getLocalPort(), "db1:9092 (n1)"))
                .doesNotThrowAnyException();
    }

    @Test
    void aBrokerThatIsTooOldIsRefused() {
        answerWith(9, 17);
        assertThatThrownBy(() -> AskedVersions.require(broker.getLocalPort(), "db1:9092 (n1)"))
                .isInstanceOf(LaunchException.class)
                .hasMessage("addresses: found at db1:9092 (n1) a broker that understands Metadata in versions 0 to 9,"
                        + " expected 12 among them, as with Kafka 3.9.1");
    }

    @Test
    void aBrokerWithoutAKindOfQuestionIsRefused() {
        answerWith(13, -1);
        assertThatThrownBy(() -> AskedVersions.require(broker.getLocalPort(), "db1:9092 (n1)"))
                .hasMessage(
                        "addresses: found at db1:9092 (n1) a broker that understands Fetch in no version, expected 12"
                                + " among them, as with Kafka 3.9.1");
    }

    /** @param fetch the last version that is understood; below 0: none is */
    private void answerWith(int metadata, int fetch) {
        ApiVersionCollection versions = new ApiVersionCollection();
        versions.add(version(ApiKeys.METADATA, metadata));
        versions.add(version(ApiKeys.LIST_OFFSETS, 9));
        versions.add(version(ApiKeys.INIT_PRODUCER_ID, 5));
        if (fetch >= 0) {
            versions.add(version(ApiKeys.FETCH, fetch));
        }
        ByteBuffer answer = MessageUtil.toByteBuffer(new ApiVersionsResponseData().setApiKeys(versions), VERSION);
        CompletableFuture<Void> unused = CompletableFuture.runAsync(() -> answerOne(answer));
    }

    private static ApiVersion version(ApiKeys key, int most) {
        return new ApiVersion().setApiKey(key.id).setMinVersion((short) 0).setMaxVersion((short) most);
    }

    private void answerOne(ByteBuffer answer) {
        try (Socket asked = broker.accept()) {
            DataInputStream in = new DataInputStream(asked.getInputStream());
            in.skipNBytes(Short.BYTES * 2 + Integer.BYTES);
            int number = in.readInt();
            DataOutputStream out = new DataOutputStream(asked.getOutputStream());
            out.writeInt(Integer.BYTES + answer.remaining());
            out.writeInt(number);
            out.write(answer.array(), answer.arrayOffset() + answer.position(), answer.remaining());
            out.flush();
            in.skipNBytes(in.available());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
