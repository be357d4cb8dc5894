package dev.umpire.targets.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.FindCoordinatorResponseData;
import org.apache.kafka.common.message.FindCoordinatorResponseData.Coordinator;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseBroker;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseBrokerCollection;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.MessageUtil;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.requests.ResponseHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients are told on their way, byte by byte and at once. */
class ToldAddressesTest {

    private final ToldAddresses ways = new ToldAddresses(Map.of(4, 7004));

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 10_000})
    void brokersOfMetadataAreAtPortsOfThisMachineAndOthersWhereTheyAre(int bytesAtOnce) throws IOException {
        ask(ApiKeys.METADATA, 12, 1, bytesAtOnce);
        MetadataResponseBrokerCollection brokers = new MetadataResponseBrokerCollection();
        brokers.add(new MetadataResponseBroker().setNodeId(4).setHost("db4").setPort(9092));
        brokers.add(new MetadataResponseBroker().setNodeId(5).setHost("db5").setPort(9092));

        ApiMessage told =
                answered(ApiKeys.METADATA, 12, 1, new MetadataResponseData().setBrokers(brokers), bytesAtOnce);

        assertThat(((MetadataResponseData) told).brokers())
                .extracting(one -> one.nodeId() + " " + one.host() + ":" + one.port())
                .containsExactlyInAnyOrder("4 127.0.0.1:7004", "5 db5:9092");
    }

    @Test
    void coordinatorsAreToldInOldAnswersAndInNew() throws IOException {
        ask(ApiKeys.FIND_COORDINATOR, 3, 1, 100);
        ask(ApiKeys.FIND_COORDINATOR, 4, 2, 100);
        FindCoordinatorResponseData one =
                new FindCoordinatorResponseData().setNodeId(4).setHost("db4").setPort(9092);
        Coordinator among =
                new Coordinator().setKey("group").setNodeId(4).setHost("db4").setPort(9092);

        FindCoordinatorResponseData old =
                (FindCoordinatorResponseData) answered(ApiKeys.FIND_COORDINATOR, 3, 1, one, 100);
        FindCoordinatorResponseData several = (FindCoordinatorResponseData) answered(
                ApiKeys.FIND_COORDINATOR, 4, 2, new FindCoordinatorResponseData().setCoordinators(List.of(among)), 100);

        assertThat(old.host() + ":" + old.port()).isEqualTo("127.0.0.1:7004");
        assertThat(several.coordinators())
                .singleElement()
                .satisfies(told -> assertThat(told.host() + ":" + told.port()).isEqualTo("127.0.0.1:7004"));
    }

    @Test
    void whoLeadsNowIsToldByAnswersToSendsAndPolls() throws IOException {
        ask(ApiKeys.PRODUCE, 10, 1, 100);
        ask(ApiKeys.FETCH, 16, 2, 100);
        ProduceResponseData.NodeEndpointCollection takers = new ProduceResponseData.NodeEndpointCollection();
        takers.add(new ProduceResponseData.NodeEndpoint()
                .setNodeId(4)
                .setHost("db4")
                .setPort(9092));
        FetchResponseData.NodeEndpointCollection givers = new FetchResponseData.NodeEndpointCollection();
        givers.add(
                new FetchResponseData.NodeEndpoint().setNodeId(4).setHost("db4").setPort(9092));

        ProduceResponseData sent = (ProduceResponseData)
                answered(ApiKeys.PRODUCE, 10, 1, new ProduceResponseData().setNodeEndpoints(takers), 100);
        FetchResponseData polled = (FetchResponseData)
                answered(ApiKeys.FETCH, 16, 2, new FetchResponseData().setNodeEndpoints(givers), 100);

        assertThat(sent.nodeEndpoints().find(4).port()).isEqualTo(7004);
        assertThat(polled.nodeEndpoints().find(4).port()).isEqualTo(7004);
    }

    @Test
    void whatTellsNoAddressIsCarriedAsItIsAndAfterARequestThatIsNotAnsweredTheNextOneIsKnown() throws IOException {
        ask(ApiKeys.PRODUCE, 10, 1, 100); // with acks=0
        ask(ApiKeys.HEARTBEAT, 4, 2, 100);
        ask(ApiKeys.METADATA, 12, 3, 100);
        ByteBuffer heartbeat =
                ByteBuffer.allocate(12).putInt(8).putInt(2).putInt(77).flip();

        assertThat(ways.answered(heartbeat.duplicate())).isEqualTo(heartbeat);

        MetadataResponseBrokerCollection brokers = new MetadataResponseBrokerCollection();
        brokers.add(new MetadataResponseBroker().setNodeId(4).setHost("db4").setPort(9092));
        ApiMessage told = answered(ApiKeys.METADATA, 12, 3, new MetadataResponseData().setBrokers(brokers), 100);
        assertThat(((MetadataResponseData) told).brokers().find(4).port()).isEqualTo(7004);
    }

    @Test
    void whatIsNotOfKafkaIsRefused() throws IOException {
        assertThatThrownBy(() -> ways.answered(ByteBuffer.wrap("HTTP/1.1 400".getBytes(StandardCharsets.US_ASCII))))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("found a message of ");
        ask(ApiKeys.METADATA, 12, 1, 100);
        ToldAddresses other = new ToldAddresses(Map.of());
        other.sent(request(ApiKeys.METADATA, 12, 1));
        assertThatThrownBy(() -> other.answered(
                        ByteBuffer.allocate(12).putInt(8).putInt(1).putInt(-1).flip()))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("answer to METADATA: ");
    }

    private void ask(ApiKeys kind, int version, int number, int bytesAtOnce) throws IOException {
        for (ByteBuffer part : parts(request(kind, version, number), bytesAtOnce)) {
            ways.sent(part);
        }
    }

    private static ByteBuffer request(ApiKeys kind, int version, int number) {
        RequestHeader header = new RequestHeader(kind, (short) version, "client", number);
        ByteBuffer bytes = MessageUtil.toByteBuffer(header.data(), header.headerVersion());
        return ByteBuffer.allocate(Integer.BYTES + bytes.remaining())
                .putInt(bytes.remaining())
                .put(bytes)
                .flip();
    }

    private ApiMessage answered(ApiKeys kind, int version, int number, ApiMessage message, int bytesAtOnce)
            throws IOException {
        RequestHeader request = new RequestHeader(kind, (short) version, "client", number);
        ResponseHeader header = request.toResponseHeader();
        ByteBuffer first = MessageUtil.toByteBuffer(header.data(), header.headerVersion());
        ByteBuffer rest = MessageUtil.toByteBuffer(message, (short) version);
        int size = first.remaining() + rest.remaining();
        ByteBuffer frame = ByteBuffer.allocate(Integer.BYTES + size)
                .putInt(size)
                .put(first)
                .put(rest)
                .flip();
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        for (ByteBuffer part : parts(frame, bytesAtOnce)) {
            ByteBuffer given = ways.answered(part);
            told.write(given.array(), given.arrayOffset() + given.position(), given.remaining());
        }
        ByteBuffer whole = ByteBuffer.wrap(told.toByteArray());
        assertThat(whole.getInt()).isEqualTo(whole.remaining());
        return AbstractResponse.parseResponse(whole, request).data();
    }

    private static List<ByteBuffer> parts(ByteBuffer all, int size) {
        List<ByteBuffer> parts = new ArrayList<>();
        for (int from = 0; from < all.limit(); from += size) {
            parts.add(all.slice(from, Math.min(size, all.limit() - from)));
        }
        return parts;
    }
}
