package dev.umpire.histories.foreign;

import dev.umpire.histories.event.Event;
import dev.umpire.histories.event.EventType;
import dev.umpire.histories.event.MalformedHistoryException;
import dev.umpire.histories.internal.EventFields;
import dev.umpire.histories.internal.EventSink;
import dev.umpire.histories.internal.TextScanner;
import dev.umpire.histories.internal.ValueTable;
import dev.umpire.histories.jsonl.JsonReader;
import dev.umpire.histories.value.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What etcd's robustness tests persist of each client, {@code client-N/operations.json}: one JSON object after another with
 * {@code ClientId}, {@code Input}, {@code Call}, {@code Output} and {@code Return}, times in nanoseconds of one clock.
 *
 * <p>The operations of all files together are put in the order of their times. Of two events at the same time the invocation
 * stands first, so that the operations overlap. A put is a {@code write}, a deletion a {@code write} of nil (or, where nothing
 * was deleted, a {@code read} of nil), a read of one key a {@code read}, of several a {@code snapshot}; several steps of a
 * transaction are a {@code txn}, and one write on the condition that the key is absent is a {@code cas}. The revision of what
 * was written or read is its version; the revision of a write is its position. A condition on another
 * revision, one that failed, and a transaction of which nobody knows which of two sets of writes it made, leave their keys to
 * an operation that no checker understands ({@code compare}, {@code one-of-two}), so that these keys are undecided.
 */
public final class EtcdOperations {
    private final List<EtcdOperation> operations = new ArrayList<>();

    /**
     * Adds the operations of one file.
     *
     * @param session what the client is called; empty: by the {@code ClientId} of each operation, which changes after an error
     * @throws MalformedHistoryException if an object has another shape
     */
    public void read(TextScanner scanner, Optional<Value> session) throws IOException {
        JsonReader json = new JsonReader(scanner);
        while (scanner.skipSpace() != TextScanner.END) {
            long line = scanner.line();
            long column = scanner.column();
            Value object = json.read(0, "an operation of etcd");
            operations.add(EtcdOperation.of(new EtcdFields(scanner.source(), line, column, object), session));
        }
    }

    /**
     * Hands on what was read.
     *
     * @throws MalformedHistoryException if the operations of a client overlap
     */
    public void hand(ValueTable values, EventSink sink) throws MalformedHistoryException {
        EtcdRequests requests = new EtcdRequests(operations);
        List<Timed> events = new ArrayList<>(operations.size() * 2);
        for (EtcdOperation operation : operations) {
            for (EtcdRequests.Told told : requests.told(operation)) {
                Event.Builder invoked = Event.of(told.isOperation() ? EventType.INVOKE : EventType.INFO);
                events.add(new Timed(operation.call(), 0, operation, told.fill(invoked, operation.call(), false)));
                Event.Builder ended = Event.of(told.outcome());
                events.add(new Timed(operation.returned(), 1, operation, told.fill(ended, operation.returned(), true)));
            }
        }
        events.sort(Comparator.comparingLong(Timed::time).thenComparingInt(Timed::rank));
        EventFields fields = new EventFields(values);
        for (Timed timed : events) {
            fields.set(timed.event());
            fields.line = timed.operation().fields().line();
            fields.column = timed.operation().fields().column();
            sink.accept(fields);
        }
    }

    private record Timed(long time, int rank, EtcdOperation operation, Event event) {}
}
