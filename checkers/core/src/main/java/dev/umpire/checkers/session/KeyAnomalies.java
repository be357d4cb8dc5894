package dev.umpire.checkers.session;

import dev.umpire.checkers.register.Register;
import dev.umpire.checkers.verdict.Anomalies;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.words.Words;
import java.util.Arrays;
import java.util.function.Supplier;

/** Where the violations of one key are put: those with few operations that stand near to one another are kept first. */
record KeyAnomalies(Register register, Words words, Anomalies anomalies) {

    /** Operations in the order of the story, one or more; one that stands there twice is told once. */
    void add(String kind, Supplier<String> sentence, int... operations) {
        int first = operations[0];
        int last = operations[0];
        for (int operation : operations) {
            first = Math.min(first, operation);
            last = Math.max(last, operation);
        }
        long distance =
                (long) register.history().invoked(last) - register.history().invoked(first);
        anomalies.add(
                operations.length,
                distance,
                () -> new Anomaly(
                        kind,
                        words.key(register.key()),
                        sentence.get(),
                        Arrays.stream(operations).boxed().distinct().toList()));
    }
}
