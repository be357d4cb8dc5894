package dev.umpire.checkers.convergence;

import dev.umpire.checkers.collection.Elements;
import dev.umpire.checkers.collection.Queues;
import dev.umpire.checkers.log.LogWords;
import dev.umpire.checkers.log.Partition;
import dev.umpire.checkers.log.Partitions;
import dev.umpire.checkers.order.CausalPast;
import dev.umpire.checkers.order.OrderSource;
import dev.umpire.checkers.register.Register;
import dev.umpire.checkers.register.Registers;
import dev.umpire.checkers.register.Siblings;
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
 * Durability: no acknowledged write and no element of a set, list, queue or log is lost.
 *
 * <p><b>Definition.</b> For every final read f of a key and every OK write w of it: what f returned is w's value or a newer
 * one, under one version order that extends the write order assumption, also where versions are reported. As the set and
 * register tests of Jepsen ask it; for a register an overwritten value is no loss. A transaction writes and appends what it left
 * of each key, and every key of a transaction or snapshot is read by it.
 *
 * <p>Of a set ({@code add}, {@code remove}) or list ({@code append}) every element that was acknowledged and not removed is in
 * every final read, no element whose removal was acknowledged is, none more often than it was added, none that nobody added,
 * and no two of a list against the write order assumption. Elements that were seen late, or seen, missing and seen again, are
 * counted as {@code stale} and {@code recovered} beside; as the set-full workload of Jepsen tells them apart.
 *
 * <p>Of a queue every acknowledged element was dequeued once it was found empty afterwards, none more often than it was
 * enqueued, none that nobody enqueued. Of a log every acknowledged message was polled by somebody, once one behind it or the end
 * was; where a poll of unknown outcome may have got it, or a consumer was told where to go on, only who certainly passed over it
 * shows that it is lost, and else a message that nobody is known to have polled is undecided; none stands at more offsets than
 * it was sent times, no two against the write order assumption. Of a key whose reads return siblings every acknowledged write is
 * among those of every final read, unless somebody wrote who knew of it.
 *
 * <p>Where the recording says that the replicas were still catching up when the final reads began, nothing is lost, resurrected or
 * reordered for what these returned, and the guarantee is undecided, unless something else breaks it.
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
 * ({@code DUPLICATED_ELEMENT}, {@code PHANTOM_ELEMENT}); one for each element of a key. Of queues and logs likewise, with the
 * dequeue that found nothing or the poll that came after, and all sends or enqueues of what is there too often.
 */
public final class Durability {

    /** As on the command line. */
    public static final String NAME = "durability";

    private final History history;
    private final CheckOptions options;
    private final Words words;
    private final Reasons reasons;
    private final Anomalies anomalies;
    private final FinalReads finalReads;
    private final Losses losses;

    private Durability(History history, CheckOptions options) {
        this.history = history;
        this.options = options;
        words = Words.of(history);
        reasons = new Reasons(words);
        anomalies = new Anomalies(options.anomalyLimit());
        finalReads = new FinalReads(history);
        losses = new Losses(history, anomalies);
    }

    public static Verdict check(History history, CheckOptions options) {
        return new Durability(history, options).verdict();
    }

    private Verdict verdict() {
        Partitions partitions = Partitions.of(history);
        logs(partitions);
        Elements elements = new Elements(history);
        Queues queues = new Queues(history);
        LostElements lostElements =
                new LostElements(history, elements, finalReads, options.writeOrder(), words, reasons, losses);
        LostInQueues lostInQueues = new LostInQueues(history, options.writeOrder(), finalReads, words, reasons, losses);
        Optional<CausalPast> past =
                Siblings.any(history) ? Optional.of(new CausalPast(history, true)) : Optional.empty();
        Registers registers = Registers.of(history);
        for (int key = 0; key < registers.keyCount(); key++) {
            if (partitions.holds(history.keyName(key))) {
                continue;
            }
            if (elements.holds(key) || queues.holds(key)) {
                if (Elements.holdsFromTheStart(history.value(history.initialValue()))) {
                    reasons.undecided(key, "holds elements from the start, which this checker cannot judge yet");
                } else if (elements.holds(key)) {
                    lostElements.judge(key);
                } else {
                    lostInQueues.judge(key, queues.queueOf(key));
                }
                continue;
            }
            register(registers.register(key), past);
        }
        finalReads.unconverged().ifPresent(reasons::undecided);
        Verdict verdict = reasons.verdict(
                NAME,
                Optional.of(options.writeOrder().phrase()),
                "acknowledged writes against final reads; " + finalReads.phrase(),
                losses.obliged(),
                losses.examined(),
                anomalies,
                "no key with an acknowledged write has a final read: nothing could have been violated");
        return elements.any() || queues.any() || !partitions.all().isEmpty() ? verdict.with(losses.figures()) : verdict;
    }

    private void logs(Partitions partitions) {
        LostMessages lost = new LostMessages(history, options.writeOrder(), finalReads, words, reasons, losses);
        LogWords logWords = new LogWords(words);
        for (Partition partition : partitions.all()) {
            partitions
                    .strange(partition)
                    .ifPresentOrElse(
                            why -> reasons.undecided(logWords.name(partition), why), () -> lost.judge(partition));
        }
    }

    private void register(Register register, Optional<CausalPast> past) {
        if (!(register.showsSiblings()
                ? past.isPresent() && reasons.isUnderstoodWithSiblings(register, past.get())
                : reasons.isRegisterAlsoInTransactions(register))) {
            return;
        }
        long acknowledged = acknowledged(register);
        List<Integer> reads = finalReads.of(register);
        if (reads.isEmpty()
                && acknowledged > 0
                && !finalReads.markedOf(register).isEmpty()) {
            reasons.undecided(register.key(), FinalReads.STILL_WRITTEN);
            return;
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
            return;
        }
        losses.oblige(acknowledged, good.size());
        if (finalReads.unconverged().isPresent()) {
            good.clear();
        }
        if (register.showsSiblings()) {
            past.ifPresent(possible -> siblings(register, possible, good));
        } else {
            new LostWrites(register, OrderSource.assumed(options.writeOrder()), words, anomalies).collect(good);
        }
    }

    private void siblings(Register register, CausalPast possible, List<Integer> reads) {
        LostSiblings lost = new LostSiblings(register, possible, words, anomalies);
        lost.collect(reads);
        if (possible.isGuessed() && !lost.isNothingLost(reads, new CausalPast(history, false))) {
            reasons.undecided(register.key(), Reasons.GUESSED_PAST);
        }
    }

    private static long acknowledged(Register register) {
        long acknowledged = 0;
        for (int w = 0; w < register.writeCount(); w++) {
            acknowledged += register.isAcknowledged(w) ? 1 : 0;
        }
        return acknowledged;
    }
}
