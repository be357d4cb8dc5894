package dev.umpire.checkers.session;

import dev.umpire.checkers.order.OrderSource;
import dev.umpire.checkers.register.Register;
import dev.umpire.checkers.verdict.Anomalies;
import dev.umpire.checkers.words.OrderWords;
import dev.umpire.checkers.words.Words;

/** The plain violations of one key, each with its witness and its sentence. Accesses come in the order of the story. */
final class SessionAnomalies {
    private final Register register;
    private final Words words;
    private final OrderWords orderWords;
    private final KeyAnomalies anomalies;

    SessionAnomalies(Register register, OrderSource source, Words words, Anomalies anomalies) {
        this.register = register;
        this.words = words;
        this.anomalies = new KeyAnomalies(register, words, anomalies);
        orderWords = new OrderWords(words, register, source);
    }

    void ownWriteMissing(int write, int read) {
        int w = register.operation(write);
        int r = register.operation(read);
        int key = register.key();
        anomalies.add(
                "OWN_WRITE_MISSING",
                () -> words.wrote(w, key) + " and then " + words.readWhat(register, read)
                        + ", the initial value: the session no longer sees its own write",
                w,
                r);
    }

    void staleOwnRead(int write, int read) {
        int w = register.operation(write);
        int r = register.operation(read);
        int key = register.key();
        if (register.isList()) {
            anomalies.add(
                    "OWN_WRITE_MISSING",
                    () -> words.wrote(w, key) + " and then " + words.readWhat(register, read) + ", without "
                            + orderWords.value(register.writeOf(write)) + ": the session no longer sees its own write",
                    w,
                    r);
            return;
        }
        int stale = register.source(read);
        anomalies.add(
                "STALE_OWN_READ",
                () -> words.wrote(w, key) + " and then " + words.readWhat(register, read) + ": "
                        + orderWords.older(stale, register.writeOf(write))
                        + "; the session no longer sees its own write",
                register.operationOfWrite(stale),
                w,
                r);
    }

    /** A read, of a key with siblings, that neither returned a write nor anything by somebody who knew of it. */
    void lacking(SiblingSweep.Lack lack) {
        int binding = register.operation(lack.binding());
        int read = register.operation(lack.read());
        int key = register.key();
        boolean own = register.writeOf(lack.binding()) >= 0;
        String value = orderWords.value(lack.write());
        anomalies.add(
                own ? "OWN_WRITE_MISSING" : "SIBLING_MISSING",
                () -> (own
                                ? words.wrote(binding, key) + " and"
                                : words.read(register, lack.binding()) + words.siblings(binding) + ", and")
                        + " then " + words.readWhat(register, lack.read()) + words.siblings(read) + ", without " + value
                        + " or what somebody wrote who knew of "
                        + value
                        + (own ? ": the session no longer sees its own write" : ": the session went back in time"),
                binding,
                read);
    }

    void backToInitial(int earlier, int read) {
        int r1 = register.operation(earlier);
        int r2 = register.operation(read);
        anomalies.add(
                "BACK_TO_INITIAL",
                () -> words.read(register, earlier) + ", and then " + words.readWhat(register, read)
                        + ", the initial value: the session went back in time",
                r1,
                r2);
    }

    void backInTime(int earlier, int read) {
        int r1 = register.operation(earlier);
        int r2 = register.operation(read);
        int newer = register.source(earlier);
        int older = register.source(read);
        if (register.isList()) {
            anomalies.add(
                    "BACK_IN_TIME",
                    () -> words.read(register, earlier) + ", and then " + words.readWhat(register, read) + ", without "
                            + orderWords.value(newer) + ": the session went back in time",
                    r1,
                    r2);
            return;
        }
        anomalies.add(
                "BACK_IN_TIME",
                () -> words.read(register, earlier) + ", and then " + words.readWhat(register, read) + ": "
                        + orderWords.older(older, newer) + "; the session went back in time",
                register.operationOfWrite(older),
                register.operationOfWrite(newer),
                r1,
                r2);
    }

    void backAndForth(int first, int between, int read) {
        int r1 = register.operation(first);
        int r2 = register.operation(between);
        int r3 = register.operation(read);
        anomalies.add(
                "BACK_AND_FORTH",
                () -> words.read(register, first) + ", then " + words.readWhat(register, between) + ", and then "
                        + words.readWhat(register, read)
                        + " again: whichever of the two values is newer, the session went back in time",
                r1,
                r2,
                r3);
    }
}
