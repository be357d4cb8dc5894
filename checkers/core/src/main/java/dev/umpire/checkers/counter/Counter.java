package dev.umpire.checkers.counter;

import dev.umpire.checkers.evidence.Unconverged;
import dev.umpire.checkers.verdict.Anomalies;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.NilReads;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.words.Reasons;
import dev.umpire.checkers.words.Visible;
import dev.umpire.checkers.words.Words;
import dev.umpire.histories.History;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Counters: a read returns no less than what was counted for certain, and no more than what can have been.
 *
 * <p><b>Definition.</b> Changes of a key are {@code increment} and {@code add} (by the argument, 1 without one) and
 * {@code decrement} (by its negative); it counts from the initial value, or from 0. For every OK read of a key: what it
 * returned lies between the least and the largest sum of the changes that were acknowledged before the read was invoked and
 * some of those that were invoked before it completed and did not fail. A final read also returns the sum of all acknowledged
 * changes and of some subset of the others. Final are the reads that are marked as such, else the last one of each node after
 * the last fault, if they began after every acknowledged change of the key had completed. Where the recording says that the
 * replicas were still catching up by then, no sum is asked of them, and the key is undecided unless another rule is broken. The bounds are those of the counter
 * workload of Jepsen (Kingsbury), which has increments only.
 *
 * <p><b>Algorithm.</b> Two binary searches a read in sums over completions and over invocations, O(n log n). The sums of
 * subsets are made one by one, each once; where they are more than the search budget the key is undecided.
 *
 * <p><b>Witness.</b> The fewest acknowledged changes that together lead past what was read, and the read
 * ({@code COUNTER_TOO_LOW}, {@code COUNTER_TOO_HIGH}); of more than {@value #TOLD} the last ones are listed and the sentence
 * tells their sum. The changes in the other direction are taken into account as if all of them had taken effect. A final read
 * that no subset explains ({@code COUNTER_NOT_A_SUM}) stands alone. One anomaly a read.
 */
public final class Counter {

    /** As on the command line. */
    public static final String NAME = "counter";

    /** How many changes a witness lists at most. */
    static final int TOLD = 32;

    /** Of so many broken reads the best are listed; to find a witness is O(n log n). */
    private static final int COMPARED = 64;

    private final History history;
    private final CheckOptions options;
    private final Words words;
    private final Reasons reasons;
    private final Anomalies anomalies;
    private long obliged;

    private Counter(History history, CheckOptions options) {
        this.history = history;
        this.options = options;
        words = Words.of(history);
        reasons = new Reasons(words);
        anomalies = new Anomalies(options.anomalyLimit());
    }

    public static Verdict check(History history, CheckOptions options) {
        return new Counter(history, options).verdict();
    }

    private Verdict verdict() {
        CountedKeys keys = CountedKeys.of(history);
        for (int key = 0; key < history.keyCount(); key++) {
            if (!keys.isCounter(key)) {
                continue;
            }
            Optional<String> strange = keys.strangeFunction(key);
            if (strange.isPresent()) {
                reasons.undecided(
                        key, "has operations " + Visible.text(strange.get()) + ", which this checker cannot judge");
                continue;
            }
            try {
                judge(key, keys);
            } catch (ArithmeticException beyond) {
                reasons.undecided(key, "holds numbers beyond 64 bits");
            }
        }
        return reasons.verdict(
                NAME,
                Optional.empty(),
                "sums of changes at each read; " + keys.phrase(),
                obliged,
                obliged,
                anomalies,
                "no read of a counter: nothing could have been violated");
    }

    private void judge(int key, CountedKeys keys) {
        List<Integer> reads = new ArrayList<>();
        List<Long> values = new ArrayList<>();
        for (int[] read : keys.reads(key)) {
            if (read[1] == History.NIL && options.nilReads() == NilReads.UNKNOWN) {
                continue;
            }
            Optional<Long> value = read[1] == History.NIL ? Optional.of(0L) : Amounts.integer(history.value(read[1]));
            if (value.isEmpty()) {
                reasons.undecided(key, "holds " + words.value(read[1]) + ", which is no integer of 64 bits");
                return;
            }
            reads.add(read[0]);
            values.add(value.get());
        }
        Optional<Changes> found = Changes.of(history, keys.changes(key));
        if (found.isEmpty()) {
            reasons.undecided(key, "is changed by what is no integer of 64 bits");
            return;
        }
        Changes changes = found.get();
        obliged += reads.size();
        boolean[] broken = new boolean[reads.size()];
        for (int i = 0; i < broken.length; i++) {
            broken[i] = isBeyond(key, changes, reads.get(i), values.get(i), 1)
                    || isBeyond(key, changes, reads.get(i), values.get(i), -1);
        }
        finals(key, keys, changes, reads, values, broken);
    }

    /** Whether the read lies below ({@code sign} 1) or above (-1) what is possible; upside down one is the other. */
    private boolean isBeyond(int key, Changes changes, int read, long value, int sign) {
        long certain = changes.acknowledgedBefore(read, sign);
        long against = Math.addExact(changes.initial(), changes.invokedBefore(read, -sign));
        long bound = Math.addExact(certain, against);
        if (sign > 0 ? value >= bound : value <= bound) {
            return false;
        }
        long distance = (long) history.completed(read) - history.invoked(read);
        if (anomalies.count() >= Math.max(COMPARED, anomalies.limit())) {
            anomalies.countUnlisted();
            return true;
        }
        anomalies.add(changes.fewest(read, sign, against, value).size() + 1, distance, () -> {
            List<Integer> needed = changes.fewest(read, sign, against, value);
            List<Integer> witness = new ArrayList<>(needed.subList(Math.max(0, needed.size() - TOLD), needed.size()));
            witness.add(read);
            String least = sign > 0 ? "at least " : "at most ";
            String all = Words.number(changes.initial()) + " from the start"
                    + why(certain, Math.subtractExact(against, changes.initial()), sign);
            return new Anomaly(
                    sign > 0 ? "COUNTER_TOO_LOW" : "COUNTER_TOO_HIGH",
                    words.key(key),
                    words.read(read, key) + ", but " + words.key(key) + " was " + least + Words.number(bound)
                            + " then: " + all,
                    witness);
        });
        return true;
    }

    /** What a bound rests on beside the start: what must have changed it one way, and what can have changed it the other. */
    private static String why(long certain, long possible, int sign) {
        List<String> why = new ArrayList<>();
        if (certain != 0) {
            why.add(sum(certain) + (sign > 0 ? " by the gains" : " by the losses")
                    + " that were acknowledged before it");
        }
        if (possible != 0) {
            why.add(sum(possible) + (sign > 0 ? " by the losses" : " by the gains")
                    + " that can have taken effect before it ended");
        }
        return why.isEmpty()
                ? ", and nothing can have " + (sign > 0 ? "lowered" : "raised") + " it before that ended"
                : ", " + String.join(" and ", why);
    }

    private static String sum(long change) {
        return (change < 0 ? "" : "+") + Words.number(change);
    }

    private void finals(
            int key, CountedKeys keys, Changes changes, List<Integer> reads, List<Long> values, boolean[] broken) {
        List<Integer> finals = keys.finalReads(reads, changes.settled());
        Optional<String> unconverged = Unconverged.of(history);
        if (unconverged.isPresent() && !finals.isEmpty()) {
            reasons.undecided(key, "has final reads that show no end: " + unconverged.get());
            return;
        }
        SubsetSums sums =
                new SubsetSums(Math.addExact(changes.initial(), changes.acknowledged()), options.searchBudget());
        for (int i : finals) {
            int read = reads.get(i);
            while (changes.hasUnknownBefore(read, sums.size())) {
                sums.add(changes.unknown(sums.size()));
            }
            if (broken[i]) {
                continue;
            }
            if (!sums.isComplete()) {
                reasons.undecided(
                        key,
                        "has more sums of changes of unknown outcome than the budget of "
                                + Words.number(options.searchBudget()) + " steps allows to try");
                return;
            }
            if (!sums.contains(values.get(i))) {
                int unknown = sums.size();
                anomalies.add(
                        1,
                        0,
                        () -> new Anomaly(
                                "COUNTER_NOT_A_SUM",
                                words.key(key),
                                words.read(read, key) + ", but the acknowledged changes make "
                                        + Words.number(Math.addExact(changes.initial(), changes.acknowledged()))
                                        + ", and no choice among the "
                                        + Words.count(unknown, "change", "changes")
                                        + " of unknown outcome leads from there to what was read",
                                List.of(read)));
            }
        }
    }
}
