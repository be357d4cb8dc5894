package dev.umpire.histories.jsonl;

import dev.umpire.histories.edn.EdnReader;
import dev.umpire.histories.event.MalformedHistoryException;
import dev.umpire.histories.internal.Quotes;
import dev.umpire.histories.internal.TextScanner;
import dev.umpire.histories.value.Value;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads JSON values one after another; the escape {@code {"#edn": "..."}} is undone. */
public final class JsonReader {
    /** The key of the escape. */
    static final String EDN = "#edn";

    private static final Pattern NUMBER = Pattern.compile("-?(?:0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");

    private final TextScanner scanner;

    public JsonReader(TextScanner scanner) {
        this.scanner = scanner;
    }

    /**
     * Reads one value; white space before it is passed over.
     *
     * @param depth in how many arrays and objects it stands
     * @param expected what is to come here, for messages
     * @throws MalformedHistoryException if there is something else, or JSON that is broken
     */
    public Value read(int depth, String expected) throws IOException {
        int c = scanner.skipSpace();
        return switch (c) {
            case '"' -> new Value.Text(string());
            case '[' -> array(depth);
            case '{' -> object(depth);
            case TextScanner.END -> throw scanner.refused("found end of file, expected " + expected);
            default -> scanner.tryNumber() ? new Value.Int(scanner.number()) : atom(c, expected);
        };
    }

    private Value array(int depth) throws IOException {
        checkDepth(depth);
        Place began = new Place(scanner, "array");
        scanner.skip();
        List<Value> elements = new ArrayList<>();
        if (scanner.skipSpace() == ']') {
            scanner.skip();
            return Value.of(elements);
        }
        while (true) {
            elements.add(read(depth + 1, "a value"));
            if (!began.goesOn(']')) {
                return Value.of(elements);
            }
        }
    }

    private Value object(int depth) throws IOException {
        checkDepth(depth);
        Place began = new Place(scanner, "object");
        scanner.skip();
        Map<Value, Value> entries = new LinkedHashMap<>();
        if (scanner.skipSpace() == '}') {
            scanner.skip();
            return new Value.MapOf(entries);
        }
        do {
            String name = name(began);
            Value value = read(depth + 1, "a value for \"" + name + "\"");
            if (entries.putIfAbsent(new Value.Text(name), value) != null) {
                throw scanner.refused("found the key \"" + Quotes.of(name) + "\" twice in an object, expected it once");
            }
        } while (began.goesOn('}'));
        if (entries.size() == 1 && entries.get(new Value.Text(EDN)) instanceof Value.Text escaped) {
            return fromEdn(escaped.value(), depth, began);
        }
        return new Value.MapOf(entries);
    }

    private Value fromEdn(String text, int depth, Place began) throws MalformedHistoryException {
        try {
            return EdnReader.parse(text, EDN, 1, 1, depth);
        } catch (MalformedHistoryException refused) {
            throw began.refused("in the EDN of this object, character " + refused.column() + ": " + refused.problem());
        }
    }

    /** Reads {@code "name" :} and what white space there is. */
    String name(Place began) throws IOException {
        int c = scanner.skipSpace();
        if (c != '"') {
            throw began.unexpected(c, "a key in double quotes");
        }
        String name = string();
        c = scanner.skipSpace();
        if (c != ':') {
            throw began.unexpected(c, "':' after the key \"" + Quotes.of(name) + "\"");
        }
        scanner.skip();
        return name;
    }

