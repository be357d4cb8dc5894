package dev.umpire.targets.kafka;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.FetchResponseData.FetchableTopicResponse;
import org.apache.kafka.common.message.FetchResponseData.PartitionData;
import org.apache.kafka.common.message.ListOffsetsRequestData.ListOffsetsPartition;
import org.apache.kafka.common.message.ListOffsetsRequestData.ListOffsetsTopic;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.FetchRequest;
import org.apache.kafka.common.requests.FetchResponse;
import org.apache.kafka.common.requests.ListOffsetsRequest;
import org.apache.kafka.common.requests.ListOffsetsResponse;

/** What a broker's own copies of partitions hold, whether it leads them or not. */
final class Copies {

    /** The end of a partition of which the broker has no copy. */
    static final long NONE = -1;

    static final short OFFSETS_VERSION = 7;
    static final short FETCH_VERSION = 12; // the last one that calls a topic by its name
    private static final int MOST_BYTES = 8 << 20;

    private Copies() {}

    /**
     * Asks a broker for the ends of its copies, those of records that are not yet on all replicas in sync included.
     *
     * @param partitions how many partitions the topic has
     * @return by partition; absent where the broker has no copy
     */
    static Map<Integer, Long> ends(Wire wire, String topic, int partitions) throws IOException {
        List<ListOffsetsPartition> wanted = IntStream.range(0, partitions)
                .mapToObj(partition -> new ListOffsetsPartition()
                        .setPartitionIndex(partition)
                        .setTimestamp(ListOffsetsRequest.LATEST_TIMESTAMP))
                .toList();
        ListOffsetsRequest request = ListOffsetsRequest.Builder.forReplica(
                        OFFSETS_VERSION, ListOffsetsRequest.DEBUGGING_REPLICA_ID)
                .setTargetTimes(List.of(new ListOffsetsTopic().setName(topic).setPartitions(wanted)))
                .build(OFFSETS_VERSION);
        Map<Integer, Long> ends = new HashMap<>();
        wire.ask(request, ListOffsetsResponse.class)
                .topics()
                .forEach(one -> one.partitions().stream()
                        .filter(partition -> partition.errorCode() == Errors.NONE.code())
                        .forEach(partition -> ends.put(partition.partitionIndex(), partition.offset())));
        return ends;
    }

    /**
     * Asks a broker for records of its copy, of those that all replicas in sync have.
     *
     * @param offset of the first
     * @param waitMillis for how long the broker waits for one if it has none
     * @param committedOnly whether only those up to the first of a transaction that is open
     */
    static PartitionData fetch(Wire wire, TopicPartition partition, long offset, int waitMillis, boolean committedOnly)
            throws IOException {
        FetchRequest request = FetchRequest.Builder.forConsumer(
                        FETCH_VERSION,
                        waitMillis,
                        1,
                        Map.of(
                                partition,
                                new FetchRequest.PartitionData(
                                        Uuid.ZERO_UUID,
                                        offset,
                                        FetchRequest.INVALID_LOG_START_OFFSET,
                                        MOST_BYTES,
                                        Optional.empty())))
                .isolationLevel(committedOnly ? IsolationLevel.READ_COMMITTED : IsolationLevel.READ_UNCOMMITTED)
                .build(FETCH_VERSION);
        FetchResponse response = wire.ask(request, FetchResponse.class);
        List<PartitionData> found = response.data().responses().stream()
                .map(FetchableTopicResponse::partitions)
                .flatMap(List::stream)
                .toList();
        if (found.size() != 1) {
            throw new IOException(
                    "fetch from " + partition + ": found " + response.error() + ", expected an answer for it");
        }
        return found.get(0);
    }
}
