package dev.umpire.harness.report;

import dev.umpire.checkers.evidence.Fault;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.words.Words;
import dev.umpire.histories.History;
import java.util.ArrayList;
import java.util.List;

/** The anomalies of a history in words: its operations as a table, what makes them impossible, and the faults in force. */
public final class WitnessLines {
    /** A value of a megabyte is no help to a reader. */
    private static final int LONGEST_LINE = 2_000;

    private final History history;
    private final Words words;
    private final List<Fault> faults;

    private WitnessLines(History history) {
        this.history = history;
        words = Words.of(history);
        faults = Fault.of(history);
    }

    public static WitnessLines of(History history) {
        return new WitnessLines(history);
    }

    /** The lines of one anomaly, each fit for a terminal and 2,000 characters at the most, which then says how long it was. */
    public List<String> of(Anomaly anomaly) {
        List<String> lines = new ArrayList<>(words.table(anomaly.operations()));
        lines.add(anomaly.sentence());
        lines.addAll(anomaly.details());
        lines.addAll(FaultsAround.lines(history, faults, anomaly));
        return lines.stream().map(line -> SafeText.clipped(line, LONGEST_LINE)).toList();
    }
}
