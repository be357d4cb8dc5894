package dev.umpire.histories;

import dev.umpire.histories.event.MalformedHistoryException;
import dev.umpire.histories.internal.TextScanner;
import java.io.IOException;
import java.util.regex.Pattern;

/** Tells formats apart by how a text begins, never by its name. */
enum DetectedFormat {
    JSONL,
    EDN,
    JEPSEN_LOG,
    ETCD,
    DBCOP_JSON,
    DBCOP_TEXT,
    PLUME,
    AWDIT;

    private static final int LOOKED_AT_BYTES = 4_096;
    private static final String KNOWN =
            "a history: Umpire's JSON Lines or binary file, Jepsen's EDN or log lines, or a text of etcd's robustness tests, dbcop,"
                    + " Plume or AWDIT";
    private static final Pattern PLUME_START = Pattern.compile("[rw]\\(\\d+,");
    private static final Pattern AWDIT_START = Pattern.compile("([rw] +\\d+ +\\d+|-+|=+)[ \\t]*(\\r?\\n|$)");
    private static final Pattern DBCOP_TRANSACTION = Pattern.compile("\\[\\s*[A-Za-z_]\\w*(:=|==)[\\d?]");
    private static final Pattern DBCOP_EMPTY_TRANSACTION = Pattern.compile("\\[\\s*\\](!|\\s*\\[|\\s*-{3})");
    private static final Pattern DBCOP_SESSIONS =
            Pattern.compile("\\[\\s*\\[\\s*(\\]\\s*,\\s*\\[\\s*)*\\{\\s*\"(events|committed)\"\\s*:");
    private static final Pattern DBCOP_OBJECT = Pattern.compile("\\{\\s*\"(params|info|start|end|data)\"\\s*:");
    private static final Pattern DBCOP_DATA = Pattern.compile("\"data\"\\s*:\\s*\\[");
    private static final Pattern ETCD_START =
            Pattern.compile("\\{\\s*\"(ClientId|ClientID|Input|Call|Output|Return)\"\\s*:");

    /** Looks at the next bytes, which stay; white space and a byte order mark before them are passed over. */
    static DetectedFormat of(TextScanner scanner) throws IOException {
        scanner.skipByteOrderMark();
        if (scanner.skipSpace() == TextScanner.END) {
            throw scanner.refused((scanner.offset() == 0 ? "found an empty file" : "found nothing but white space")
                    + ", expected " + KNOWN);
        }
        String start = scanner.ahead(LOOKED_AT_BYTES);
        refuseBinary(start, scanner);
        return switch (start.charAt(0)) {
            case '{' -> ofObject(start);
            case '[' -> ofVector(start);
            case '(', ';', '#', ',' -> EDN;
            case '/' -> start.startsWith("//") ? DBCOP_TEXT : JEPSEN_LOG;
            default -> ofWords(start);
        };
    }

    private static DetectedFormat ofWords(String start) {
        if (PLUME_START.matcher(start).lookingAt()) {
            return PLUME;
        }
        return AWDIT_START.matcher(start).lookingAt() ? AWDIT : JEPSEN_LOG;
    }

    private static DetectedFormat ofObject(String start) {
        if (ETCD_START.matcher(start).lookingAt()) {
            return ETCD;
        }
        if (DBCOP_OBJECT.matcher(start).lookingAt() && DBCOP_DATA.matcher(start).find()) {
            return DBCOP_JSON;
        }
        return ofMap(start, 1);
    }

    private static DetectedFormat ofVector(String start) {
        if (DBCOP_SESSIONS.matcher(start).lookingAt()) {
            return DBCOP_JSON;
        }
        if (DBCOP_TRANSACTION.matcher(start).lookingAt()
                || DBCOP_EMPTY_TRANSACTION.matcher(start).lookingAt()) {
            return DBCOP_TEXT;
        }
        int next = skipSpace(start, 1);
        if (next == start.length()) {
            return EDN;
        }
        return switch (start.charAt(next)) {
            case '{' -> ofMap(start, next + 1);
            case ']', '#', ';', ':', '[', '(', '"' -> EDN;
            default -> JEPSEN_LOG;
        };
    }

    /** A map whose first key is in double quotes and followed by a colon is JSON's. */
    private static DetectedFormat ofMap(String start, int from) {
        int at = skipSpace(start, from);
        if (at == start.length() || start.charAt(at) != '"') {
            return EDN;
        }
        int end = at + 1;
        while (end < start.length() && start.charAt(end) != '"') {
            end += start.charAt(end) == '\\' ? 2 : 1;
        }
        int after = skipSpace(start, end + 1);
        return after >= start.length() || start.charAt(after) == ':' ? JSONL : EDN;
    }

    private static int skipSpace(String text, int from) {
        int at = Math.min(from, text.length());
        while (at < text.length() && " \t\r\n,".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }

    private static void refuseBinary(String start, TextScanner scanner) throws MalformedHistoryException {
        for (int i = 0; i < start.length(); i++) {
            char c = start.charAt(i);
            boolean text = c >= 0x20 || c == '\n' || c == '\t' || c == '\r' || c == '\f' || c == 0x1b;
            if (!text) {
                throw scanner.refused(
                        "found binary data (" + TextScanner.describe(c) + " among the first bytes), expected " + KNOWN);
            }
        }
    }
}
