package dev.umpire.histories.foreign;

import dev.umpire.histories.event.MalformedHistoryException;
import dev.umpire.histories.internal.EventSink;
import dev.umpire.histories.internal.ValueTable;
import dev.umpire.histories.value.Value;
import java.util.List;

/**
 * Sessions side by side, each a row of transactions, each a row of reads and writes: what checkers of transactions record.
 *
 * @param sessions in the order of the file
 * @param initial what a read returns of a key that nobody wrote yet
 */
public record SessionTransactions(List<Session> sessions, Value initial) {
    public SessionTransactions {
        sessions = List.copyOf(sessions);
    }

    /** One session: its name and its transactions in their order. */
    public record Session(Value name, List<Transaction> transactions) {
        public Session {
            transactions = List.copyOf(transactions);
        }
    }

    /**
     * One transaction.
     *
     * @param committed false: it certainly took no effect
     * @param line where it begins in its file, from 1; 0 where there is no file
     */
    public record Transaction(boolean committed, List<Step> steps, long line) {
        public Transaction {
            steps = List.copyOf(steps);
        }
    }

    /** A write of a value to a key, or a read of a value from it. */
    public record Step(boolean write, Value key, Value value) {}

    /**
     * Hands everything to a sink as events of {@code txn} operations, one transaction after another.
     *
     * @throws MalformedHistoryException if the sink refuses an event
     */
    public void hand(ValueTable values, EventSink sink) throws MalformedHistoryException {
        TransactionEvents.hand(this, values, sink);
    }

    /** A number without the letter that EDN puts behind large ones; anything else as it is. */
    static String text(Value value) {
        return value instanceof Value.BigInt large ? large.value().toString() : value.toString();
    }
}
