package dev.umpire.histories;

import dev.umpire.histories.foreign.SessionTransactions;
import dev.umpire.histories.foreign.SessionTransactions.Session;
import dev.umpire.histories.foreign.SessionTransactions.Step;
import dev.umpire.histories.foreign.SessionTransactions.Transaction;
import dev.umpire.histories.internal.Quotes;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Says a history as sessions of transactions over registers, as far as that can be said, and keeps a list of what cannot.
 *
 * <p>A write of unknown outcome that somebody read took effect, in no certain place of its session: it becomes a session of
 * its own. One that nobody read is left out.
 */
final class SessionsOfHistory {
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final History history;
    private final HistoryFormat format;
    private final Set<String> losses = new LinkedHashSet<>();
    private final Value initial;
    private final Set<Value> seen = new HashSet<>();
    private final boolean keysFit;
    private final boolean valuesFit;
    private final Map<Value, Integer> keyNumbers = new HashMap<>();
    private final Map<Value, Integer> valueNumbers = new HashMap<>();

    private SessionsOfHistory(History history, HistoryFormat format) {
        this.history = history;
        this.format = format;
        this.initial = history.value(history.initialValue());
        boolean keys = true;
        boolean values = true;
        for (int o = 0; o < history.size(); o++) {
            for (Step step : steps(o)) {
                keys &= isKey(step.key());
                values &= isValue(step);
                if (!step.write() && history.outcome(o) == Outcome.OK) {
                    seen.add(Value.of(List.of(step.key(), step.value())));
                }
            }
        }
        keysFit = keys;
        valuesFit = values;
    }

    /** What the format can say of the history, and the sentences about what it cannot. */
    record Said(SessionTransactions sessions, List<String> losses) {}

    /** @throws IllegalArgumentException if an operation reads or writes anything but registers, or nothing is left to say */
    static Said of(History history, HistoryFormat format) {
        return new SessionsOfHistory(history, format).said();
    }

    private Said said() {
        if (history.realTime()) {
            losses.add("the order between sessions, times, processes and nodes");
        }
        if (!history.nemesisEvents().isEmpty()) {
            losses.add("faults");
        }
        if (!keysFit) {
            losses.add("the names of keys, which are numbered in the order in which they occur");
        }
        if (!valuesFit) {
            losses.add("the values, which are numbered from 1 in the order in which they occur");
        }
        List<List<Transaction>> rows = new ArrayList<>();
        for (int s = 0; s < history.sessionCount(); s++) {
            rows.add(new ArrayList<>());
        }
        List<List<Transaction>> unknown = new ArrayList<>();
        boolean initialRead = false;
        Set<Value> keys = new LinkedHashSet<>();
        for (int o = 0; o < history.size(); o++) {
            List<Step> steps = new ArrayList<>();
            for (Step step : steps(o)) {
                steps.add(new Step(step.write(), key(step.key()), value(step)));
                keys.add(key(step.key()));
                initialRead |= !step.write() && step.value().equals(initial);
            }
            Outcome outcome = history.outcome(o);
            boolean writes = steps.stream().anyMatch(Step::write);
            if (outcome == Outcome.OK && isCas(o)) {
                losses.add("that nothing comes between what a cas replaced and what it wrote");
            }
            if (outcome == Outcome.OK || (outcome == Outcome.FAIL && writes && format != HistoryFormat.AWDIT)) {
                rows.get(history.session(o)).add(new Transaction(outcome == Outcome.OK, steps, 0));
            } else if (outcome == Outcome.INFO && writes && isSeen(o)) {
                unknown.add(List.of(
                        new Transaction(true, steps.stream().filter(Step::write).toList(), 0)));
                losses.add(
                        "that the outcome of some writes was unknown: those that were read are sessions of their own");
            } else {
                losses.add("operations that failed, or whose outcome is unknown and whose value nobody read");
            }
        }
        rows.addAll(unknown);
        if (initialRead && format == HistoryFormat.AWDIT) {
            losses.add("that 0 is the initial value: a session of its own writes it");
            rows.add(List.of(new Transaction(
                    true,
                    keys.stream().map(key -> new Step(true, key, Value.of(0))).toList(),
                    0)));
        }
        List<Session> sessions = new ArrayList<>();
        for (List<Transaction> row : rows) {
            if (!row.isEmpty()) {
                sessions.add(new Session(Value.of(sessions.size()), row));
            }
        }
        if (sessions.isEmpty() && format != HistoryFormat.DBCOP_JSON) {
            throw new IllegalArgumentException("found no operation that " + format.name()
                    + " can say, expected one or more: nobody could read the empty file");
        }
        return new Said(new SessionTransactions(sessions, initial), List.copyOf(losses));
    }

