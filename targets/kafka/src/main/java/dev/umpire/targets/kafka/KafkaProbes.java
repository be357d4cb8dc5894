package dev.umpire.targets.kafka;

import dev.umpire.harness.cluster.Probes;
import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Observation;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceDataCollection;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.SimpleRecord;
import org.apache.kafka.common.requests.ApiVersionsRequest;
import org.apache.kafka.common.requests.ApiVersionsResponse;
import org.apache.kafka.common.requests.FetchResponse;
import org.apache.kafka.common.requests.ProduceRequest;
import org.apache.kafka.common.requests.ProduceResponse;

/**
 * Whether a link delivers is asked at its end, so that the way back plays no part: a record that asks for no answer is dialled
 * over the link as the broker at its start dials, to a partition that is this link's alone and has its one copy at the broker
 * at the end; that broker then says, at the port for clients, whether its copy has grown.
 */
final class KafkaProbes extends Probes {

    private static final int DELIVERY_MILLIS = 400;
    private static final short VERSIONS_VERSION = 3;
    private static final short PRODUCE_VERSION = 9;
    private static final short UNANSWERED = 0;
    private static final short BY_LEADER = 1;

    private final Layout layout;
    private final Environment environment;
    private final List<Link> links;

    KafkaProbes(Layout layout) {
        super(layout.environment());
        this.layout = layout;
        this.environment = layout.environment();
        this.links = Topics.links(layout);
    }

    /** Asked at the port for other controllers, which is answered before the cluster knows the broker again. */
    @Override
    public CompletionStage<Observation> answers(Node node) {
        return environment.blocking("probe-" + node, () -> {
            long sent = environment.nowNanos();
            String asked = node + " was asked which requests it understands and ";
            try (Wire wire = new Wire(layout.controller(node), KafkaNodes.QUESTION_MILLIS)) {
                wire.ask(new ApiVersionsRequest.Builder().build(VERSIONS_VERSION), ApiVersionsResponse.class);
                return new Observation(true, asked + "answered" + after(sent));
            } catch (IOException e) {
                return new Observation(false, asked + "did not answer: " + e.getMessage() + after(sent));
            }
        });
    }

    @Override
    public CompletionStage<Observation> delivers(Link link) {
        return environment.blocking("probe-" + link, () -> {
            long began = environment.nowNanos();
            try (Wire ears = new Wire(layout.client(link.to()), KafkaNodes.QUESTION_MILLIS)) {
                return dialled(link, ears, end(ears, link));
            } catch (IOException e) {
                return silent(link, ": " + e.getMessage(), began);
            }
        });
    }

    /** What is sent on a new connection; the broker at the end is asked to wait until its copy grows. */
    private Observation dialled(Link link, Wire ears, long end) throws IOException {
        long sent = environment.nowNanos();
        String what = "a record dialled " + link;
        try (Wire mouth = new Wire(layout.links().dial(link.from(), link.to()), KafkaNodes.QUESTION_MILLIS)) {
            mouth.tell(record(links.indexOf(link), UNANSWERED));
            boolean arrived =
                    FetchResponse.recordsSize(Copies.fetch(ears, partition(link), end, DELIVERY_MILLIS, false)) > 0;
            return new Observation(arrived, what + (arrived ? " arrived" : " did not arrive") + after(sent));
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>A broker that dates records itself says by its answer when it appended one.
     */
    @Override
    public Instant time(Node node) throws IOException {
        try (Wire wire = new Wire(layout.client(node), KafkaNodes.QUESTION_MILLIS)) {
            return wire
                    .ask(record(Topics.ofNode(layout, node), BY_LEADER), ProduceResponse.class)
                    .data()
                    .responses()
                    .stream()
                    .flatMap(topic -> topic.partitionResponses().stream())
                    .filter(partition -> partition.errorCode() == Errors.NONE.code())
                    .map(partition -> Instant.ofEpochMilli(partition.logAppendTimeMs()))
                    .findFirst()
                    .orElseThrow(() -> new IOException(node + " appended no record to a partition of its own"));
        }
    }

    private TopicPartition partition(Link link) {
        return new TopicPartition(Topics.PROBES, links.indexOf(link));
    }

    private static ProduceRequest record(int partition, short acks) {
        TopicProduceData topic = new TopicProduceData()
                .setName(Topics.PROBES)
                .setPartitionData(List.of(new PartitionProduceData()
                        .setIndex(partition)
                        .setRecords(MemoryRecords.withRecords(Compression.NONE, new SimpleRecord(new byte[] {1})))));
        ProduceRequestData data = new ProduceRequestData()
                .setAcks(acks)
                .setTimeoutMs(KafkaNodes.QUESTION_MILLIS)
                .setTopicData(new TopicProduceDataCollection(List.of(topic).iterator()));
        return ProduceRequest.forCurrentMagic(data).build(PRODUCE_VERSION);
    }

    private long end(Wire ears, Link link) throws IOException {
        Long end = Copies.ends(ears, Topics.PROBES, links.size()).get(links.indexOf(link));
        if (end == null) {
            throw new IOException(link.to() + " has no copy of the link's partition");
        }
        return end;
    }
}
