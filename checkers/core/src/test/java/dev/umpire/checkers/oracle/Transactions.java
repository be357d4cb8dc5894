package dev.umpire.checkers.oracle;

import dev.umpire.histories.History;
import dev.umpire.histories.event.MalformedHistoryException;
import java.util.Comparator;
import java.util.TreeMap;

/** Histories of transactions as text, one line each. */
public final class Transactions {
    private Transactions() {}

    /**
     * A history of lines as {@code 10..20 0 [[:append :x 1]]}: times in milliseconds, which differ, the session, and the
     * micro-operations as the answer has them; {@code info} at the end is the outcome.
     */
    public static History history(String text) throws MalformedHistoryException {
        TreeMap<Integer, String> events = new TreeMap<>(Comparator.naturalOrder());
        for (String line : text.strip().split("\n", -1)) {
            String[] parts = line.strip().split(" +", 3);
            int from = Integer.parseInt(parts[0].substring(0, parts[0].indexOf('.')));
            int to = Integer.parseInt(parts[0].substring(parts[0].lastIndexOf('.') + 1));
            boolean info = parts[2].endsWith(" info");
            String steps = info ? parts[2].substring(0, parts[2].length() - " info".length()) : parts[2];
            String event = "{:process " + parts[1] + ", :f :txn, :time %d000000, :type :%s, :value " + steps + "}\n";
            events.put(from, event.formatted(from, "invoke"));
            events.put(to, event.formatted(to, info ? "info" : "ok"));
        }
        return History.parse(String.join("", events.values()));
    }
}