    private boolean isCas(int o) {
        return history.functionName(history.function(o)).equals("cas");
    }

    private boolean isSeen(int o) {
        return steps(o).stream()
                .anyMatch(step -> step.write() && seen.contains(Value.of(List.of(step.key(), step.value()))));
    }

    private List<Step> steps(int o) {
        String function = history.functionName(history.function(o));
        List<Step> steps = new ArrayList<>();
        boolean answered = history.outcome(o) == Outcome.OK;
        switch (function) {
            case "read", "write", "cas", "snapshot" -> {
                for (int i = 0; i < history.readCount(o); i++) {
                    steps.add(new Step(
                            false, history.keyName(history.readKey(o, i)), history.value(history.readValue(o, i))));
                }
                for (int i = 0; i < history.writeCount(o); i++) {
                    steps.add(new Step(
                            true, history.keyName(history.writeKey(o, i)), history.value(history.writeValue(o, i))));
                }
            }
            case "txn" -> {
                Value value = history.value(answered ? history.result(o) : history.argument(o));
                for (Value one : value instanceof Value.Sequence all ? all.elements() : List.<Value>of()) {
                    List<Value> parts = one instanceof Value.Sequence triple ? triple.elements() : List.of();
                    String kind = parts.size() == 3 ? parts.get(0).toString().replaceFirst("^:", "") : "";
                    boolean write = kind.equals("w") || kind.equals("write");
                    if (!write && !kind.equals("r") && !kind.equals("read")) {
                        throw refused(o, "a step " + Quotes.of(one) + " of a txn");
                    }
                    if (write || answered) {
                        steps.add(new Step(write, parts.get(1), parts.get(2)));
                    }
                }
            }
            default -> throw refused(o, "a " + function);
        }
        return steps;
    }

    private IllegalArgumentException refused(int o, String found) {
        return new IllegalArgumentException(
                "found " + found + " (event " + history.index(o) + "), expected operations that " + format.name()
                        + " can say: read, write, cas, snapshot, and txn of :r and :w");
    }

    private static boolean isNatural(Value value) {
        return (value instanceof Value.Int number && number.value() >= 0)
                || (value instanceof Value.BigInt large && large.value().signum() >= 0);
    }

    private boolean isKey(Value key) {
        return format == HistoryFormat.DBCOP
                ? key instanceof Value.Text text
                        && IDENTIFIER.matcher(text.value()).matches()
                : isNatural(key);
    }

    private boolean isValue(Step step) {
        if (step.value().equals(initial)) {
            return !step.write();
        }
        return isNatural(step.value()) && !step.value().equals(Value.of(0));
    }

    private Value key(Value key) {
        if (keysFit) {
            return key;
        }
        Integer number = keyNumbers.get(key);
        if (number == null) {
            number = keyNumbers.size();
            keyNumbers.put(key, number);
        }
        return format == HistoryFormat.DBCOP ? Value.of("k" + number) : Value.of(number);
    }

    private Value value(Step step) {
        if (!step.write() && step.value().equals(initial)) {
            return format == HistoryFormat.PLUME || format == HistoryFormat.AWDIT ? Value.of(0) : Value.NIL;
        }
        if (valuesFit) {
            return step.value();
        }
        Integer number = valueNumbers.get(step.value());
        if (number == null) {
            number = valueNumbers.size() + 1;
            valueNumbers.put(step.value(), number);
        }
        return Value.of(number);
    }
}
