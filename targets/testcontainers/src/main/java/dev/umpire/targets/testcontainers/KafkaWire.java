package dev.umpire.targets.testcontainers;

import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Response;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.message.InitProducerIdRequestData;
import org.apache.kafka.common.message.ListOffsetsRequestData.ListOffsetsPartition;
import org.apache.kafka.common.message.ListOffsetsRequestData.ListOffsetsTopic;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.ApiVersionsRequest;
import org.apache.kafka.common.requests.ApiVersionsResponse;
import org.apache.kafka.common.requests.InitProducerIdRequest;
import org.apache.kafka.common.requests.InitProducerIdResponse;
import org.apache.kafka.common.requests.ListOffsetsRequest;
import org.apache.kafka.common.requests.ListOffsetsResponse;
import org.apache.kafka.common.requests.MetadataRequest;
import org.apache.kafka.common.requests.MetadataResponse;
import org.apache.kafka.common.requests.RequestHeader;

/**
 * One connection to one broker, by Kafka's own requests. What is asked here is answered by that broker and by no other, which
 * Kafka's clients do not promise: they ask whom they find.
 *
 * <pre>
 *  0        4
 * +--------+--------+------
 * | size   | header | request or response   big-endian
 * +--------+--------+------
 * </pre>
 */
final class KafkaWire implements StoreConnection {
    private static final int BOUND_MILLIS = 1_000;
    private static final int MOST_BYTES = 64 << 20;
    private static final short VERSIONS_VERSION = 3;
    private static final short METADATA_VERSION = 12;
    private static final short OFFSETS_VERSION = 7;
    private static final short PRODUCER_VERSION = 4;

    private final Socket socket = new Socket();
    private final int port;
    private int correlation;

    KafkaWire(String host, int port) throws IOException {
        this.port = port;
        try {
            socket.connect(new InetSocketAddress(host, port), BOUND_MILLIS);
            socket.setSoTimeout(BOUND_MILLIS);
            socket.setTcpNoDelay(true);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    @Override
    public Response ask(Request request) {
        throw new UnsupportedOperationException("found " + request + " of nobody, expected it of a session");
    }

    /** Which requests it understands, which it answers before the cluster knows it again. */
    @Override
    public String probe() throws IOException {
        ApiVersionsResponse answer =
                ask(new ApiVersionsRequest.Builder().build(VERSIONS_VERSION), ApiVersionsResponse.class);
        return "understands " + answer.data().apiKeys().size() + " kinds of requests";
    }

    /** Leads where it believes to lead the first partition; as far as the ends of its own copies, which no other one has longer. */
    @Override
    public Standing standing() throws IOException {
        return new Standing(leads(0), written());
    }

    /** Whether the broker believes that it leads a partition. */
    boolean leads(int partition) throws IOException {
        MetadataResponse metadata = ask(
                new MetadataRequest.Builder(List.of(KafkaTopic.NAME), false).build(METADATA_VERSION),
                MetadataResponse.class);
        List<Integer> own = metadata.brokers().stream()
                .filter(broker -> broker.port() == port)
                .map(Node::id)
                .toList();
        return metadata.data().topics().stream()
                .flatMap(topic -> topic.partitions().stream())
                .anyMatch(one -> one.partitionIndex() == partition && own.contains(one.leaderId()));
    }

    /**
     * Asks for an id as a producer does that marks what it sends again. The first one makes the broker ask the controllers, which
     * takes longer than a message may.
     *
     * @return why there is none; empty: there is one
     */
    Optional<String> givesProducersNoId() throws IOException {
        InitProducerIdRequestData wish =
                new InitProducerIdRequestData().setTransactionalId(null).setTransactionTimeoutMs(BOUND_MILLIS);
        Errors error = ask(
                        new InitProducerIdRequest.Builder(wish).build(PRODUCER_VERSION), InitProducerIdResponse.class)
                .error();
        return error == Errors.NONE ? Optional.empty() : Optional.of("an id for producers: " + error);
    }

    /** How many messages its copies hold in all, those included that are not yet on all replicas in sync. */
    private long written() throws IOException {
        List<ListOffsetsPartition> wanted = IntStream.range(0, KafkaTopic.PARTITIONS)
                .mapToObj(partition -> new ListOffsetsPartition()
                        .setPartitionIndex(partition)
                        .setTimestamp(ListOffsetsRequest.LATEST_TIMESTAMP))
                .toList();
        ListOffsetsRequest request = ListOffsetsRequest.Builder.forReplica(
                        OFFSETS_VERSION, ListOffsetsRequest.DEBUGGING_REPLICA_ID)
                .setTargetTimes(
                        List.of(new ListOffsetsTopic().setName(KafkaTopic.NAME).setPartitions(wanted)))
                .build(OFFSETS_VERSION);
        return ask(request, ListOffsetsResponse.class).topics().stream()
                .flatMap(topic -> topic.partitions().stream())
                .filter(partition -> partition.errorCode() == Errors.NONE.code())
                .mapToLong(partition -> partition.offset())
                .sum();
    }

    /**
     * Sends a request and awaits its answer.
     *
     * @throws IOException if the broker is silent for too long or says something else
     */
    <T extends AbstractResponse> T ask(AbstractRequest request, Class<T> answer) throws IOException {
        RequestHeader header = new RequestHeader(request.apiKey(), request.version(), "umpire-wire", correlation++);
        ByteBuffer body = request.serializeWithHeader(header);
        ByteBuffer frame = ByteBuffer.allocate(Integer.BYTES + body.remaining());
        frame.putInt(body.remaining()).put(body);
        socket.getOutputStream().write(frame.array());
        DataInputStream in = new DataInputStream(socket.getInputStream());
        int size = in.readInt();
        if (size < 0 || size > MOST_BYTES) {
            throw new IOException(
                    "answer to " + header.apiKey() + ": found " + size + " bytes, expected 0 to " + MOST_BYTES);
        }
        byte[] bytes = new byte[size];
        in.readFully(bytes);
        return answer.cast(AbstractResponse.parseResponse(ByteBuffer.wrap(bytes), header));
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException ended) {
            return; // it is closed either way
        }
    }
}
