package dev.umpire.harness.junit.assertion;

import dev.umpire.checkers.evidence.Fault;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.words.Words;
import dev.umpire.harness.report.FaultsAround;
import dev.umpire.harness.report.Numbers;
import dev.umpire.harness.report.Phrases;
import dev.umpire.harness.report.SafeText;
import dev.umpire.histories.History;
import java.util.ArrayList;
import java.util.List;

/** Verdicts as the lines of a failed test's message. */
final class Telling {
    /** A witness is a handful of operations; of a longer one the beginning is enough to look it up. */
    private static final int MOST_ROWS = 10;

    private Telling() {}

    /** What is wrong with a verdict that is not VALID, in a few lines: the sentence, the witness, the faults in force. */
    static List<String> notHeld(History history, Verdict verdict) {
        if (verdict.answer() == Answer.UNKNOWN) {
            return List.of(
                    verdict.guarantee() + " is " + verdict.answer().word() + ", which is not a pass: "
                            + Phrases.evidence(verdict),
                    "  looked at " + Numbers.counted(verdict.examined(), "operation") + ", of which "
                            + Numbers.grouped(verdict.obliged()) + " had something to violate ("
                            + SafeText.visible(verdict.algorithm()) + ")");
        }
        Anomaly anomaly = verdict.anomalies().get(0);
        List<String> lines = new ArrayList<>();
        lines.add(verdict.guarantee() + " is " + verdict.answer().word() + ": " + SafeText.visible(anomaly.sentence()));
        lines.addAll(witness(history, anomaly));
        FaultsAround.lines(history, Fault.of(history), anomaly).forEach(line -> lines.add("  " + line));
        lines.add("  " + SafeText.visible(anomaly.kind()) + ", " + Phrases.shortest(verdict)
                + (verdict.anomalyCount() == 1 ? "" : " anomalies") + "; " + Phrases.evidence(verdict)
                + verdict.assumes()
                        .map(what -> "; assumed " + SafeText.visible(what))
                        .orElse(""));
        return lines;
    }

    /** The operations of an anomaly as a table of at most ten lines. */
    static List<String> witness(History history, Anomaly anomaly) {
        List<String> rows = Words.of(history).table(anomaly.operations());
        List<String> lines = new ArrayList<>();
        int told = rows.size() <= MOST_ROWS ? rows.size() : MOST_ROWS - 1;
        rows.subList(0, told).forEach(row -> lines.add("  " + SafeText.visible(row)));
        if (told < rows.size()) {
            lines.add("  and " + Numbers.counted(rows.size() - told, "more operation"));
        }
        return lines;
    }

    /** Which verdict was found where a broken one was expected. */
    static List<String> notBroken(Verdict verdict) {
        return List.of(
                verdict.guarantee() + " is " + verdict.answer().word() + ", expected it to be " + Answer.INVALID.word()
                        + ": " + Phrases.evidence(verdict),
                "  looked at " + Numbers.counted(verdict.examined(), "operation") + ", of which "
                        + Numbers.grouped(verdict.obliged()) + " had something to violate ("
                        + SafeText.visible(verdict.algorithm()) + ")");
    }
}
