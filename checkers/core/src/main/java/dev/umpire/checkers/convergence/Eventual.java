package dev.umpire.checkers.convergence;

import dev.umpire.checkers.register.Register;
import dev.umpire.checkers.register.Registers;
import dev.umpire.checkers.verdict.Anomalies;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.words.Reasons;
import dev.umpire.checkers.words.Visible;
import dev.umpire.checkers.words.Words;
import dev.umpire.histories.History;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Eventual consistency: in the end all nodes hold the same value of a key.
 *
 * <p><b>Definition.</b> The final reads of each key agree on one value, and some OK or INFO write wrote it, or it is the
 * initial value and no write is acknowledged. Source: Vogels, <i>Eventually Consistent</i>, CACM 2009; Viotti and
 * Vukolić, ACM CSUR 2016. Whether it is the right value is durability's question. Keys with final reads from one node only
 * say nothing; with final reads from some nodes and not from all the key is undecided, unless these disagree already. Reads
 * that began before the key was written for the last time are not final, nor are those before a write of unknown outcome was
 * invoked.
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
        for (int key = 0; key < registers.keyCount(); key++) {
            Register register = registers.register(key);
            if (!reasons.isRegister(register)) {
                continue;
            }
            List<Integer> reads = finalReads.undisturbed(register);
            Set<String> nodes = nodes(register, reads);
            examined += reads.size();
            if (nodes.size() >= 2) {
                obliged++;
                judge(register, reads);
                List<String> silent = history.nodes().stream()
                        .filter(node -> !nodes.contains(node))
                        .map(Visible::text)
                        .toList();
                if (!silent.isEmpty()) {
                    reasons.undecided(key, "has no final read from " + String.join(", ", silent));
                }
            } else if (nodes(register, finalReads.markedOf(register)).size() >= 2) {
                reasons.undecided(key, FinalReads.STILL_WRITTEN);
            }
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

    private Set<String> nodes(Register register, List<Integer> reads) {
        Set<String> nodes = new HashSet<>();
        for (int read : reads) {
            int node = history.node(register.operation(read));
            if (node != History.NONE) {
                nodes.add(history.nodeName(node));
            }
        }
        return nodes;
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
