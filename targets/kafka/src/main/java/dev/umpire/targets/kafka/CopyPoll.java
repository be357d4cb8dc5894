package dev.umpire.targets.kafka;

import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Response;
import dev.umpire.histories.value.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.message.FetchResponseData.PartitionData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.Record;
import org.apache.kafka.common.record.RecordBatch;
import org.apache.kafka.common.requests.FetchResponse;

/** A poll of one broker's own copy, which Kafka's consumer offers only where it chooses the broker itself. */
final class CopyPoll {

    private static final int AT_ONCE = 0;
    private static final int BOUND_MILLIS = 900;

    private CopyPoll() {}

    /**
     * What came of a poll.
     *
     * @param position behind what it delivered
     */
    record Polled(Response response, OffsetAndMetadata position) {}

    /**
     * Polls up to the last record that all replicas in sync have, as the broker knows it; where consumers get what is committed
     * alone, up to the first record of a transaction that is open.
     *
     * @param from where the poll begins
     * @param leads whether the broker leads the partition: then a position that its copy does not reach is one that was cut
     *     off, and the poll begins anew, as that of a consumer with {@code auto.offset.reset=earliest}
     */
    static Polled toTheEnd(KafkaNodes kafka, OffsetAndMetadata from, Node node, int partition, boolean leads) {
        TopicPartition polled = new TopicPartition(kafka.topic(), partition);
        boolean committedOnly = kafka.settings().committedOnly();
        OffsetAndMetadata position = from;
        List<Value> found = new ArrayList<>();
        try (Wire wire = new Wire(kafka.ports().direct(node), BOUND_MILLIS)) {
            PartitionData answer = Copies.fetch(wire, polled, position.offset(), AT_ONCE, committedOnly);
            if (answer.errorCode() == Errors.OFFSET_OUT_OF_RANGE.code() && leads) {
                position = SessionMemory.BEGINNING;
                answer = Copies.fetch(wire, polled, position.offset(), AT_ONCE, committedOnly);
            }
            while (answer.errorCode() == Errors.NONE.code() && position.offset() < end(answer, committedOnly)) {
                OffsetAndMetadata before = position;
                position = take(answer, before, found);
                if (position.equals(before)) {
                    throw new IOException("found no record at offset " + before.offset() + ", expected one before "
                            + end(answer, committedOnly));
                }
                answer = Copies.fetch(wire, polled, position.offset(), AT_ONCE, committedOnly);
            }
            if (answer.errorCode() != Errors.NONE.code()) {
                throw new IOException("offset " + position.offset() + ": " + Errors.forCode(answer.errorCode()));
            }
            return new Polled(Response.ok(Value.of(found)).by(node), position);
        } catch (IOException e) {
            return new Polled(new Response.Fail(node + " delivered nothing: " + e.getMessage()), from);
        }
    }

    private static long end(PartitionData answer, boolean committedOnly) {
        return committedOnly ? answer.lastStableOffset() : answer.highWatermark();
    }

    /** Takes the records from a position on; returns the position behind the last. */
    private static OffsetAndMetadata take(PartitionData answer, OffsetAndMetadata from, List<Value> found) {
        OffsetAndMetadata next = from;
        GivenUp givenUp = GivenUp.of(answer);
        for (RecordBatch batch : FetchResponse.recordsOrFail(answer).batches()) {
            boolean delivered = !givenUp.includes(batch) && !batch.isControlBatch();
            for (Record one : batch) {
                // a batch comes as a whole, from wherever it begins
                if (delivered && one.offset() >= from.offset()) {
                    found.add(Value.of(
                            List.of(Value.of(one.offset()), Value.of(one.value().getLong()))));
                }
            }
            next = SessionMemory.position(batch.nextOffset(), Optional.of(batch.partitionLeaderEpoch()));
        }
        return next;
    }
}
