package dev.umpire.histories.logs;

import dev.umpire.histories.edn.EdnReader;
import dev.umpire.histories.event.EventType;
import dev.umpire.histories.event.MalformedHistoryException;
import dev.umpire.histories.internal.EventFields;
import dev.umpire.histories.internal.EventKeys;
import dev.umpire.histories.internal.EventSink;
import dev.umpire.histories.internal.Quotes;
import dev.umpire.histories.internal.TextScanner;
import dev.umpire.histories.internal.ValueTable;
import dev.umpire.histories.value.Value;
import java.io.IOException;

/**
 * Reads Jepsen's printed log, old and new:
 *
 * <pre>
 * INFO  jepsen.util - 0	:invoke	:read	nil
 * INFO [2026-01-09 12:00:01,123] jepsen worker 3 - jepsen.util 3	:info	:write	4	:timed-out
 * </pre>
 *
 * <p>What stands before the last word in front of the first tab is passed over; so are other log lines. After the value
 * an error may stand, after another tab.
 */
public final class JepsenLogReader {
    private final TextScanner scanner;
    private final ValueTable values;
    private final EventFields event;
    private boolean lineEnded;

    public JepsenLogReader(TextScanner scanner, ValueTable values) {
        this.scanner = scanner;
        this.values = values;
        this.event = new EventFields(values);
    }

    /**
     * Reads everything.
     *
     * @throws MalformedHistoryException if no line is an event, an event's value is no EDN, the last line is cut, or the
     *     sink refuses an event
     */
    public void read(EventSink sink) throws IOException {
        long events = 0;
        long lines = 0;
        String first = "";
        while (scanner.peek() != TextScanner.END) {
            long number = scanner.line();
            String text = line();
            if (lines++ == 0) {
                first = text;
            }
            if (parse(text, number)) {
                events++;
                sink.accept(event);
            } else if (!lineEnded && events > 0 && (text.contains("jepsen.util") || text.indexOf('\t') >= 0)) {
                throw new MalformedHistoryException(
                        scanner.source(), number, 1, "found end of file inside an event line, expected " + SHAPE);
            }
        }
        if (events == 0) {
            throw new MalformedHistoryException(
                    scanner.source(),
                    1,
                    1,
                    "found no event (the text begins with \"" + Quotes.of(first)
                            + "\"), expected JSON Lines, Jepsen's EDN, or " + "log lines " + SHAPE);
        }
    }

    private static final String SHAPE = "PROCESS<tab>TYPE<tab>FUNCTION<tab>VALUE";

    private String line() throws IOException {
        long number = scanner.line();
        scanner.beginToken();
        while (true) {
            int c = scanner.readCodePoint();
            lineEnded = c == '\n';
            if (lineEnded || c == TextScanner.END) {
                String text = scanner.tokenText();
                return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
            }
            if (c < 0x20 && c != '\t' && c != '\r' && c != 0x1b) {
                throw scanner.refused("found " + TextScanner.describe(c) + ", expected text");
            }
            scanner.append(c, "a line", number, 1);
        }
    }

    private boolean parse(String text, long number) throws MalformedHistoryException {
        int beforeType = text.indexOf('\t');
        int beforeFunction = beforeType < 0 ? -1 : text.indexOf('\t', beforeType + 1);
        if (beforeFunction < 0) {
            return false;
        }
        String typeText = text.substring(beforeType + 1, beforeFunction).strip();
        EventType type = typeText.startsWith(":") ? EventKeys.typeOf(typeText.substring(1)) : null;
        int process = text.lastIndexOf(' ', beforeType) + 1;
        int beforeValue = text.indexOf('\t', beforeFunction + 1);
        if (type == null || process == beforeType || beforeValue < 0) {
            return false;
        }
        event.clear();
        event.line = number;
        event.column = text.codePointCount(0, process) + 1L;
        event.type = type;
        event.process = values.idOf(edn(text, process, beforeType));
        String function = edn(text, beforeFunction + 1, beforeValue).toString();
        event.function = values.idOf(Value.of(function.startsWith(":") ? function.substring(1) : function));
        int beforeError = text.indexOf('\t', beforeValue + 1);
        int end = beforeError < 0 ? text.length() : beforeError;
        event.value = values.idOf(edn(text, beforeValue + 1, end));
        if (beforeError >= 0) {
            event.error = values.idOf(error(text.substring(beforeError + 1)));
        }
        return true;
    }

    private Value edn(String text, int from, int to) throws MalformedHistoryException {
        long column = text.codePointCount(0, from) + 1L;
        return EdnReader.parse(text.substring(from, to), scanner.source(), event.line, column, 0);
    }

    /** Jepsen prints an error as EDN if it is data, and as it is if it is text. */
    private static Value error(String text) {
        try {
            return EdnReader.parse(text);
        } catch (MalformedHistoryException noEdn) {
            return Value.of(text);
        }
    }
}
