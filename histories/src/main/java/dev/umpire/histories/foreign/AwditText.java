package dev.umpire.histories.foreign;

import dev.umpire.histories.foreign.SessionTransactions.Session;
import dev.umpire.histories.foreign.SessionTransactions.Step;
import dev.umpire.histories.foreign.SessionTransactions.Transaction;
import dev.umpire.histories.internal.TextScanner;
import dev.umpire.histories.internal.Utf8Bytes;
import dev.umpire.histories.value.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * AWDIT's own text (Møldrup and Pavlogiannis, PLDI 2025): one event a line, {@code w KEY VALUE} or {@code r KEY VALUE}; a line
 * of hyphens between transactions and one of equals signs between sessions. All transactions are committed. A key that was
 * not written yet has no value that this format can say.
 */
public final class AwditText {
    private AwditText() {}

    /**
     * Reads everything.
     *
     * @throws dev.umpire.histories.event.MalformedHistoryException if a line has another shape
     */
    public static SessionTransactions read(TextScanner scanner) throws IOException {
        Cursor cursor = new Cursor(scanner, "a line is 'w key value', 'r key value', '-----' or '====='");
        List<List<Transaction>> sessions = new ArrayList<>();
        sessions.add(new ArrayList<>());
        List<Step> steps = new ArrayList<>();
        long began = 1;
        while (true) {
            int c = scanner.skipSpace();
            if (c == 'w' || c == 'r') {
                if (steps.isEmpty()) {
                    began = scanner.line();
                }
                scanner.skip();
                cursor.expect(' ');
                cursor.skipBlanks();
                Value key = cursor.natural("a key");
                cursor.expect(' ');
                cursor.skipBlanks();
                steps.add(new Step(c == 'w', key, cursor.natural("a value")));
                endOfLine(cursor);
                continue;
            }
            if (!steps.isEmpty()) {
                sessions.get(sessions.size() - 1).add(new Transaction(true, steps, began));
                steps = new ArrayList<>();
            }
            if (c == TextScanner.END) {
                break;
            }
            if (c != '-' && c != '=') {
                throw cursor.unexpected("'w', 'r', '-' or '='");
            }
            if (c == '=' && !sessions.get(sessions.size() - 1).isEmpty()) {
                sessions.add(new ArrayList<>());
            }
            while (scanner.peek() == c) {
                scanner.skip();
            }
            endOfLine(cursor);
        }
        List<Session> all = new ArrayList<>();
        for (List<Transaction> transactions : sessions) {
            all.add(new Session(Value.of(all.size()), transactions));
        }
        return new SessionTransactions(all, Value.NIL);
    }

    private static void endOfLine(Cursor cursor) throws IOException {
        int end = cursor.skipBlanks();
        if (end != '\n' && end != TextScanner.END) {
            throw cursor.unexpected("the end of the line");
        }
    }

    /** Writes sessions of committed transactions whose keys and values are numbers, 0 or more. */
    public static void write(SessionTransactions sessions, Utf8Bytes out) {
        boolean firstSession = true;
        for (Session session : sessions.sessions()) {
            if (!firstSession) {
                out.ascii("=====\n");
            }
            firstSession = false;
            boolean first = true;
            for (Transaction transaction : session.transactions()) {
                if (!first) {
                    out.ascii("-----\n");
                }
                first = false;
                for (Step step : transaction.steps()) {
                    out.ascii(step.write() ? "w " : "r ")
                            .ascii(SessionTransactions.text(step.key()))
                            .put(' ')
                            .ascii(SessionTransactions.text(step.value()))
                            .put('\n');
                }
            }
        }
    }
}
