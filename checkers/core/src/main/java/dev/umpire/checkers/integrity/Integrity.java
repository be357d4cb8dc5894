package dev.umpire.checkers.integrity;

import dev.umpire.checkers.register.Register;
import dev.umpire.checkers.register.Registers;
import dev.umpire.checkers.verdict.Anomalies;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.checkers.words.Reasons;
import dev.umpire.checkers.words.Words;
import dev.umpire.histories.History;
import java.util.List;
import java.util.Optional;

/**
 * Integrity: reads return what was written, and reported versions name one value each.
 *
 * <p><b>Definition.</b> No OK read returns the value of failed writes only ({@code ABORTED_READ}), a value that nobody wrote
 * ({@code PHANTOM_READ}), or one whose write was invoked after the read completed ({@code FUTURE_READ}); no version of a
 * key has two values and no value two versions ({@code DIVERGENT_VERSION}, for values written once); and under the
 * real-time assumption no reported version or position orders two acknowledged writes of a key against their real-time
 * order ({@code VERSION_AGAINST_TIME}). Aborted reads are G1a of Adya's thesis (MIT, 1999).
 *
 * <p><b>Algorithm.</b> One pass that joins reads to writes; reported versions are sorted. O(n log n).
 *
 * <p><b>Witness.</b> The read, after the write of its value if there is one; the two operations with the versions.
 */
public final class Integrity {

    /** As on the command line. */
    public static final String NAME = "integrity";

    private final History history;
    private final CheckOptions options;
    private final Words words;
    private final Reasons reasons;
    private final Anomalies anomalies;

    private Integrity(History history, CheckOptions options) {
        this.history = history;
        this.options = options;
        words = Words.of(history);
        reasons = new Reasons(words);
        anomalies = new Anomalies(options.anomalyLimit());
    }

    public static Verdict check(History history, CheckOptions options) {
        return new Integrity(history, options).verdict();
    }

    private Verdict verdict() {
        Registers registers = Registers.of(history);
        long reads = 0;
        for (int key = 0; key < registers.keyCount(); key++) {
            Register register = registers.register(key);
            if (!reasons.isRegister(register)) {
                continue;
            }
            for (int a = 0; a < register.size(); a++) {
                if (register.read(a) != History.NONE) {
                    reads++;
                    judgeRead(register, a);
                }
            }
            if (registers.anyReport()) {
                new ReportFaults(register, words, anomalies).collect(options.writeOrder());
            }
        }
        boolean assumesTime = registers.anyReport() && options.writeOrder() == WriteOrder.REAL_TIME;
        return reasons.verdict(
                NAME,
                assumesTime ? Optional.of(options.writeOrder().phrase()) : Optional.empty(),
                "each read joined to its write",
                reads,
                reads,
                anomalies,
                "no read was answered: nothing could have been violated");
    }

    private void judgeRead(Register register, int access) {
        int r = register.operation(access);
        int key = register.key();
        String name = words.key(key);
        switch (register.source(access)) {
            case Register.ABORTED -> {
                int w = register.operation(register.failedWriter(register.read(access)));
                long distance = Math.abs((long) history.invoked(r) - history.invoked(w));
                anomalies.add(
                        2,
                        distance,
                        () -> new Anomaly(
                                "ABORTED_READ",
                                name,
                                words.read(r, key) + ", a value that took no effect: " + words.wrote(w, key)
                                        + ", and nobody else wrote it",
                                List.of(w, r)));
            }
            case Register.PHANTOM ->
                anomalies.add(
                        1,
                        0,
                        () -> new Anomaly(
                                "PHANTOM_READ",
                                name,
                                words.read(r, key) + ", a value that nobody "
                                        + (history.writeCount(r) > 0 ? "else " : "") + "wrote to " + name,
                                List.of(r)));
            case Register.FUTURE -> {
                int w = register.operation(register.firstWriter(register.read(access)));
                long distance = (long) history.invoked(w) - history.invoked(r);
                anomalies.add(
                        2,
                        distance,
                        () -> new Anomaly(
                                "FUTURE_READ",
                                name,
                                history.realTime()
                                        ? words.read(r, key) + ", before anybody wrote it: " + words.wrote(w, key)
                                                + ", invoked " + words.gapBetween(r, w)
                                                + " after the read had completed"
                                        : words.read(r, key) + ", which " + words.wrote(w, key)
                                                + ": what sessions did and read follows itself in a circle, so in every"
                                                + " order of the sessions some read returns what is not yet written",
                                List.of(w, r)));
            }
            default -> {
                // the initial value, or the value of a write that was under way
            }
        }
    }
}
