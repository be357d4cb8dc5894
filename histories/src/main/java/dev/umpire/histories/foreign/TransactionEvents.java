package dev.umpire.histories.foreign;

import dev.umpire.histories.event.EventType;
import dev.umpire.histories.event.MalformedHistoryException;
import dev.umpire.histories.foreign.SessionTransactions.Session;
import dev.umpire.histories.foreign.SessionTransactions.Step;
import dev.umpire.histories.foreign.SessionTransactions.Transaction;
import dev.umpire.histories.internal.EventFields;
import dev.umpire.histories.internal.EventSink;
import dev.umpire.histories.internal.ValueTable;
import dev.umpire.histories.value.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes one row of events of sessions side by side: a transaction comes after those it read from and after the earlier ones
 * of its session. Where that goes round in a circle, the session that comes first in the file goes on.
 *
 * <p>O(steps) time and memory.
 */
final class TransactionEvents {
    private static final Value READ = Value.keyword("r");
    private static final Value WRITE = Value.keyword("w");

    private final SessionTransactions recorded;
    private final ValueTable values;
    private final EventSink sink;
    private final EventFields event;
    private final int transactionFunction;
    /** Of each committed value of a key the transaction that wrote it, as its number. */
    private final Map<Written, Integer> writers = new HashMap<>();

    /** Of each session the number of its first transaction. */
    private final int[] first;

    private final boolean[] told;
    private final int[] next;
    private final Map<Integer, List<Integer>> waiting = new HashMap<>();
    private final Deque<Integer> ready = new ArrayDeque<>();
    private final boolean[] isReady;

    private record Written(Value key, Value value) {}

    private TransactionEvents(SessionTransactions recorded, ValueTable values, EventSink sink) {
        this.recorded = recorded;
        this.values = values;
        this.sink = sink;
        this.event = new EventFields(values);
        this.transactionFunction = values.idOf(Value.of("txn"));
        int sessions = recorded.sessions().size();
        this.first = new int[sessions];
        this.next = new int[sessions];
        this.isReady = new boolean[sessions];
        int number = 0;
        for (int s = 0; s < sessions; s++) {
            first[s] = number;
            for (Transaction transaction : recorded.sessions().get(s).transactions()) {
                if (transaction.committed()) {
                    for (Step step : transaction.steps()) {
                        if (step.write()) {
                            writers.putIfAbsent(new Written(step.key(), step.value()), number);
                        }
                    }
                }
                number++;
            }
        }
        told = new boolean[number];
    }

    static void hand(SessionTransactions recorded, ValueTable values, EventSink sink) throws MalformedHistoryException {
        new TransactionEvents(recorded, values, sink).hand();
    }

    private void hand() throws MalformedHistoryException {
        int sessions = recorded.sessions().size();
        for (int s = 0; s < sessions; s++) {
            wake(s);
        }
        int left = told.length;
        int slowest = 0;
        while (left > 0) {
            Integer session = ready.poll();
            if (session == null) {
                while (next[slowest] == transactions(slowest).size()) {
                    slowest++;
                }
                tell(slowest);
                left--;
                wake(slowest);
                continue;
            }
            isReady[session] = false;
            while (next[session] < transactions(session).size()) {
                int blocker = blocker(session);
                if (blocker >= 0) {
                    waiting.computeIfAbsent(blocker, unused -> new ArrayList<>())
                            .add(session);
                    break;
                }
                tell(session);
                left--;
            }
        }
    }

    private void wake(int session) {
        if (!isReady[session]) {
            isReady[session] = true;
            ready.add(session);
        }
    }

    private List<Transaction> transactions(int session) {
        return recorded.sessions().get(session).transactions();
    }

    /** A transaction that this session's next one read from and that was not told yet; -1 if there is none. */
    private int blocker(int session) {
        int itself = first[session] + next[session];
        for (Step step : transactions(session).get(next[session]).steps()) {
            if (!step.write()) {
                Integer writer = writers.get(new Written(step.key(), step.value()));
                if (writer != null && writer != itself && !told[writer]) {
                    return writer;
                }
            }
        }
        return -1;
    }

    private void tell(int session) throws MalformedHistoryException {
        Session of = recorded.sessions().get(session);
        Transaction transaction = of.transactions().get(next[session]);
        int number = first[session] + next[session]++;
        told[number] = true;
        List<Value> asked = new ArrayList<>(transaction.steps().size());
        List<Value> answered = new ArrayList<>(transaction.steps().size());
        for (Step step : transaction.steps()) {
            Value kind = step.write() ? WRITE : READ;
            answered.add(Value.of(List.of(kind, step.key(), step.value())));
            asked.add(
                    step.write() ? answered.get(answered.size() - 1) : Value.of(List.of(kind, step.key(), Value.NIL)));
        }
        tell(EventType.INVOKE, of, Value.of(asked), transaction.line());
        tell(
                transaction.committed() ? EventType.OK : EventType.FAIL,
                of,
                Value.of(transaction.committed() ? answered : asked),
                transaction.line());
        List<Integer> woken = waiting.remove(number);
        if (woken != null) {
            woken.forEach(this::wake);
        }
    }

    private void tell(EventType type, Session session, Value value, long line) throws MalformedHistoryException {
        event.clear();
        event.line = line;
        event.column = 1;
        event.type = type;
        event.process = values.idOf(session.name());
        event.function = transactionFunction;
        event.value = values.idOf(value);
        sink.accept(event);
    }
}
