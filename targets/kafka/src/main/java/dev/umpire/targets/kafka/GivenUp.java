package dev.umpire.targets.kafka;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.message.FetchResponseData.AbortedTransaction;
import org.apache.kafka.common.message.FetchResponseData.PartitionData;
import org.apache.kafka.common.record.ControlRecordType;
import org.apache.kafka.common.record.Record;
import org.apache.kafka.common.record.RecordBatch;

/**
 * Which batches of an answer belong to transactions that were given up. A broker names, by producer and first offset, those that
 * begin before the end of what it sends; such a one ends with the marker of that producer.
 */
final class GivenUp {

    private final Deque<AbortedTransaction> toCome;
    private final Set<Long> producers = new HashSet<>();

    private GivenUp(List<AbortedTransaction> all) {
        this.toCome = new ArrayDeque<>(all.stream()
                .sorted(Comparator.comparingLong(AbortedTransaction::firstOffset))
                .toList());
    }

    /** Those of an answer; none where it was not asked for what is committed. */
    static GivenUp of(PartitionData answer) {
        return new GivenUp(Optional.ofNullable(answer.abortedTransactions()).orElse(List.of()));
    }

    /** Whether this batch is of one. To be asked of all batches in their order. */
    boolean includes(RecordBatch batch) {
        for (AbortedTransaction next = toCome.peek();
                next != null && next.firstOffset() <= batch.lastOffset();
                next = toCome.peek()) {
            producers.add(next.producerId());
            toCome.remove();
        }
        if (batch.isControlBatch()) {
            if (isGivingUp(batch)) {
                producers.remove(batch.producerId());
            }
            return false;
        }
        return batch.isTransactional() && producers.contains(batch.producerId());
    }

    private static boolean isGivingUp(RecordBatch markers) {
        for (Record marker : markers) {
            return ControlRecordType.parse(marker.key()) == ControlRecordType.ABORT;
        }
        return false;
    }
}
