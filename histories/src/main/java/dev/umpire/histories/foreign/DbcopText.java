package dev.umpire.histories.foreign;

import dev.umpire.histories.event.MalformedHistoryException;
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
 * The text that dbcop calls {@code .hist} (Biswas and Enea, OOPSLA 2019): transactions in square brackets, {@code x:=1} for a
 * write, {@code x==1} for a read, {@code x==?} for a read of what nobody wrote, an exclamation mark behind a transaction that
 * was not committed, a line of hyphens between sessions, comments from {@code //} on.
 */
public final class DbcopText {
    private DbcopText() {}

    /**
     * Reads everything.
     *
     * @throws MalformedHistoryException if the text has another shape
     */
    public static SessionTransactions read(TextScanner scanner) throws IOException {
        Cursor cursor = new Cursor(scanner, "transactions are [x:=1 y==2 z==?], with ! behind where not committed");
        List<List<Transaction>> sessions = new ArrayList<>();
        sessions.add(new ArrayList<>());
        while (true) {
            int c = scanner.skipSpace();
            if (c == TextScanner.END) {
                break;
            }
            switch (c) {
                case '/' -> {
                    scanner.skip();
                    cursor.expect('/');
                    scanner.skipLine();
                }
                case '-' -> {
                    while (scanner.peek() == '-') {
                        scanner.skip();
                    }
                    int end = cursor.skipBlanks();
                    if (end != '\n' && end != TextScanner.END) {
                        throw cursor.unexpected("the end of the line");
                    }
                    sessions.add(new ArrayList<>());
                }
                case '[' -> sessions.get(sessions.size() - 1).add(transaction(cursor));
                default -> throw cursor.unexpected("'[', '---' or '//'");
            }
        }
        List<Session> all = new ArrayList<>();
        for (List<Transaction> transactions : sessions) {
            all.add(new Session(Value.of(all.size() + 1L), transactions));
        }
        return new SessionTransactions(all, Value.NIL);
    }

    private static Transaction transaction(Cursor cursor) throws IOException {
        TextScanner scanner = cursor.scanner;
        long line = scanner.line();
        scanner.skip();
        List<Step> steps = new ArrayList<>();
        while (scanner.skipSpace() != ']') {
            Value key = Value.of(cursor.identifier("a variable or ']'"));
            boolean write = cursor.skipIf(':');
            cursor.expect('=');
            if (!write) {
                cursor.expect('=');
            }
            boolean unwritten = !write && cursor.skipIf('?');
            steps.add(new Step(write, key, unwritten ? Value.NIL : cursor.natural("a version")));
            int after = scanner.peek();
            if (after != ']' && after != ' ' && after != '\t' && after != '\n' && after != '\r') {
                throw cursor.unexpected("white space or ']'");
            }
        }
        scanner.skip();
        return new Transaction(!cursor.skipIf('!'), steps, line);
    }

    /** Writes sessions whose keys are identifiers and whose values are numbers, 0 or more, or nil where read. */
    public static void write(SessionTransactions sessions, Utf8Bytes out) {
        boolean first = true;
        for (Session session : sessions.sessions()) {
            if (!first) {
                out.ascii("---\n");
            }
            first = false;
            for (Transaction transaction : session.transactions()) {
                char before = '[';
                for (Step step : transaction.steps()) {
                    out.put(before)
                            .ascii(SessionTransactions.text(step.key()))
                            .ascii(step.write() ? ":=" : "==")
                            .ascii(step.value().isNil() ? "?" : SessionTransactions.text(step.value()));
                    before = ' ';
                }
                if (before == '[') {
                    out.put('[');
                }
                out.ascii(transaction.committed() ? "]\n" : "]!\n");
            }
        }
    }
}
