package dev.umpire.histories.foreign;

import dev.umpire.histories.event.MalformedHistoryException;
import dev.umpire.histories.foreign.SessionTransactions.Session;
import dev.umpire.histories.foreign.SessionTransactions.Step;
import dev.umpire.histories.foreign.SessionTransactions.Transaction;
import dev.umpire.histories.internal.Quotes;
import dev.umpire.histories.internal.TextScanner;
import dev.umpire.histories.internal.Utf8Bytes;
import dev.umpire.histories.jsonl.JsonReader;
import dev.umpire.histories.value.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * dbcop's JSON (Biswas and Enea, OOPSLA 2019): an array of sessions, each an array of transactions
 * {@code {"events": [{"Write": {"variable": 0, "version": 1}}, {"Read": {"variable": 0, "version": null}}], "committed": true}},
 * alone or as {@code data} of an object with {@code params}, {@code info}, {@code start} and {@code end}.
 */
public final class DbcopJson {
    private static final Value DATA = Value.of("data");
    private static final Value EVENTS = Value.of("events");
    private static final Value COMMITTED = Value.of("committed");
    private static final Value VARIABLE = Value.of("variable");
    private static final Value VERSION = Value.of("version");
    private static final Value WRITE = Value.of("Write");
    private static final Value READ = Value.of("Read");

    private final TextScanner scanner;
    private long line;
    private long column;

    private DbcopJson(TextScanner scanner) {
        this.scanner = scanner;
    }

    /**
     * Reads everything; all of it is in memory at once.
     *
     * @throws MalformedHistoryException if it is no JSON, or has another shape
     */
    public static SessionTransactions read(TextScanner scanner) throws IOException {
        return new DbcopJson(scanner).read();
    }

    private SessionTransactions read() throws IOException {
        scanner.skipSpace();
        line = scanner.line();
        column = scanner.column();
        Value all = new JsonReader(scanner).read(0, "dbcop's sessions");
        int after = scanner.skipSpace();
        if (after != TextScanner.END) {
            throw scanner.refused("found " + TextScanner.describe(after) + " after the history, expected end of file");
        }
        if (all instanceof Value.MapOf object) {
            all = object.entries().getOrDefault(DATA, Value.NIL);
        }
        List<Session> sessions = new ArrayList<>();
        for (Value session : list(all, "an array of sessions", "the history")) {
            String place = "session " + (sessions.size() + 1);
            List<Transaction> transactions = new ArrayList<>();
            for (Value transaction : list(session, "an array of transactions", place)) {
                transactions.add(transaction(transaction, place + ", transaction " + (transactions.size() + 1)));
            }
            sessions.add(new Session(Value.of(sessions.size() + 1L), transactions));
        }
        return new SessionTransactions(sessions, Value.NIL);
    }

    private Transaction transaction(Value value, String place) throws MalformedHistoryException {
        Map<Value, Value> fields = object(value, "an object with \"events\" and \"committed\"", place);
        if (!(fields.get(COMMITTED) instanceof Value.Bool committed)) {
            throw refused(fields.getOrDefault(COMMITTED, Value.NIL), "\"committed\" to be true or false", place);
        }
        List<Step> steps = new ArrayList<>();
        for (Value event : list(fields.getOrDefault(EVENTS, Value.NIL), "\"events\" to be an array", place)) {
            steps.add(step(event, place + ", event " + (steps.size() + 1)));
        }
        return new Transaction(committed.value(), steps, line);
    }

    private Step step(Value event, String place) throws MalformedHistoryException {
        Map<Value, Value> kinds = object(event, "{\"Read\": ...} or {\"Write\": ...}", place);
        boolean write = kinds.containsKey(WRITE);
        if (kinds.size() != 1 || (!write && !kinds.containsKey(READ))) {
            throw refused(event, "{\"Read\": ...} or {\"Write\": ...}", place);
        }
        String shape = "an object with \"variable\" and \"version\"";
        Map<Value, Value> fields = object(kinds.getOrDefault(write ? WRITE : READ, Value.NIL), shape, place);
        Value key = fields.getOrDefault(VARIABLE, Value.NIL);
        if (key.isNil() || !fields.containsKey(VERSION)) {
            throw refused(event, shape, place);
        }
        return new Step(write, key, fields.getOrDefault(VERSION, Value.NIL));
    }

    private List<Value> list(Value value, String expected, String place) throws MalformedHistoryException {
        if (value instanceof Value.Sequence sequence) {
            return sequence.elements();
        }
        throw refused(value, expected, place);
    }

    private Map<Value, Value> object(Value value, String expected, String place) throws MalformedHistoryException {
        if (value instanceof Value.MapOf map) {
            return map.entries();
        }
        throw refused(value, expected, place);
    }

    private MalformedHistoryException refused(Value found, String expected, String place) {
        return new MalformedHistoryException(
                scanner.source(),
                line,
                column,
                "found " + Quotes.of(found) + " as " + place + ", expected " + expected);
    }

    /** Writes sessions whose keys and values are numbers, 0 or more, or nil where read. */
    public static void write(SessionTransactions sessions, Utf8Bytes out) {
        long events = 0;
        int transactions = 0;
        Set<Value> keys = new HashSet<>();
        for (Session session : sessions.sessions()) {
            transactions = Math.max(transactions, session.transactions().size());
            for (Transaction transaction : session.transactions()) {
                events = Math.max(events, transaction.steps().size());
                transaction.steps().forEach(step -> keys.add(step.key()));
            }
        }
        out.ascii("{\"params\":{\"id\":0,\"n_node\":")
                .number(sessions.sessions().size());
        out.ascii(",\"n_variable\":").number(keys.size());
        out.ascii(",\"n_transaction\":").number(transactions);
        out.ascii(",\"n_event\":").number(events);
        out.ascii(
                "},\"info\":\"converted\",\"start\":\"1970-01-01T00:00:00Z\",\"end\":\"1970-01-01T00:00:00Z\",\"data\":[");
        String beforeSession = "\n[";
        for (Session session : sessions.sessions()) {
            out.ascii(beforeSession);
            beforeSession = ",\n[";
            String beforeTransaction = "\n{\"events\":[";
            for (Transaction transaction : session.transactions()) {
                out.ascii(beforeTransaction);
                beforeTransaction = ",\n{\"events\":[";
                String beforeStep = "";
                for (Step step : transaction.steps()) {
                    out.ascii(beforeStep)
                            .ascii(step.write() ? "{\"Write\":{\"variable\":" : "{\"Read\":{\"variable\":")
                            .ascii(SessionTransactions.text(step.key()))
                            .ascii(",\"version\":")
                            .ascii(step.value().isNil() ? "null" : SessionTransactions.text(step.value()))
                            .ascii("}}");
                    beforeStep = ",";
                }
                out.ascii("],\"committed\":").ascii(transaction.committed() ? "true}" : "false}");
            }
            out.put(']');
        }
        out.ascii("\n]}\n");
    }
}