    private Value atom(int c, String expected) throws IOException {
        long line = scanner.line();
        long column = scanner.column();
        boolean word = Character.isLetterOrDigit(c) || c == '-' || c == '+' || c == '.';
        if (!word) {
            throw scanner.refused("found " + TextScanner.describe(c) + ", expected " + expected);
        }
        String token = scanner.readToken();
        switch (token) {
            case "null" -> {
                return Value.NIL;
            }
            case "true" -> {
                return Value.of(true);
            }
            case "false" -> {
                return Value.of(false);
            }
            default -> {
                // a number, or refused below
            }
        }
        if (token.length() > TextScanner.MAX_NUMBER_LENGTH) {
            throw new MalformedHistoryException(
                    scanner.source(),
                    line,
                    column,
                    "found a word or number of more than 1,000 characters, expected at most that");
        }
        Matcher number = NUMBER.matcher(token);
        if (!number.matches()) {
            boolean cut = scanner.peek() == TextScanner.END;
            throw new MalformedHistoryException(
                    scanner.source(),
                    line,
                    column,
                    "found " + Quotes.of(token) + (cut ? " and end of file" : "") + ", expected " + expected);
        }
        if (number.group(1) != null || number.group(2) != null) {
            return new Value.Real(Double.parseDouble(token));
        }
        BigInteger exact = new BigInteger(token);
        return exact.bitLength() > 63 ? new Value.BigInt(exact) : new Value.Int(exact.longValue());
    }

    /** Reads a string, its quotes included. */
    String string() throws IOException {
        long line = scanner.line();
        long column = scanner.column();
        scanner.skip();
        String plain = scanner.tryPlainString();
        if (plain != null) {
            return plain;
        }
        scanner.beginToken();
        while (true) {
            int c = scanner.peek();
            if (c == '"') {
                scanner.skip();
                return scanner.tokenText();
            }
            if (c == TextScanner.END) {
                throw scanner.refused("found end of file inside a string, expected '\"' (the string began at " + line
                        + ":" + column + ")");
            }
            if (c < 0x20) {
                throw scanner.refused("found " + TextScanner.describe(c) + " inside a string, expected it escaped");
            }
            c = scanner.readCodePoint();
            scanner.append(c == '\\' ? escaped() : c, "a string", line, column);
        }
    }

    private int escaped() throws IOException {
        int c = scanner.peek();
        int meant = switch (c) {
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'n' -> '\n';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case '\\', '"', '/' -> c;
            case 'u' -> 0;
            default ->
                throw scanner.refused(
                        "found " + TextScanner.describe(c) + " after a backslash, expected one of \" \\ / b f n r t u");
        };
        scanner.skip();
        if (c != 'u') {
            return meant;
        }
        for (int i = 0; i < 4; i++) {
            int hex = scanner.peek();
            int digit = hex < 0x80 ? Character.digit(hex, 16) : -1;
            if (digit < 0) {
                throw scanner.refused(
                        "found " + TextScanner.describe(hex) + ", expected four hexadecimal digits after \\u");
            }
            scanner.skip();
            meant = (meant << 4) | digit;
        }
        return meant;
    }

    private void checkDepth(int depth) throws MalformedHistoryException {
        if (depth >= TextScanner.MAX_DEPTH) {
            throw scanner.refused(String.format(
                    Locale.ROOT, "found nesting deeper than %,d, expected at most that", TextScanner.MAX_DEPTH));
        }
    }

    /** Where an array or object began, for messages about its end. */
    static final class Place {
        private final TextScanner scanner;
        private final String what;
        private final long line;
        private final long column;

        Place(TextScanner scanner, String what) {
            this(scanner, what, scanner.line(), scanner.column());
        }

        Place(TextScanner scanner, String what, long line, long column) {
            this.scanner = scanner;
            this.what = what;
            this.line = line;
            this.column = column;
        }

        /** Whether a comma comes, and with it another element; otherwise passes over the end. */
        boolean goesOn(char closing) throws IOException {
            int c = scanner.skipSpace();
            if (c == ',') {
                scanner.skip();
                return true;
            }
            if (c != closing) {
                throw unexpected(c, "',' or '" + closing + "'");
            }
            scanner.skip();
            return false;
        }

        MalformedHistoryException unexpected(int c, String expected) {
            return scanner.refused("found " + TextScanner.describe(c) + " inside an " + what + ", expected " + expected
                    + " (the " + what + " began at " + line + ":" + column + ")");
        }

        MalformedHistoryException refused(String problem) {
            return new MalformedHistoryException(scanner.source(), line, column, problem);
        }
    }
}
