package dev.umpire.checkers.integrity;

import dev.umpire.checkers.collection.Elements;
import dev.umpire.checkers.collection.Queues;
import dev.umpire.checkers.log.Partitions;
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
import java.util.function.Supplier;

/**
 * Integrity: reads return what was written, and reported versions name one value each.
 *
 * <p><b>Definition.</b> No OK read returns the value of failed writes only ({@code ABORTED_READ}), a value that nobody wrote
 * ({@code PHANTOM_READ}), or one whose write was invoked after the read completed ({@code FUTURE_READ}); no version of a
 * key has two values and no value two versions ({@code DIVERGENT_VERSION}, for values written once); no read returns what
 * a transaction wrote and itself replaced ({@code INTERMEDIATE_READ}); and under the
 * real-time assumption no reported version or position orders two acknowledged writes of a key against their real-time
 * order ({@code VERSION_AGAINST_TIME}). Aborted and intermediate reads are G1a and G1b of Adya's thesis (MIT, 1999).
 *
 * <p>A list read is at fault if one of its elements is; it is told with the first of them. What a transaction appended to
 * one list stands together in it, or the read is intermediate. An element that was appended once stands in it once
 * ({@code DUPLICATE_ELEMENT}). What a transaction reads behind an own write of the same key is looked at likewise; whether it
 * should have returned that write is left to orders. That two lists contradict one another in their order is not integrity's business. Of a
 * read with siblings each value is looked at by itself.
 *
 * <p><b>Algorithm.</b> One pass that joins reads to writes; reported versions are sorted. O(n log n).
 *
 * <p><b>Witness.</b> The read, after the write of its value if there is one; the two operations with the versions.
 */
public final class Integrity {

    /** As on the command line. */
    public static final String NAME = "integrity";

    /** What is said where no time is recorded of a read that stands before its write in every order of the sessions. */
    static final String IN_A_CIRCLE =
            ": what sessions did and read follows itself in a circle, so in every order of the sessions some read returns what"
                    + " is not yet written";

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
        Elements elements = new Elements(history);
        Queues queues = new Queues(history);
        Partitions partitions = Partitions.of(history);
        ElementFaults faults = new ElementFaults(history, words, anomalies);
        partitions.all().forEach(faults::judge);
        OwnReads ownReads = new OwnReads(history, words, anomalies);
        boolean begun = Elements.holdsFromTheStart(history.value(history.initialValue()));
        long reads = 0;
        for (int key = 0; key < registers.keyCount(); key++) {
            if (partitions.holds(history.keyName(key))) {
                continue;
            }
            if (!begun && queues.holds(key)) {
                faults.judge(key, queues.queueOf(key));
                continue;
            }
            // lists are registers here: what was appended together must stand together
            if (!begun && elements.holds(key) && !elements.key(key).isList()) {
                if (elements.isMixed(elements.key(key))) {
                    reasons.undecided(key, Elements.MIXED);
                } else {
                    faults.judge(key, elements);
                }
                continue;
            }
            Register register = registers.register(key);
            if (!(register.showsSiblings()
                    ? reasons.isUnderstoodWithSiblings(register)
                    : reasons.isUnderstood(register))) {
                continue;
            }
            if (register.showsSiblings()) {
                reads += new SiblingFaults(register, words, anomalies).judge();
            }
            for (int a = 0; a < register.size() && !register.showsSiblings(); a++) {
                if (register.read(a) != History.NONE) {
                    reads++;
                    judgeRead(register, a);
                }
            }
            ownReads.judge(register);
            if (registers.anyReport()) {
                new ReportFaults(register, words, anomalies).collect(options.writeOrder());
            }
        }
        boolean assumesTime = registers.anyReport() && options.writeOrder() == WriteOrder.REAL_TIME;
        return reasons.verdict(
                NAME,
                assumesTime ? Optional.of(options.writeOrder().phrase()) : Optional.empty(),
                "each read joined to its write",
                reads + faults.examined(),
                reads + faults.examined(),
                anomalies,
                "no read was answered: nothing could have been violated");
    }

    private void judgeRead(Register register, int access) {
        int source = register.isFromLater(access) ? Register.FUTURE : register.source(access);
        if (source >= Register.NO_READ) {
            // the initial value, or the value of a write that was under way
            return;
        }
        int r = register.operation(access);
        int culprit = register.culpritId(access);
        boolean list = register.isList();
        if (source == Register.PHANTOM) {
            anomalies.add(1, 0, () -> anomaly("PHANTOM_READ", register, phantom(register, access), List.of(r)));
            return;
        }
        int w = register.operation(
                source == Register.ABORTED
                        ? register.failedWriter(culprit)
                        : register.firstOtherWriter(culprit, access));
        List<Integer> witness = w == r ? List.of(r) : List.of(w, r);
        long distance = Math.abs((long) history.invoked(r) - history.invoked(w));
        Supplier<Anomaly> made = () -> {
            String read = words.read(register, access);
            String wrote = words.wrote(w, register.key());
            String value = words.value(culprit);
            return switch (source) {
                case Register.ABORTED ->
                    anomaly(
                            "ABORTED_READ",
                            register,
                            read + (list ? ", with " + value + ", which" : ", a value that") + " took no effect: "
                                    + wrote + ", and nobody else " + (list ? "appended" : "wrote") + " it",
                            witness);
                case Register.FUTURE ->
                    anomaly(
                            "FUTURE_READ",
                            register,
                            history.realTime()
                                    ? read
                                            + (list
                                                    ? ", with " + value + " before anybody appended it: "
                                                    : ", before anybody wrote it: ")
                                            + wrote + ", invoked " + words.gapBetween(r, w)
                                            + " after the read had completed"
                                    : read + ", which " + wrote + IN_A_CIRCLE,
                            witness);
                case Register.DUPLICATE ->
                    anomaly(
                            "DUPLICATE_ELEMENT",
                            register,
                            read + ", with " + value + " twice, which was appended once: " + wrote,
                            witness);
                default ->
                    anomaly(
                            "INTERMEDIATE_READ",
                            register,
                            read
                                    + (list
                                            ? ", in which what one transaction appended together stands apart: "
                                            : ", a value that the transaction which wrote it replaced itself: ")
                                    + wrote,
                            witness);
            };
        };
        anomalies.add(witness.size(), distance, made);
    }

    private String phantom(Register register, int access) {
        int r = register.operation(access);
        String name = words.key(register.key());
        String nobody = "nobody " + (history.writeCount(r) > 0 ? "else " : "");
        String read = words.read(register, access);
        return register.isList()
                ? read + ", with " + words.value(register.culprit(access)) + ", which " + nobody + "appended to " + name
                : read + ", a value that " + nobody + "wrote to " + name;
    }

    private Anomaly anomaly(String kind, Register register, String sentence, List<Integer> operations) {
        return new Anomaly(kind, words.key(register.key()), sentence, operations);
    }
}
