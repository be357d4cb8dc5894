package dev.umpire.histories.foreign;

import dev.umpire.histories.foreign.SessionTransactions.Session;
import dev.umpire.histories.foreign.SessionTransactions.Step;
import dev.umpire.histories.foreign.SessionTransactions.Transaction;
import dev.umpire.histories.internal.TextScanner;
import dev.umpire.histories.internal.Utf8Bytes;
import dev.umpire.histories.value.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Plume's text (Liu et al., OOPSLA 2024), which AWDIT reads and writes too: one event a line,
 *
 * <pre>
 * w(KEY,VALUE,SESSION,TRANSACTION)
 * r(KEY,VALUE,SESSION,TRANSACTION)
 * </pre>
 *
 * all of them integers. Transaction -1 is that of a write which was taken back; value 0 is the initial value.
 */
public final class PlumeText {
    private static final Value ABORTED = Value.of(-1);
    private static final Value INITIAL = Value.of(0);

    private PlumeText() {}

    /**
     * Reads everything.
     *
     * @throws dev.umpire.histories.event.MalformedHistoryException if a line has another shape, or a transaction two sessions
     */
    public static SessionTransactions read(TextScanner scanner) throws IOException {
        Cursor cursor =
                new Cursor(scanner, "a line is w(key,value,session,transaction) or r(key,value,session,transaction)");
        Map<Value, List<Open>> sessions = new LinkedHashMap<>();
        Map<Value, Open> transactions = new HashMap<>();
        while (scanner.skipSpace() != TextScanner.END) {
            long line = scanner.line();
            boolean write = cursor.skipIf('w');
            if (!write) {
                cursor.expect('r');
            }
            cursor.expect('(');
            Value key = cursor.natural("a key");
            cursor.expect(',');
            Value value = cursor.natural("a value");
            cursor.expect(',');
            Value session = cursor.natural("a session");
            cursor.expect(',');
            long column = scanner.column();
            Value number = cursor.integer("a transaction");
            cursor.expect(')');
            int end = cursor.skipBlanks();
            if (end != '\n' && end != TextScanner.END) {
                throw cursor.unexpected("the end of the line");
            }
            Step step = new Step(write, key, value);
            List<Open> itsSession = sessions.computeIfAbsent(session, unused -> new ArrayList<>());
            if (number.equals(ABORTED)) {
                itsSession.add(new Open(session, line, false, new ArrayList<>(List.of(step))));
                continue;
            }
            Open open = transactions.get(number);
            if (open == null) {
                open = new Open(session, line, true, new ArrayList<>());
                transactions.put(number, open);
                itsSession.add(open);
            } else if (!open.session.equals(session)) {
                throw cursor.at(
                        column,
                        "found transaction " + number + " in session " + session + ", expected session " + open.session
                                + " as in line " + open.line);
            }
            open.steps.add(step);
        }
        List<Session> all = new ArrayList<>();
        sessions.forEach((name, rows) -> all.add(new Session(
                name,
                rows.stream()
                        .map(row -> new Transaction(row.committed, row.steps, row.line))
                        .toList())));
        return new SessionTransactions(all, INITIAL);
    }

    private record Open(Value session, long line, boolean committed, List<Step> steps) {}

    /** Writes sessions whose keys and values are numbers, 0 or more. */
    public static void write(SessionTransactions sessions, Utf8Bytes out) {
        long number = 0;
        int session = 0;
        for (Session one : sessions.sessions()) {
            for (Transaction transaction : one.transactions()) {
                for (Step step : transaction.steps()) {
                    if (transaction.committed() || step.write()) {
                        out.ascii(step.write() ? "w(" : "r(")
                                .ascii(SessionTransactions.text(step.key()))
                                .put(',')
                                .ascii(SessionTransactions.text(step.value()))
                                .put(',')
                                .number(session)
                                .put(',')
                                .number(transaction.committed() ? number : -1)
                                .ascii(")\n");
                    }
                }
                number++;
            }
            session++;
        }
    }
}
