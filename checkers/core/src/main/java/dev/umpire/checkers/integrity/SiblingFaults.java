package dev.umpire.checkers.integrity;

import dev.umpire.checkers.register.Register;
import dev.umpire.checkers.register.SiblingReads;
import dev.umpire.checkers.register.SiblingReads.Shown;
import dev.umpire.checkers.verdict.Anomalies;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.words.Words;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.List;

/** The values that reads of several values returned and that nobody can have written; each is at fault by itself. */
final class SiblingFaults {
    private final Register register;
    private final History history;
    private final Words words;
    private final Anomalies anomalies;
    private final SiblingReads reads;

    SiblingFaults(Register register, Words words, Anomalies anomalies) {
        this.register = register;
        this.words = words;
        this.anomalies = anomalies;
        history = register.history();
        reads = new SiblingReads(register);
    }

    /** Judges all reads of the key, and says how many there are. */
    long judge() {
        long judged = 0;
        for (int a = 0; a < register.size(); a++) {
            if (register.read(a) != History.NONE && register.outcome(a) == Outcome.OK) {
                judged++;
                for (Shown shown : reads.shown(a)) {
                    if (shown.source() < 0) {
                        add(register.operation(a), shown);
                    }
                }
            }
        }
        return judged;
    }

    private void add(int read, Shown shown) {
        String key = words.key(register.key());
        String value = words.value(shown.value());
        if (shown.source() == Register.PHANTOM) {
            anomalies.add(
                    1,
                    0,
                    () -> new Anomaly(
                            "PHANTOM_READ",
                            key,
                            returned(read) + ": nobody wrote " + value + " to " + key,
                            List.of(read)));
            return;
        }
        int write = register.operation(reads.writer(shown.value()));
        boolean aborted = shown.source() == Register.ABORTED;
        anomalies.add(
                2,
                Math.abs((long) history.invoked(read) - history.invoked(write)),
                () -> new Anomaly(
                        aborted ? "ABORTED_READ" : "FUTURE_READ",
                        key,
                        returned(read) + ": "
                                + (aborted
                                        ? value + " took no effect: " + words.wrote(write, register.key())
                                                + ", and nobody else wrote it"
                                        : words.wrote(write, register.key())
                                                + (history.realTime()
                                                        ? ", invoked " + words.gapBetween(read, write)
                                                                + " after the read had completed"
                                                        : Integrity.IN_A_CIRCLE)),
                        List.of(write, read)));
    }

    private String returned(int read) {
        return words.read(read, register.key()) + words.siblings(read);
    }
}
