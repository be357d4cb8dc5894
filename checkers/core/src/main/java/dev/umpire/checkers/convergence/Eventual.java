package dev.umpire.checkers.convergence;

import dev.umpire.checkers.register.Register;
import dev.umpire.checkers.register.Registers;
import dev.umpire.checkers.verdict.Anomalies;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.words.Reasons;
import dev.umpire.checkers.words.Words;
import dev.umpire.histories.History;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Eventual consistency: in the end all nodes hold the same value of a key.
 *
 * <p><b>Definition.</b> The final reads of each key agree on one value, and some OK or INFO write wrote it, or it is the
 * initial value and no write is acknowledged. Source: Vogels, <i>Eventually Consistent</i>, CACM 2009; Viotti and
 * Vukolić, ACM CSUR 2016. Whether it is the right value is durability's question. Keys with final reads from one node only
 * say nothing.
 *
 * <p><b>Algorithm.</b> One look at the final reads of each key. O(n). A value may be written more than once here.
 *
 * <p><b>Witness.</b> Two final reads with two values ({@code NOT_CONVERGED}), the final read of a value that nobody wrote
 * ({@code CONVERGED_ON_NOTHING_WRITTEN}), or an acknowledged write and the final read of the initial value
 * ({@code CONVERGED_ON_INITIAL}). One anomaly a key.
 */
public final class Eventual {

    /** As on the command line. */
    public static final String NAME = "eventual";

    private final History history;
    private final Words words;
    private final Anomalies anomalies;

    private Eventual(History history, CheckOptions options) {
        this.history = history;
        words = Words.of(history);
        anomalies = new Anomalies(options.anomalyLimit());
    }

    public static Verdict check(History history, CheckOptions options) {
        return new Eventual(history, options).verdict();
    }

    private Verdict verdict() {
        Reasons reasons = new Reasons(words);
        FinalReads finalReads = new FinalReads(history);
        Registers registers = Registers.of(history);
        long obliged = 0;
        long examined = 0;
        long incomplete = 0;
        for (int key = 0; key < registers.keyCount(); key++) {
            Register register = registers.register(key);
            if (!reasons.isRegister(register)) {
                continue;
            }
            List<Integer> reads = finalReads.of(register);
            long nodes = reads.stream()
                    .mapToInt(a -> history.node(register.operation(a)))
                    .filter(node -> node != History.NONE)
                    .distinct()
                    .count();
            examined += reads.size();
            if (nodes >= 2) {
                obliged++;
                incomplete += nodes < history.nodes().size() ? 1 : 0;
                judge(register, reads);
            }
        }
        if (incomplete > 0) {
            reasons.remark(Words.count(incomplete, "key", "keys") + " judged without a final read from every node");
        }
        return reasons.verdict(
                NAME,
                Optional.empty(),
                "final reads compared; " + finalReads.phrase(),
                obliged,
                examined,
                anomalies,
                "no key has final reads from two nodes: nothing could have been violated");
    }

    private void judge(Register register, List<Integer> reads) {
        int key = register.key();
        int first = register.operation(reads.get(0));
        int value = register.read(reads.get(0));
        for (int read : reads) {
            if (register.read(read) != value) {
                int other = register.operation(read);
                add(
                        "NOT_CONVERGED",
                        key,
                        "two final reads disagree: " + words.read(first, key) + ", and " + words.read(other, key),
                        first,
                        other);
                return;
            }
        }
        if (value == history.initialValue()) {
            for (int w = register.writeCount() - 1; w >= 0 && !register.isInitialWritten(); w--) {
                if (register.isAcknowledged(w)) {
                    int operation = register.operationOfWrite(w);
                    add(
                            "CONVERGED_ON_INITIAL",
                            key,
                            "all final reads returned " + words.value(value) + ", the initial value, although "
                                    + words.wrote(operation, key) + ": " + words.read(first, key),
                            operation,
                            first);
                    return;
                }
            }
        } else if (register.source(reads.get(0)) == Register.PHANTOM
                || register.source(reads.get(0)) == Register.ABORTED) {
            add(
                    "CONVERGED_ON_NOTHING_WRITTEN",
                    key,
                    "all final reads returned a value that no write can have written: " + words.read(first, key),
                    first);
        }
    }

    private void add(String kind, int key, String sentence, int... operations) {
        int last = operations[operations.length - 1];
        long distance = Math.abs((long) history.invoked(last) - history.invoked(operations[0]));
        List<Integer> witness = Arrays.stream(operations).boxed().toList();
        anomalies.add(witness.size(), distance, () -> new Anomaly(kind, words.key(key), sentence, witness));
    }
}
