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
     * Polls from where the session is up to the last record that all replicas in sync have, as the broker knows it.
     *
     * @param leads whether the broker leads the partition: then a position that its copy does not reach is one that was cut
     *     off, and the poll begins anew, as that of a consumer with {@code auto.offset.reset=earliest}
     */
    static Response toTheEnd(Layout layout, SessionMemory memory, Node node, int partition, boolean leads) {
        TopicPartition polled = new TopicPartition(Layout.TOPIC, partition);
        OffsetAndMetadata position = memory.next(partition);
        List<Value> found = new ArrayList<>();
        try (Wire wire = new Wire(layout.client(node), BOUND_MILLIS)) {
            PartitionData answer = Copies.fetch(wire, polled, position.offset(), AT_ONCE);
            if (answer.errorCode() == Errors.OFFSET_OUT_OF_RANGE.code() && leads) {
                position = SessionMemory.BEGINNING;
                answer = Copies.fetch(wire, polled, position.offset(), AT_ONCE);
            }
            while (answer.errorCode() == Errors.NONE.code() && position.offset() < answer.highWatermark()) {
                OffsetAndMetadata before = position;
                position = take(answer, before, found);
                if (position.equals(before)) {
                    throw new IOException("found no record at offset " + before.offset() + ", expected one before "
                            + answer.highWatermark());
                }
                answer = Copies.fetch(wire, polled, position.offset(), AT_ONCE);
            }
            if (answer.errorCode() != Errors.NONE.code()) {
                throw new IOException("offset " + position.offset() + ": " + Errors.forCode(answer.errorCode()));
            }
            memory.moveTo(partition, position);
            return Response.ok(Value.of(found)).by(node);
        } catch (IOException e) {
            return new Response.Fail(node + " delivered nothing: " + e.getMessage());
        }
    }

    /** Takes the records from a position on; returns the position behind the last. */
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
            next = SessionMemory.position(batch.nextOffset(), Optional.of(batch.partitionLeaderEpoch()));
        }
        return next;
    }
}
