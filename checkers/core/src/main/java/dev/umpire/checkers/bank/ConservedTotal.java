package dev.umpire.checkers.bank;

import dev.umpire.checkers.verdict.Anomalies;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.words.Reasons;
import dev.umpire.checkers.words.Words;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import dev.umpire.histories.value.Value;
import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Conserved total: whoever reads all accounts of a bank finds the same sum in them.
 *
 * <p><b>Definition.</b> A bank is a key on which some operation is a {@code transfer} of {@code {from, to, amount}}, which moves
 * the amount and makes none, whether it took effect or not. All OK reads of the bank, maps from account to balance, have the
 * same sum; an account that a read does not show holds nothing there. A read that returns nothing at all says nothing. As the
 * bank workload of Jepsen (Kingsbury) asks it, without a total that is known from elsewhere.
 *
 * <p><b>Algorithm.</b> One look at each read, O(n log n) for the most frequent sum.
 *
 * <p><b>Witness.</b> A read whose sum is not the most frequent one of its bank, and the nearest read whose sum is
 * ({@code TOTAL_NOT_CONSERVED}).
 */
public final class ConservedTotal {

    /** As on the command line. */
    public static final String NAME = "conserved-total";

    private static final Value FROM = Value.of("from");
    private static final Value TO = Value.of("to");
    private static final Value AMOUNT = Value.of("amount");

    private final History history;
    private final Words words;
    private final Reasons reasons;
    private final Anomalies anomalies;
    private final Map<Integer, Bank> banks = new TreeMap<>();
    private long examined;
    private long obliged;
    private long empty;

    private ConservedTotal(History history, CheckOptions options) {
        this.history = history;
        words = Words.of(history);
        reasons = new Reasons(words);
        anomalies = new Anomalies(options.anomalyLimit());
    }

    public static Verdict check(History history, CheckOptions options) {
        return new ConservedTotal(history, options).verdict();
    }

    private Verdict verdict() {
        for (int operation = 0; operation < history.size(); operation++) {
            if (function(operation).equals("transfer") && history.key(operation) != History.NONE) {
                banks.computeIfAbsent(history.key(operation), absent -> new Bank())
                        .note(malformed(operation));
            }
        }
        for (int operation = 0; operation < history.size(); operation++) {
            note(operation);
        }
        banks.forEach(this::judge);
        if (empty > 0) {
            reasons.remark(Words.count(empty, "read", "reads") + " of no account at all left out");
        }
        return reasons.verdict(
                NAME,
                Optional.empty(),
                "sums of accounts compared",
                obliged,
                examined,
                anomalies,
                "no bank whose accounts were read twice, beside a transfer: nothing could have been violated");
    }

    private String function(int operation) {
        return history.functionName(history.function(operation));
    }

    /** Why it cannot be said that this transfer makes no money. */
    private Optional<String> malformed(int operation) {
        if (history.value(history.argument(operation)) instanceof Value.MapOf asked
                && asked.entries().size() == 3
                && named(asked, FROM).isPresent()
                && named(asked, TO).isPresent()
                && named(asked, AMOUNT).flatMap(Value::integer).isPresent()) {
            return Optional.empty();
        }
        return Optional.of("has a transfer of " + words.value(history.argument(operation))
                + ", expected {from, to, amount} with a whole amount");
    }

    /** As recorded with a keyword or with a string. */
    private static Optional<Value> named(Value.MapOf map, Value name) {
        return map.entries().entrySet().stream()
                .filter(entry -> entry.getKey().equals(name)
                        || (entry.getKey() instanceof Value.Keyword keyword
                                && Value.of(keyword.name()).equals(name)))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private void note(int operation) {
        if (history.outcome(operation) == Outcome.FAIL) {
            return;
        }
        String function = function(operation);
        for (int i = 0; i < history.writeCount(operation); i++) {
            Bank written = banks.get(history.writeKey(operation, i));
            if (written != null) {
                written.note(changed(function));
            }
        }
        if (!function.equals("transfer")
                && history.readCount(operation) == 0
                && history.key(operation) != History.NONE) {
            Bank touched = banks.get(history.key(operation));
            if (touched != null && !function.equals("read") && !function.equals("get")) {
                touched.note(changed(function));
            }
        }
        for (int i = 0; i < history.readCount(operation); i++) {
            Bank read = banks.get(history.readKey(operation, i));
            if (read != null && history.outcome(operation) == Outcome.OK) {
                read(read, operation, history.value(history.readValue(operation, i)));
            }
        }
    }

    private static Optional<String> changed(String function) {
        return Optional.of("has operations " + function + ", which may change the total");
    }

    private void read(Bank bank, int operation, Value found) {
        examined++;
        if (found.isNil()) {
            empty++;
            return;
        }
        if (!(found instanceof Value.MapOf accounts)) {
            bank.note(Optional.of("was read as " + words.value(found) + ", expected a map from account to balance"));
            return;
        }
        if (accounts.entries().isEmpty()) {
            empty++;
            return;
        }
        BigInteger sum = BigInteger.ZERO;
        for (Map.Entry<Value, Value> account : accounts.entries().entrySet()) {
            Optional<BigInteger> balance = account.getValue().isNil()
                    ? Optional.of(BigInteger.ZERO)
                    : account.getValue().integer();
            if (balance.isEmpty()) {
                bank.note(Optional.of("has an account " + words.value(account.getKey()) + " that holds "
                        + words.value(account.getValue()) + ", expected a whole number"));
                return;
            }
            sum = sum.add(balance.get());
        }
        bank.readings().add(new Reading(operation, sum));
    }

    private void judge(int key, Bank bank) {
        bank.strange().ifPresent(why -> reasons.undecided(key, why));
        List<Reading> readings = bank.readings();
        if (bank.strange().isPresent() || readings.size() < 2) {
            return;
        }
        obliged += readings.size();
        Map<BigInteger, Integer> counts = new TreeMap<>();
        readings.forEach(reading -> counts.merge(reading.sum(), 1, Integer::sum));
        int most = Collections.max(counts.values());
        BigInteger usual = readings.stream()
                .map(Reading::sum)
                .filter(sum -> counts.getOrDefault(sum, 0) == most)
                .findFirst()
                .orElseThrow();
        Nearest nearest = new Nearest(readings, usual);
        for (int i = 0; i < readings.size(); i++) {
            if (!readings.get(i).sum().equals(usual)) {
                tell(key, readings.get(i), nearest.to(i));
            }
        }
    }

    private void tell(int key, Reading odd, Reading usual) {
        int first = Math.min(odd.operation(), usual.operation());
        int second = Math.max(odd.operation(), usual.operation());
        anomalies.add(
                2,
                (long) history.invoked(second) - history.invoked(first),
                () -> new Anomaly(
                        "TOTAL_NOT_CONSERVED",
                        words.key(key),
                        "the accounts of " + words.key(key) + " held " + odd.sum() + " in all when "
                                + words.who(odd.operation()) + " read them, and " + usual.sum() + " when "
                                + words.who(usual.operation())
                                + " did: transfers only move what is there",
                        List.of(first, second)));
    }
}
