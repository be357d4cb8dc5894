package dev.umpire.targets.testcontainers;

import dev.umpire.histories.value.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.FetchResponseData.FetchableTopicResponse;
import org.apache.kafka.common.message.FetchResponseData.PartitionData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.Record;
import org.apache.kafka.common.record.RecordBatch;
import org.apache.kafka.common.requests.FetchRequest;
import org.apache.kafka.common.requests.FetchResponse;

/**
 * What one broker's own copy of a partition holds from a place on, which Kafka's consumer offers only where it chooses the broker
 * itself.
 *
 * @param messages each {@code [offset message]}
 * @param next where a poll goes on
 */
record KafkaCopy(List<Value> messages, OffsetAndMetadata next) {
    /** The last one that calls a topic by its name. */
    private static final short FETCH_VERSION = 12;

    private static final int MOST_BYTES = 8 << 20;

    KafkaCopy {
        messages = List.copyOf(messages);
    }

    /**
     * Reads it up to the last record that all replicas in sync have, as the broker knows it. Where the copy of the leader ends
     * before, that place was cut off, and it is read from its beginning, as by a consumer with
     * {@code auto.offset.reset=earliest}.
     *
     * @throws IOException if the broker is silent, or has less
     */
    static KafkaCopy toTheEnd(KafkaWire wire, TopicPartition partition, OffsetAndMetadata from) throws IOException {
        OffsetAndMetadata next = from;
        PartitionData answer = fetch(wire, partition, next);
        if (answer.errorCode() == Errors.OFFSET_OUT_OF_RANGE.code() && wire.leads(partition.partition())) {
            next = KafkaSession.BEGINNING;
            answer = fetch(wire, partition, next);
        }
        List<Value> found = new ArrayList<>();
        while (answer.errorCode() == Errors.NONE.code() && next.offset() < answer.highWatermark()) {
            OffsetAndMetadata before = next;
            next = take(answer, before, found);
            if (next.equals(before)) {
                throw new IOException("found no record at offset " + before.offset() + ", expected one before "
                        + answer.highWatermark());
            }
            answer = fetch(wire, partition, next);
        }
        if (answer.errorCode() != Errors.NONE.code()) {
            throw new IOException("offset " + next.offset() + ": " + Errors.forCode(answer.errorCode()));
        }
        return new KafkaCopy(found, next);
    }

    /** Takes the records from a place on; returns the place behind the last. */
    private static OffsetAndMetadata take(PartitionData answer, OffsetAndMetadata from, List<Value> found) {
        OffsetAndMetadata next = from;
        for (RecordBatch batch : FetchResponse.recordsOrFail(answer).batches()) {
            for (Record one : batch) {
                // a batch is delivered as a whole, from wherever it begins
                if (one.offset() >= from.offset() && !batch.isControlBatch()) {
                    found.add(Value.of(
                            List.of(Value.of(one.offset()), Value.of(one.value().getLong()))));
                }
            }
            next = new OffsetAndMetadata(batch.nextOffset(), Optional.of(batch.partitionLeaderEpoch()), "");
        }
        return next;
    }

    private static PartitionData fetch(KafkaWire wire, TopicPartition partition, OffsetAndMetadata from)
            throws IOException {
        FetchRequest request = FetchRequest.Builder.forConsumer(
                        FETCH_VERSION,
                        0,
                        1,
                        Map.of(
                                partition,
                                new FetchRequest.PartitionData(
                                        Uuid.ZERO_UUID,
                                        from.offset(),
                                        FetchRequest.INVALID_LOG_START_OFFSET,
                                        MOST_BYTES,
                                        Optional.empty())))
                .build(FETCH_VERSION);
        FetchResponse response = wire.ask(request, FetchResponse.class);
        return response.data().responses().stream()
                .map(FetchableTopicResponse::partitions)
                .flatMap(List::stream)
                .findFirst()
                .orElseThrow(() -> new IOException(
                        "fetch from " + partition + ": found " + response.error() + ", expected an answer for it"));
    }
}
