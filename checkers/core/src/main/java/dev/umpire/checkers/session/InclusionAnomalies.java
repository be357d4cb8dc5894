package dev.umpire.checkers.session;

import dev.umpire.checkers.order.OrderSource;
import dev.umpire.checkers.register.Register;
import dev.umpire.checkers.session.Inclusions.Inclusion;
import dev.umpire.checkers.verdict.Anomalies;
import dev.umpire.checkers.words.OrderWords;
import dev.umpire.checkers.words.Words;
import java.util.ArrayList;
import java.util.List;

/** What the observations of one key lack that shows in their other keys, each with its witness and its sentence. */
final class InclusionAnomalies {
    private final Register register;
    private final OrderSource source;
    private final Words words;
    private final OrderWords orderWords;
    private final KeyAnomalies anomalies;

    InclusionAnomalies(Register register, OrderSource source, Words words, Anomalies anomalies) {
        this.register = register;
        this.source = source;
        this.words = words;
        this.anomalies = new KeyAnomalies(register, words, anomalies);
        orderWords = new OrderWords(words, register, source);
    }

    /** A read that returned the initial value, or something that is known to be older than what it has to include. */
    void missing(Inclusions inclusions, Inclusion lacking) {
        int value = register.source(lacking.read());
        int included = inclusions.deeds().write(lacking.deed());
        boolean own = inclusions.deeds().isOwnWrite(lacking.deed());
        List<Integer> operations = new ArrayList<>();
        if (value != Register.INITIAL && source.traced().isEmpty()) {
            operations.add(register.operationOfWrite(value));
            operations.add(register.operationOfWrite(included));
        }
        operations.addAll(inclusions.operations(lacking));
        anomalies.add(
                own ? "EARLIER_WRITE_MISSING" : "EARLIER_READ_MISSING",
                () -> inclusions.because(lacking, words) + lack(value, included),
                operations.stream().mapToInt(Integer::intValue).distinct().toArray());
    }

    private String lack(int value, int included) {
        if (value == Register.INITIAL) {
            return ", the initial value, instead of " + orderWords.value(included) + " or something newer";
        }
        return source.traced().isPresent()
                ? ", without " + orderWords.value(included)
                : ": " + orderWords.older(value, included);
    }
}
