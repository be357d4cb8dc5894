package dev.umpire.checkers.joined;

import dev.umpire.checkers.words.Words;
import dev.umpire.histories.History;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a witness says in plain English. */
public final class Story {
    private static final int MOST_FREE = 4;

    private final History history;
    private final Words words;
    private final String noOrder;

    /** @param precedence what an order must keep */
    public Story(History history, Precedence precedence) {
        this.history = history;
        this.noOrder = "no one order of all operations " + precedence.words();
        this.words = Words.of(history);
    }

    /** The operations in the order in which they were completed; those that may never have been come first. */
    public List<Integer> byCompletion(Set<Integer> operations) {
        List<Integer> sorted = new ArrayList<>(operations);
        sorted.sort((a, b) -> Integer.compare(history.completed(a), history.completed(b)));
        // what may never have completed is not what violates
        sorted.sort((a, b) ->
                Boolean.compare(history.completed(b) == History.NEVER, history.completed(a) == History.NEVER));
        return sorted;
    }

    /** The name of the key that all of them have; empty if they have not the same, or none. */
    public String key(List<Integer> operations) {
        Set<Integer> keys = new TreeSet<>();
        for (int operation : operations) {
            keys.add(history.key(operation));
        }
        int only = keys.size() == 1 ? keys.iterator().next() : History.NONE;
        return only == History.NONE || history.keyName(only).isNil()
                ? ""
                : history.keyName(only).toString();
    }

    /** Of what no order explains. */
    public String fault(Fault fault) {
        String all = all(fault.operations());
        return switch (fault.kind()) {
            case UNWRITTEN -> all + ", but nobody else wrote that, so that no order explains it";
            case OWN_WRITE_AHEAD ->
                all + ", with its own write of " + words.key(fault.key())
                        + " among what was there before it wrote that";
            case OWN_WRITE_MISSING ->
                all + ", but did not find its own write of " + words.key(fault.key()) + " when it read that afterwards";
            case CHANGING ->
                all + ", which is more than one state of " + words.key(fault.key())
                        + ", where one transaction finds one";
            case TORN ->
                all + "; what one operation writes to " + words.key(fault.key())
                        + " is seen as a whole, and once, so that no order explains both";
            case INCOMPATIBLE ->
                all + "; neither list begins with the other, so that no one order of the appends explains both";
        };
    }

    /** The name of the key of a fault; empty if it has none. */
    public String key(Fault fault) {
        Value name = history.keyName(fault.key());
        return name.isNil() ? "" : name.toString();
    }

    /** Of operations that were searched. */
    public String unordered(List<Integer> operations, boolean minimal) {
        return noOrder
                + (minimal ? "explains these: " : "was found to explain all; the last of those that none explains: ")
                + all(operations);
    }

    /**
     * The same where other operations were left at liberty.
     *
     * @param free those that may change what these found
     */
    public String unordered(List<Integer> operations, boolean minimal, List<Integer> free) {
        if (free.isEmpty() || !minimal) {
            return unordered(operations, minimal);
        }
        return unordered(operations, true) + "; at whatever time "
                + (free.size() > MOST_FREE
                        ? "the " + Words.number(free.size()) + " others that may have changed it took effect, if at all"
                        : (free.size() == 1 ? "this" : "these") + " took effect, if at all: " + all(free));
    }

    private String all(List<Integer> operations) {
        return operations.stream().map(this::full).collect(Collectors.joining("; "));
    }

    /** Of a cycle, fact by fact. */
    public String cycle(Constraints constraints, Cycle.Grounds grounds) {
        List<String> facts = new ArrayList<>();
        List<Integer> edges = grounds.facts();
        for (int i = 0; i < edges.size(); i++) {
            int edge = edges.get(i);
            if (constraints.reason(edge) == Constraints.Reason.SESSION) {
                StringBuilder row = new StringBuilder(full(operation(constraints, constraints.from(edge))));
                while (true) {
                    row.append(andThen(operation(constraints, constraints.from(edge))))
                            .append(deed(operation(constraints, constraints.to(edge))));
                    boolean goesOn = i + 1 < edges.size()
                            && constraints.reason(edges.get(i + 1)) == Constraints.Reason.SESSION
                            && constraints.from(edges.get(i + 1)) == constraints.to(edge);
                    if (!goesOn) {
                        break;
                    }
                    edge = edges.get(++i);
                }
                facts.add(row.toString());
            } else {
                facts.add(fact(constraints, edge));
            }
        }
        return String.join("; ", facts) + ": " + noOrder + "has it all";
    }

    private String fact(Constraints constraints, int edge) {
        int from = operation(constraints, constraints.from(edge));
        int to = operation(constraints, constraints.to(edge));
        return switch (constraints.reason(edge)) {
            case SESSION -> full(from) + andThen(from) + deed(to);
            case REAL_TIME -> full(from) + ", before " + full(to);
            case READS_FROM -> told(to) + " only after " + toldLast(from);
            case INITIAL_VALUE -> told(from) + " before " + toldLast(to);
            case SHOWN -> told(from) + " before " + toldLast(to) + ", as " + reader(constraints, edge) + " shows";
            case NOT_YET -> told(from) + " before something newer: " + toldLast(to);
            case OVERWRITTEN ->
                told(from) + " before " + toldLast(to) + ", as " + reader(constraints, edge) + " later than that";
        };
    }

    private String reader(Constraints constraints, int edge) {
        return told(operation(constraints, constraints.reader(edge)));
    }

    private static int operation(Constraints constraints, int node) {
        return constraints.lanes.operation[node];
    }

    /** {@code session 3 wrote x=41}, {@code session 3 read x, which returned 37,}. */
    private String told(int operation) {
        return toldLast(operation) + (words.returned(operation).isPresent() ? "," : "");
    }

    /** The same where nothing but a stop follows. */
    private String toldLast(int operation) {
        return words.session(operation) + " " + words.deed(operation) + which(operation);
    }

    /** What was returned does nothing itself. */
    private String andThen(int operation) {
        return words.returned(operation).isPresent() ? ", and then " : " and then ";
    }

    private String full(int operation) {
        return words.session(operation) + " " + deed(operation);
    }

    /** {@code read x at n2 (1,311 ms to 1,312 ms), which returned 37}. */
    private String deed(int operation) {
        return words.deed(operation) + " (" + words.span(operation) + ")" + which(operation);
    }

    private String which(int operation) {
        return words.returned(operation).map(returned -> ", which " + returned).orElse("");
    }
}
