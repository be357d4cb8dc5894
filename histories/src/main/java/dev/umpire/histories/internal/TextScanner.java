package dev.umpire.histories.internal;

import dev.umpire.histories.event.MalformedHistoryException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * UTF-8 text as a stream of bytes, with line and column in characters; refuses bytes that are no UTF-8.
 *
 * <p>Memory is bounded by {@link #MAX_TOKEN_BYTES}, however long a line or the text is. Names and short strings that
 * return often are made once. The caller closes the stream. Not thread-safe.
 */
public final class TextScanner {

    /** What {@link #peek} and {@link #readCodePoint} give when the text has ended. */
    public static final int END = -1;

    /** The longest string, name or number that is read; a longer one is refused. */
    public static final int MAX_TOKEN_BYTES = 1 << 24;

    /**
     * How deep values may be nested. Reading, comparing and hashing a value take a dozen frames a level, and even a small
     * stack must hold them.
     */
    public static final int MAX_DEPTH = 200;

    /** The longest number that is read, in characters: converting digits costs the square of their number. */
    public static final int MAX_NUMBER_LENGTH = 1_000;

    private static final int CACHED_LENGTH = 32;
    private static final int BUFFER_BYTES = 1 << 16;

    /** Powers of two: how many texts are made once, and of how many the id is remembered. */
    private static final int CACHED_TEXTS = 1 << 10;

    private static final int REMEMBERED_IDS = 1 << 12;

    /** A value that stands by itself is over before the tables of a file are made. */
    private static final int OF_ONE_VALUE = 1 << 3;

    private static final boolean[] DELIMITER = new boolean[256];

    static {
        for (char c : " \t\r\n\f,()[]{}\";".toCharArray()) {
            DELIMITER[c] = true;
        }
    }

    private final InputStream in;
    private final String source;
    private final byte[] buffer;
    private int next;
    private int limit;
    private boolean ended;
    private long bufferOffset;
    private long line;
    private long lineOffset;

    /** Bytes of this line, up to here, that are not the first of their character. */
    private long continuationBytes;

    private long number;
    private final StringBuilder token = new StringBuilder();
    private final String[] cache;
    private final TokenIds tokens;

    /** @param source the name of the text in messages */
    public TextScanner(InputStream in, String source) {
        this(in, source, 1, 1);
    }

    /** As above, for a text that stands at a place of another text; both from 1. */
    public TextScanner(InputStream in, String source, long line, long column) {
        this(in, source, line, column, new byte[BUFFER_BYTES], new String[CACHED_TEXTS], new TokenIds(REMEMBERED_IDS));
    }

    private TextScanner(
            InputStream in, String source, long line, long column, byte[] buffer, String[] cache, TokenIds tokens) {
        this.in = in;
        this.buffer = buffer;
        this.cache = cache;
        this.tokens = tokens;
        this.source = source;
        this.line = line;
        this.lineOffset = 1 - column;
    }

    /**
     * Of a value that stands in another text, at a line and column from 1.
     *
     * @param text in UTF-8, which the scanner keeps
     */
    public static TextScanner ofValue(byte[] text, String source, long line, long column) {
        TextScanner scanner = new TextScanner(
                InputStream.nullInputStream(),
                source,
                line,
                column,
                text,
                new String[OF_ONE_VALUE],
                new TokenIds(OF_ONE_VALUE));
        scanner.limit = text.length;
        scanner.ended = true;
        return scanner;
    }

    /** The name of the text. */
    public String source() {
        return source;
    }

    /** The line of the next byte, from 1. */
    public long line() {
        return line;
    }

    /** The column of the next byte in characters, from 1. */
    public long column() {
        return offset() - lineOffset - continuationBytes + 1;
    }

    /** How many bytes are behind us. */
    public long offset() {
        return bufferOffset + next;
    }

    /** The next byte, which stays; {@link #END} after the last. */
    public int peek() throws IOException {
        return next < limit || fill() ? buffer[next] & 0xff : END;
    }

    /** Passes over one byte that {@link #peek} showed; no line feed. */
    public void skip() {
        next++;
    }

    /** Passes over a byte order mark, if the text begins with one. */
    public void skipByteOrderMark() throws IOException {
        if (ahead(3).equals("\u00ef\u00bb\u00bf")) {
            next += 3;
            lineOffset += 3;
        }
    }

    /** Up to {@code count} bytes that come next, each as one character; they stay. At most 4,096. */
    public String ahead(int count) throws IOException {
        if (limit - next < count && !ended) {
            System.arraycopy(buffer, next, buffer, 0, limit - next);
            bufferOffset += next;
            limit -= next;
            next = 0;
            while (limit < count && !ended) {
                int got = in.read(buffer, limit, buffer.length - limit);
                if (got < 0) {
                    ended = true;
                } else {
                    limit += got;
                }
            }
        }
        return new String(buffer, next, Math.min(count, limit - next), StandardCharsets.ISO_8859_1);
    }

    /** Passes over JSON's white space and shows the byte that follows. */
    public int skipSpace() throws IOException {
        while (true) {
            int c = peek();
            if (c == '\n') {
                lineFeed();
            } else if (c == ' ' || c == '\t' || c == '\r') {
                next++;
            } else {
                return c;
            }
        }
    }

    /** Passes over the rest of a line, its line feed included. */
    public void skipLine() throws IOException {
        while (true) {
            while (next < limit && buffer[next] >= 0 && buffer[next] != '\n') {
                next++;
            }
            int c = readCodePoint();
            if (c == END || c == '\n') {
                return;
            }
        }
    }

    /**
     * Whether an integer of at most 18 digits stands here, whole and followed by a delimiter; then it is passed over and
     * {@link #number} has it. Otherwise nothing has moved.
     */
    public boolean tryNumber() {
        int at = next;
        boolean negative = at < limit && buffer[at] == '-';
        if (negative) {
            at++;
        }
        int first = at;
        int end = Math.min(limit, first + 19);
        long sum = 0;
        while (at < end) {
            int digit = buffer[at] - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            sum = sum * 10 + digit;
            at++;
        }
        int digits = at - first;
        if (digits == 0 || digits > 18 || at >= limit || !DELIMITER[buffer[at] & 0xff]) {
            return false;
        }
        if (buffer[first] == '0' && digits > 1) {
            return false;
        }
        number = negative ? -sum : sum;
        next = at;
        return true;
    }

    /** What {@link #tryNumber} found. */
    public long number() {
        return number;
    }

    /** Passes over these bytes if they come next and stand in the buffer; otherwise nothing has moved. */
    public boolean skipIf(byte[] expected) {
        int length = expected.length;
        int from = next;
        if (limit - from < length) {
            return false;
        }
        byte[] bytes = buffer;
        for (int i = 0; i < length; i++) {
            if (bytes[from + i] != expected[i]) {
                return false;
            }
        }
        next = from + length;
        return true;
    }

    /**
     * If a short word, keyword or plain string comes next for which an id was kept: passes over it and gives the id.
     * Otherwise -1, and nothing has moved; when the caller has read the token itself, {@link #keepToken} may keep its id.
     *
     * @param kind what ids mean here; the same token may have one of each kind
     */
    public int knownToken(char kind) {
        int at = next;
        int end = Math.min(limit, at + CACHED_LENGTH);
        byte[] bytes = buffer;
        int first = at < end ? bytes[at] : 0;
        int hash = kind * 31 + first;
        at++;
        if (first == '"') {
            while (at < end && bytes[at] >= 0x20 && bytes[at] != '"' && bytes[at] != '\\') {
                hash = hash * 31 + bytes[at++];
            }
            if (at < end && bytes[at] == '"') {
                return known(at, at + 1, hash, kind);
            }
        } else if (first == ':' || (first >= 'a' && first <= 'z')) {
            while (at < end && bytes[at] > 0x20 && !DELIMITER[bytes[at]]) {
                hash = hash * 31 + bytes[at++];
            }
            if (at < end && bytes[at] >= 0 && DELIMITER[bytes[at]]) {
                return known(at, at, hash, kind);
            }
        }
        tokens.forget();
        return END;
    }

    private int known(int end, int after, int hash, char kind) {
        int id = tokens.find(buffer, next, end, hash, kind);
        if (id >= 0) {
            next = after;
        }
        return id;
    }

    /** Keeps an id, 0 or more, for the token that {@link #knownToken} did not know and that was read since. */
    public void keepToken(int id) {
        tokens.keep(id);
    }

    /** Whether a byte ends a name or number, as white space, comma, bracket, quote and semicolon do. */
    public static boolean isDelimiter(int c) {
        return c >= 0 && c < 256 && DELIMITER[c];
    }

    /** Everything up to the next delimiter or the end; empty if a delimiter is next. */
    public String readToken() throws IOException {
        int at = next;
        while (at < limit && buffer[at] > 0x20 && !DELIMITER[buffer[at]]) {
            at++;
        }
        if (at < limit && buffer[at] >= 0 && DELIMITER[buffer[at]]) {
            String name = cached(next, at - next);
            next = at;
            return name;
        }
        long beganLine = line;
        long beganColumn = column();
        token.setLength(0);
        while (true) {
            int c = peek();
            if (c == END || DELIMITER[c]) {
                return tokenText();
            }
            if (c < 0x20 || c == 0x7f) {
                throw refused("found " + describe(c) + ", expected text");
            }
            token.appendCodePoint(readCodePoint());
            boundToken("a name or number", beganLine, beganColumn);
        }
    }

    /**
     * If what follows up to the next double quote is plain printable ASCII without a backslash, and short enough to stand
     * in the buffer: that text, and the quote is passed over. Otherwise null, and nothing has moved.
     */
    public @Nullable String tryPlainString() {
        int at = next;
        while (at < limit) {
            byte c = buffer[at];
            if (c < 0x20 || c == '\\') {
                return null;
            }
            if (c == '"') {
                String text = cached(next, at - next);
                next = at + 1;
                return text;
            }
            at++;
        }
        return null;
    }

    /** Begins a token that the caller puts together with {@link #append}. */
    public void beginToken() {
        token.setLength(0);
    }

    /**
     * Adds a character to the token.
     *
     * @param what the kind of token for the message, should it be too long
     */
    public void append(int codePoint, String what, long beganLine, long beganColumn) throws MalformedHistoryException {
        token.appendCodePoint(codePoint);
        boundToken(what, beganLine, beganColumn);
    }

    /** The token that was put together. */
    public String tokenText() {
        String text = token.toString();
        if (token.capacity() > 1 << 16) {
            token.setLength(0);
            token.trimToSize();
        }
        return text;
    }

    private void boundToken(String what, long beganLine, long beganColumn) throws MalformedHistoryException {
        if (token.length() > MAX_TOKEN_BYTES) {
            throw new MalformedHistoryException(
                    source,
                    beganLine,
                    beganColumn,
                    String.format(
                            Locale.ROOT,
                            "found %s longer than %,d characters, expected at most that",
                            what,
                            MAX_TOKEN_BYTES));
        }
    }

    /** Reads one character, a line feed too; {@link #END} after the last. */
    public int readCodePoint() throws IOException {
        int first = peek();
        if (first < 0x80) {
            if (first == '\n') {
                lineFeed();
            } else if (first != END) {
                next++;
            }
            return first;
        }
        int length = first < 0xc2 || first > 0xf4 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
        if (length == 0) {
            throw invalid(first);
        }
        if (ahead(length).length() < length) {
            MalformedHistoryException cut = refused("found end of file inside a character, expected text in UTF-8");
            next = limit;
            throw cut;
        }
        int codePoint = first & (0x7f >> length);
        for (int i = 1; i < length; i++) {
            int c = buffer[next + i] & 0xff;
            if ((c & 0xc0) != 0x80) {
                throw invalid(first);
            }
            codePoint = (codePoint << 6) | (c & 0x3f);
        }
        boolean overlong = (length == 3 && codePoint < 0x800) || (length == 4 && codePoint < 0x10000);
        if (overlong || codePoint > 0x10ffff || (codePoint >= 0xd800 && codePoint <= 0xdfff)) {
            throw invalid(first);
        }
        next += length;
        continuationBytes += length - 1;
        return codePoint;
    }

    /** A byte or the end, for messages. */
    public static String describe(int c) {
        if (c == END) {
            return "end of file";
        }
        return c > 0x20 && c < 0x7f ? "'" + (char) c + "'" : String.format(Locale.ROOT, "byte 0x%02x", c);
    }

    /** A refusal at this place. */
    public MalformedHistoryException refused(String problem) {
        return new MalformedHistoryException(source, line, column(), problem);
    }

    private MalformedHistoryException invalid(int c) {
        return refused("found " + describe(c) + ", which begins no UTF-8 character here, expected text in UTF-8");
    }

    private void lineFeed() {
        next++;
        line++;
        lineOffset = offset();
        continuationBytes = 0;
    }

    private boolean fill() throws IOException {
        if (ended) {
            return false;
        }
        bufferOffset += limit;
        next = 0;
        limit = 0;
        int got = in.read(buffer, 0, buffer.length);
        if (got <= 0) {
            ended = true;
            return false;
        }
        limit = got;
        return true;
    }

    private String cached(int start, int length) {
        if (length > CACHED_LENGTH) {
            return new String(buffer, start, length, StandardCharsets.ISO_8859_1);
        }
        int hash = length;
        for (int i = start; i < start + length; i++) {
            hash = hash * 31 + buffer[i];
        }
        int slot = (hash ^ (hash >>> 10)) & (cache.length - 1);
        String known = cache[slot];
        if (known != null && isAt(known, start, length)) {
            return known;
        }
        String text = new String(buffer, start, length, StandardCharsets.ISO_8859_1);
        cache[slot] = text;
        return text;
    }

    private boolean isAt(String text, int start, int length) {
        if (text.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (text.charAt(i) != buffer[start + i]) {
                return false;
            }
        }
        return true;
    }
}
