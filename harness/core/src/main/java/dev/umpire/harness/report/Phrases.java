package dev.umpire.harness.report;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.Figure;
import dev.umpire.checkers.verdict.Verdict;
import java.util.stream.Collectors;

/** Verdicts as people read them. */
public final class Phrases {
    private Phrases() {}

    /** {@code ✗ broken}, {@code ✓ held}, {@code ? undecided}: never told by colour alone. */
    public static String answer(Answer answer) {
        return switch (answer) {
            case VALID -> "✓ " + answer.word();
            case INVALID -> "✗ " + answer.word();
            case UNKNOWN -> "? " + answer.word();
        };
    }

    /** {@code 38 of 6,112 reads that had an own write to see}, or why the answer is undecided. */
    public static String evidence(Verdict verdict) {
        String obliged = obliged(verdict.guarantee(), verdict.obliged());
        return switch (verdict.answer()) {
            case VALID -> obliged + figures(verdict) + reason(verdict);
            case INVALID -> broken(verdict, obliged) + figures(verdict) + reason(verdict);
            case UNKNOWN -> verdict.reason().map(SafeText::visible).orElse("") + figures(verdict);
        };
    }

    private static String figures(Verdict verdict) {
        return verdict.figures().isEmpty()
                ? ""
                : verdict.figures().stream().map(Phrases::figure).collect(Collectors.joining(", ", " · ", ""));
    }

    private static String figure(Figure figure) {
        String value = switch (figure.unit()) {
            case COUNT -> Numbers.grouped((long) figure.value());
            case NANOS -> Numbers.millis((long) figure.value(), (long) figure.value());
            case FRACTION -> Numbers.fraction(figure.value());
        };
        return figure.name() + " " + value;
    }

    private static String broken(Verdict verdict, String obliged) {
        long count = verdict.anomalyCount();
        return verdict.obliged() > 0 && count <= verdict.obliged()
                ? Numbers.grouped(count) + " of " + obliged
                : Numbers.counted(count, "anomaly") + ", " + obliged;
    }

    private static String reason(Verdict verdict) {
        return verdict.reason().map(reason -> " · " + SafeText.visible(reason)).orElse("");
    }

    /** What the guarantee obliged operations to, counted. */
    private static String obliged(String guarantee, long count) {
        return switch (guarantee) {
            case "read-your-writes" -> Numbers.counted(count, "read") + " that had an own write to see";
            case "monotonic-reads" -> Numbers.counted(count, "read") + " that had an earlier read to match";
            case "durability" -> Numbers.counted(count, "acknowledged write") + " with a final read";
            case "eventual" -> Numbers.counted(count, "key") + " read at several nodes in the end";
            case "integrity", "linearizable" -> Numbers.counted(count, "read");
            case "consistent-prefix", "strict-consistent-prefix", "monotonic-prefix" ->
                Numbers.counted(count, "observation");
            default -> Numbers.counted(count, "operation") + " obliged";
        };
    }
}
