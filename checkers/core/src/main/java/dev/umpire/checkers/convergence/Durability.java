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
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Durability: no acknowledged write and no element of a set or list is lost.
 *
 * <p><b>Definition.</b> For every final read f of a key and every OK write w of it: what f returned is w's value or a newer
 * one, under one version order that extends the write order assumption, also where versions are reported. As the set and
 * register tests of Jepsen ask it; for a register an overwritten value is no loss.
 *
 * <p>Of a set ({@code add}, {@code remove}) or list ({@code append}) every element that was acknowledged and not removed is in
 * every final read, no element whose removal was acknowledged is, none more often than it was added, none that nobody added,
 * and no two of a list against the write order assumption. Elements that were seen late, or seen, missing and seen again, are
 * counted as {@code stale} and {@code recovered} beside; as the set-full workload of Jepsen tells them apart.
 *
 * <p><b>Algorithm.</b> The write of a final value must have no acknowledged write after it: by the assumption, by a chain
 * of cas, or because two final reads returned two acknowledged values, neither of which can then be the last. No longer
 * path needs to be looked at: an assumed order leads on only from acknowledged writes, and to reach one is the violation.
 * O(n).
 *
 * <p><b>Witness.</b> The write that was returned, the newer write, the final read ({@code LOST_WRITE}); the two final reads
 * ({@code CONFLICTING_FINAL_READS}); the cas that no order can hold ({@code CONTRADICTORY_CAS}). One anomaly for each
 * final value of a key, however many nodes returned it. Of elements: the add and the read ({@code LOST_ELEMENT}), the add, the
 * removal and the read ({@code RESURRECTED_ELEMENT}), the two appends and the read ({@code REORDERED_ELEMENTS}), the read
 * ({@code DUPLICATED_ELEMENT}, {@code PHANTOM_ELEMENT}); one for each element of a key.
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
        Elements elements = new Elements(history);
        LostElements lost =
                new LostElements(history, elements, finalReads, options.writeOrder(), words, reasons, anomalies);
        long obliged = 0;
        long examined = 0;
        for (int key = 0; key < registers.keyCount(); key++) {
            if (elements.holds(key)) {
                if (holdsFromTheStart(history.value(history.initialValue()))) {
                    reasons.undecided(key, "holds elements from the start, which this checker cannot judge yet");
                } else {
                    lost.judge(key);
                }
                continue;
            }
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
        Verdict verdict = reasons.verdict(
                NAME,
                Optional.of(options.writeOrder().phrase()),
                "acknowledged writes against final reads; " + finalReads.phrase(),
                obliged + lost.obliged(),
                examined + lost.examined(),
                anomalies,
                "no key with an acknowledged write has a final read: nothing could have been violated");
        return elements.any() ? verdict.with(lost.figures()) : verdict;
    }

    private static long acknowledged(Register register) {
        long acknowledged = 0;
        for (int w = 0; w < register.writeCount(); w++) {
            acknowledged += register.isAcknowledged(w) ? 1 : 0;
        }
        return acknowledged;
    }

    private static boolean holdsFromTheStart(Value initial) {
        return !initial.isNil()
                && !(initial instanceof Value.Sequence list && list.elements().isEmpty())
                && !(initial instanceof Value.SetOf set && set.elements().isEmpty());
    }
}
