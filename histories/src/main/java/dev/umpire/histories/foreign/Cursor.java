package dev.umpire.histories.foreign;

import dev.umpire.histories.event.MalformedHistoryException;
import dev.umpire.histories.internal.TextScanner;
import dev.umpire.histories.value.Value;
import java.io.IOException;
import java.math.BigInteger;

/** Reads the few kinds of words that plain-text formats have, and says what it found where another was expected. */
final class Cursor {
    final TextScanner scanner;
    private final String shape;

    /** @param shape what a line looks like, for messages */
    Cursor(TextScanner scanner, String shape) {
        this.scanner = scanner;
        this.shape = shape;
    }

    /** Passes over blanks and tabs, not over line feeds, and shows what follows. */
    int skipBlanks() throws IOException {
        int c = scanner.peek();
        while (c == ' ' || c == '\t' || c == '\r') {
            scanner.skip();
            c = scanner.peek();
        }
        return c;
    }

    boolean skipIf(char c) throws IOException {
        if (scanner.peek() != c) {
            return false;
        }
        scanner.skip();
        return true;
    }

    void expect(char c) throws IOException {
        if (!skipIf(c)) {
            throw unexpected("'" + c + "'");
        }
    }

    /** An integer of 0 or more, however long. */
    Value natural(String what) throws IOException {
        return number(what, false);
    }

    /** An integer, however long. */
    Value integer(String what) throws IOException {
        return number(what, true);
    }

    private Value number(String what, boolean signed) throws IOException {
        StringBuilder digits = new StringBuilder();
        long column = scanner.column();
        if (signed && skipIf('-')) {
            digits.append('-');
        }
        int first = digits.length();
        int c = scanner.peek();
        while (c >= '0' && c <= '9') {
            digits.append((char) c);
            scanner.skip();
            if (digits.length() > TextScanner.MAX_NUMBER_LENGTH) {
                throw at(column, "found a number of more than 1,000 digits as " + what + ", expected at most that");
            }
            c = scanner.peek();
        }
        if (digits.length() == first) {
            throw unexpected(what + ", " + (signed ? "an integer" : "an integer of 0 or more"));
        }
        BigInteger exact = new BigInteger(digits.toString());
        return exact.bitLength() > 63 ? new Value.BigInt(exact) : new Value.Int(exact.longValue());
    }

    /** A letter or underscore, and letters, digits and underscores. */
    String identifier(String what) throws IOException {
        StringBuilder name = new StringBuilder();
        int c = scanner.peek();
        while (c == '_'
                || (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (name.length() > 0 && c >= '0' && c <= '9')) {
            name.append((char) c);
            scanner.skip();
            c = scanner.peek();
        }
        if (name.length() == 0) {
            throw unexpected(what);
        }
        return name.toString();
    }

    MalformedHistoryException unexpected(String expected) throws IOException {
        return scanner.refused(
                "found " + TextScanner.describe(scanner.peek()) + ", expected " + expected + " (" + shape + ")");
    }

    MalformedHistoryException at(long column, String problem) {
        return new MalformedHistoryException(scanner.source(), scanner.line(), column, problem);
    }
}
