package dev.umpire.checkers.convergence;

import dev.umpire.checkers.order.OrderSource;
import dev.umpire.checkers.register.Register;
import dev.umpire.checkers.register.Registers;
import dev.umpire.checkers.verdict.Anomalies;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.words.Reasons;
import dev.umpire.checkers.words.Words;
import dev.umpire.histories.History;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Durability of registers: no acknowledged write is older than lost.
 *
 * <p><b>Definition.</b> For every final read f of a key and every OK write w of it: what f returned is w's value or a newer
 * one, under one version order that extends the write order assumption, also where versions are reported. As the set and
 * register tests of Jepsen ask it; for a register an overwritten value is no loss.
 *
 * <p><b>Algorithm.</b> The write of a final value must have no acknowledged write after it: by the assumption, by a chain
 * of cas, or because two final reads returned two acknowledged values, neither of which can then be the last. No longer
 * path needs to be looked at: an assumed order leads on only from acknowledged writes, and to reach one is the violation.
 * O(n).
 *
 * <p><b>Witness.</b> The write that was returned, the newer write, the final read ({@code LOST_WRITE}); the two final reads
 * ({@code CONFLICTING_FINAL_READS}); the cas that no order can hold ({@code CONTRADICTORY_CAS}). One anomaly for each
 * final value of a key, however many nodes returned it.
 */
public final class Durability {

    /** As on the command line. */
    public static final String NAME = "durability";

    private Durability() {}

    public static Verdict check(History history, CheckOptions options) {
        Words words = Words.of(history);
        Reasons reasons = new Reasons(words);
        Anomalies anomalies = new Anomalies(options.anomalyLimit());
        FinalReads finalReads = new FinalReads(history);
        Registers registers = Registers.of(history);
        long obliged = 0;
        long examined = 0;
        for (int key = 0; key < registers.keyCount(); key++) {
            Register register = registers.register(key);
            if (!reasons.isRegister(register)) {
                continue;
            }
            long acknowledged = acknowledged(register);
            List<Integer> reads = finalReads.of(register);
            if (reads.isEmpty()
                    && acknowledged > 0
                    && !finalReads.markedOf(register).isEmpty()) {
                reasons.undecided(key, FinalReads.STILL_WRITTEN);
                continue;
            }
            List<Integer> good = new ArrayList<>();
            for (int read : reads) {
                if (register.isGoodRead(read)) {
                    good.add(read);
                } else {
                    reasons.leaveOut(1);
                }
            }
            if (good.isEmpty() || acknowledged == 0 || !reasons.isJoinable(register)) {
                continue;
            }
            obliged += acknowledged;
            examined += good.size();
            OrderSource source = OrderSource.assumed(options.writeOrder());
            new LostWrites(register, source, words, anomalies).collect(good);
        }
        return reasons.verdict(
                NAME,
                Optional.of(options.writeOrder().phrase()),
                "acknowledged writes against final reads; " + finalReads.phrase(),
                obliged,
                examined,
                anomalies,
                "no key with an acknowledged write has a final read: nothing could have been violated");
    }

    private static long acknowledged(Register register) {
        long acknowledged = 0;
        for (int w = 0; w < register.writeCount(); w++) {
            acknowledged += register.isAcknowledged(w) ? 1 : 0;
        }
        return acknowledged;
    }
}
