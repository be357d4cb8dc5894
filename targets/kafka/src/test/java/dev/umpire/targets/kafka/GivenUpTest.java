package dev.umpire.targets.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.FetchResponseData.AbortedTransaction;
import org.apache.kafka.common.message.FetchResponseData.PartitionData;
import org.apache.kafka.common.record.ControlRecordType;
import org.apache.kafka.common.record.EndTransactionMarker;
import org.apache.kafka.common.record.MemoryRecords;
import org.apache.kafka.common.record.RecordBatch;
import org.apache.kafka.common.record.SimpleRecord;
import org.junit.jupiter.api.Test;

class GivenUpTest {

    private static final short EPOCH = 0;
    private static final long FIRST = 1;
    private static final long SECOND = 2;

    @Test
    void aTransactionOfAProducerIsGivenUpFromItsFirstRecordToItsMarker() {
        assertThat(offsetsGivenUp(
                        List.of(new AbortedTransaction().setProducerId(FIRST).setFirstOffset(0)),
                        sent(0, FIRST),
                        sent(1, SECOND),
                        sent(2, FIRST),
                        ended(3, FIRST, ControlRecordType.ABORT),
                        sent(4, FIRST),
                        ended(5, SECOND, ControlRecordType.COMMIT)))
                .containsExactly(0L, 2L);
    }

    @Test
    void anotherTransactionOfTheProducerIsGivenUpByItself() {
        assertThat(offsetsGivenUp(
                        List.of(
                                new AbortedTransaction().setProducerId(FIRST).setFirstOffset(4),
                                new AbortedTransaction().setProducerId(FIRST).setFirstOffset(0)),
                        sent(0, FIRST),
                        ended(1, FIRST, ControlRecordType.ABORT),
                        sent(2, FIRST),
                        ended(3, FIRST, ControlRecordType.COMMIT),
                        sent(4, FIRST),
                        ended(5, FIRST, ControlRecordType.ABORT)))
                .containsExactly(0L, 4L);
    }

    @Test
    void whatIsSentWithoutATransactionIsNeverGivenUp() {
        assertThat(offsetsGivenUp(
                        List.of(new AbortedTransaction().setProducerId(FIRST).setFirstOffset(0)),
                        sent(0, FIRST),
                        MemoryRecords.withRecords(1, Compression.NONE, new SimpleRecord(new byte[] {1}))))
                .containsExactly(0L);
        assertThat(offsetsGivenUp(List.of(), sent(0, FIRST))).isEmpty();
    }

    private static List<Long> offsetsGivenUp(List<AbortedTransaction> aborted, MemoryRecords... batches) {
        GivenUp givenUp = GivenUp.of(new PartitionData().setAbortedTransactions(aborted));
        return Stream.of(batches)
                .map(records -> records.batches().iterator().next())
                .filter(givenUp::includes)
                .map(RecordBatch::baseOffset)
                .toList();
    }

    private static MemoryRecords sent(long offset, long producer) {
        return MemoryRecords.withTransactionalRecords(
                offset, Compression.NONE, producer, EPOCH, 0, 0, new SimpleRecord(new byte[] {1}));
    }

    private static MemoryRecords ended(long offset, long producer, ControlRecordType how) {
        return MemoryRecords.withEndTransactionMarker(offset, 0, 0, producer, EPOCH, new EndTransactionMarker(how, 0));
    }
}
