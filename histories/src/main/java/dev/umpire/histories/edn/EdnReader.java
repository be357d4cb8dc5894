package dev.umpire.histories.edn;

import dev.umpire.histories.event.MalformedHistoryException;
import dev.umpire.histories.internal.Quotes;
import dev.umpire.histories.internal.TextScanner;
import dev.umpire.histories.value.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads EDN values one after another. */
public final class EdnReader {
    private final TextScanner scanner;
    private final EdnAtoms atoms;

    public EdnReader(TextScanner scanner) {
        this.scanner = scanner;
        this.atoms = new EdnAtoms(scanner);
    }

    /**
     * The one value that a text holds.
     *
     * @throws MalformedHistoryException if it holds none, or more, or is no EDN
     */
    public static Value parse(String text) throws MalformedHistoryException {
        return parse(text, "edn", 1, 1, 0);
    }

    /**
     * As {@link #parse(String)}, for a text that stands in another, at a line and column from 1, inside {@code depth}
     * collections.
     */
    public static Value parse(String text, String source, long line, long column, int depth)
            throws MalformedHistoryException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        TextScanner scanner = TextScanner.ofValue(bytes, source, line, column);
        EdnReader reader = new EdnReader(scanner);
        try {
            Value value = reader.read(depth, "a value");
            int more = reader.skipSpace(depth);
            if (more != TextScanner.END) {
                throw scanner.refused("found " + TextScanner.describe(more) + " after the value, expected nothing");
            }
            return value;
        } catch (MalformedHistoryException refused) {
            throw refused;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Passes over white space, commas, comments and discarded values, and shows the byte that follows. */
    public int skipSpace(int depth) throws IOException {
        while (true) {
            int c = scanner.skipSpace();
            if (c == ',' || c == '\f') {
                scanner.skip();
            } else if (c == ';') {
                scanner.skipLine();
            } else if (c == '#' && scanner.ahead(2).equals("#_")) {
                checkDepth(depth);
                scanner.skip();
                scanner.skip();
                read(depth + 1, "a value to leave out after #_");
            } else {
                return c;
            }
        }
    }

    /**
     * Reads one value.
     *
     * @param depth in how many collections it stands
     * @param expected what is to come here, for messages
     */
    public Value read(int depth, String expected) throws IOException {
        int c = skipSpace(depth);
        return switch (c) {
            case '[' -> sequence(depth, ']', false);
            case '(' -> sequence(depth, ')', true);
            case '{' -> map(depth, "");
            case '#' -> dispatch(depth);
            case ']', ')', '}' -> throw scanner.refused("found '" + (char) c + "', expected " + expected);
            case TextScanner.END -> throw scanner.refused("found end of file, expected " + expected);
            default -> atoms.read(c);
        };
    }

    private Value sequence(int depth, char closing, boolean round) throws IOException {
        checkDepth(depth);
        Place began = new Place(scanner, round ? "list" : "vector");
        scanner.skip();
        List<Value> elements = new ArrayList<>();
        while (true) {
            int c = skipSpace(depth);
            if (c == closing) {
                scanner.skip();
                return new Value.Sequence(elements, round);
            }
            began.check(c, closing);
            elements.add(read(depth + 1, "a value"));
        }
    }

    private Value set(int depth) throws IOException {
        checkDepth(depth);
        Place began = new Place(scanner, "set");
        scanner.skip();
        Set<Value> elements = new LinkedHashSet<>();
        while (true) {
            int c = skipSpace(depth);
            if (c == '}') {
                scanner.skip();
                return new Value.SetOf(elements);
            }
            began.check(c, '}');
            Value element = read(depth + 1, "a value");
            if (!elements.add(element)) {
                throw scanner.refused("found " + Quotes.of(element) + " twice in a set, expected it once");
            }
        }
    }

    private Value map(int depth, String namespace) throws IOException {
        checkDepth(depth);
        Place began = new Place(scanner, "map");
        scanner.skip();
        Map<Value, Value> entries = new LinkedHashMap<>();
        while (true) {
            int c = skipSpace(depth);
            if (c == '}') {
                scanner.skip();
                return new Value.MapOf(entries);
            }
            began.check(c, '}');
            Value key = qualified(read(depth + 1, "a key"), namespace);
            began.checkValue(skipSpace(depth), key);
            Value value = read(depth + 1, "a value");
            if (entries.putIfAbsent(key, value) != null) {
                throw scanner.refused("found the key " + Quotes.of(key) + " twice in a map, expected it once");
            }
        }
    }

    private static Value qualified(Value key, String namespace) {
        if (namespace.isEmpty()
                || !(key instanceof Value.Keyword keyword)
                || keyword.name().contains("/")) {
            return key;
        }
        return new Value.Keyword(namespace + "/" + keyword.name());
    }

    private Value dispatch(int depth) throws IOException {
        String two = scanner.ahead(2);
        if (two.equals("#{")) {
            scanner.skip();
            return set(depth);
        }
        if (two.equals("##")) {
            return symbolicNumber();
        }
        if (two.length() == 2 && "=\"('^?@!<".indexOf(two.charAt(1)) >= 0) {
            throw scanner.refused("found " + two + ", expected data (nothing in a file is evaluated)");
        }
        checkDepth(depth);
        String tag = readTag();
        int c = skipSpace(depth);
        if (tag.startsWith(":")) {
            if (c != '{') {
                throw scanner.refused("found " + TextScanner.describe(c) + " after #" + tag + ", expected a map");
            }
            return map(depth + 1, tag.substring(1));
        }
        return new Value.Tagged(tag, read(depth + 1, "a value for the tag #" + tag));
    }

    /** Reads {@code #tag} and gives the tag. */
    String readTag() throws IOException {
        scanner.skip();
        String tag = scanner.readToken();
        int first = tag.isEmpty() ? 0 : tag.codePointAt(0);
        if (!Character.isLetter(first) && first != ':' && first != '_') {
            throw scanner.refused("found # without a tag, expected a set, a tag, #_ or a symbolic number");
        }
        return tag;
    }

    private Value symbolicNumber() throws IOException {
        String token = scanner.readToken();
        return switch (token) {
            case "##NaN" -> new Value.Real(Double.NaN);
            case "##Inf" -> new Value.Real(Double.POSITIVE_INFINITY);
            case "##-Inf" -> new Value.Real(Double.NEGATIVE_INFINITY);
            default -> throw scanner.refused("found " + Quotes.of(token) + ", expected ##NaN, ##Inf or ##-Inf");
        };
    }

    private void checkDepth(int depth) throws MalformedHistoryException {
        if (depth >= TextScanner.MAX_DEPTH) {
            throw scanner.refused(String.format(
                    Locale.ROOT, "found nesting deeper than %,d, expected at most that", TextScanner.MAX_DEPTH));
        }
    }

    /** Where a collection began, for messages about its end. */
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

        void check(int c, char closing) throws MalformedHistoryException {
            if (c == TextScanner.END || c == ']' || c == ')' || c == '}') {
                throw refused(c, "a value or '" + closing + "'");
            }
        }

        void checkValue(int c, Value key) throws MalformedHistoryException {
            if (c == TextScanner.END || c == ']' || c == ')' || c == '}') {
                throw refused(c, "a value for " + Quotes.of(key));
            }
        }

        MalformedHistoryException refused(int c, String expected) {
            return scanner.refused("found " + TextScanner.describe(c) + " inside a " + what + ", expected " + expected
                    + " (the " + what + " began at " + line + ":" + column + ")");
        }
    }
}
