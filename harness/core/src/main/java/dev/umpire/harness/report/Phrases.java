package dev.umpire.harness.report;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.Figure;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.harness.plan.Load;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.run.EarlyStop;
import dev.umpire.histories.History;
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

    /** {@code open · 2,000 requests a second arrive at random, whether or not earlier ones are answered}. */
    public static String load(Plan plan) {
        String rate = (plan.ratePerSecond() == Math.rint(plan.ratePerSecond())
                        ? Numbers.grouped((long) plan.ratePerSecond())
                        : Double.toString(plan.ratePerSecond()))
                + " requests a second";
        return switch (Load.named(plan.load())) {
            case CLOSED ->
                plan.ratePerSecond() == 0 ? "closed · as fast as sessions are answered" : "closed · at most " + rate;
            case OPEN -> "open · " + rate + " arrive at random, whether or not earlier ones are answered";
            case OPEN_EVEN -> "open · " + rate + " arrive evenly, whether or not earlier ones are answered";
        };
    }

    /** {@code none}, {@code partition, crash}, or {@code crash · 3 faults at set times}. */
    public static String nemesis(Plan.NemesisPlan nemesis) {
        String names = nemesis.names().isEmpty() ? "none" : String.join(", ", nemesis.names());
        return nemesis.schedule().isEmpty()
                ? names
                : names + " · " + Numbers.counted(nemesis.schedule().size(), "fault") + " at set times";
    }

    /** The figures that say something: a count of nothing is left out. */
    private static String figures(Verdict verdict) {
        String told = verdict.figures().stream()
                .filter(figure -> figure.unit() != Figure.Unit.COUNT || figure.value() != 0)
                .map(Phrases::figure)
                .collect(Collectors.joining(", "));
        return told.isEmpty() ? "" : " · " + told;
    }

    /** {@code 3 lost}, {@code max versions 4}, {@code p99 84 ms}, {@code fresh 99.2 %}. */
    private static String figure(Figure figure) {
        return switch (figure.unit()) {
            case COUNT -> {
                String count = Numbers.grouped((long) figure.value());
                yield figure.name().contains(" ") ? figure.name() + " " + count : count + " " + figure.name();
            }
            case NANOS -> figure.name() + " " + Numbers.millis((long) figure.value(), (long) figure.value());
            case FRACTION -> figure.name() + " " + Numbers.percent(figure.value());
        };
    }

    private static String broken(Verdict verdict, String obliged) {
        long count = verdict.anomalyCount();
        return atLeast(verdict)
                + (verdict.obliged() > 0 && count <= verdict.obliged()
                        ? Numbers.grouped(count) + " of " + obliged
                        : Numbers.counted(count, "anomaly") + ", " + obliged);
    }

    /** {@code 1 anomaly}, {@code at least 8 anomalies}. */
    public static String anomalies(Verdict verdict) {
        return atLeast(verdict) + Numbers.counted(verdict.anomalyCount(), "anomaly");
    }

    private static String atLeast(Verdict verdict) {
        return verdict.anomalyCountIsLowerBound() ? "at least " : "";
    }

    /** Which anomaly is told first: {@code the one anomaly}, {@code the shortest of at least 8}. */
    public static String shortest(Verdict verdict) {
        return verdict.anomalyCount() == 1
                ? verdict.anomalyCountIsLowerBound() ? "the first that was found" : "the one anomaly"
                : "the shortest of " + atLeast(verdict) + Numbers.grouped(verdict.anomalyCount());
    }

    private static String reason(Verdict verdict) {
        return verdict.reason().map(reason -> " · " + SafeText.visible(reason)).orElse("");
    }

    /** What the guarantee obliged operations to, counted. */
    private static String obliged(String guarantee, long count) {
        return switch (guarantee.split(":", 2)[0]) {
            case "read-your-writes" -> Numbers.counted(count, "read") + " that had an own write to see";
            case "monotonic-reads" -> Numbers.counted(count, "read") + " that had an earlier read to match";
            case "durability" -> Numbers.counted(count, "acknowledged write") + " with a final read";
            case "eventual" -> Numbers.counted(count, "key") + " read at several nodes in the end";
            case "uniqueness" -> Numbers.counted(count, "acknowledged value");
            case "conserved-total" -> Numbers.counted(count, "reading") + " of all accounts";
            case "log-order" -> Numbers.counted(count, "polled message");
            case "recovers-within" -> Numbers.counted(count, "recovery");
            case "available-within" -> Numbers.counted(count, "wait") + " for an acknowledgement";
            case "integrity", "linearizable", "bounded-staleness", "counter" -> Numbers.counted(count, "read");
            case "consistent-prefix", "strict-consistent-prefix", "monotonic-prefix" ->
                Numbers.counted(count, "observation");
            default -> Numbers.counted(count, "operation") + " obliged";
        };
    }

    /** Why a run ended early: {@code at operation 812 (event 1640), as monotonic-reads was seen broken: session 3 ...}. */
    public static String stopped(EarlyStop stop, History history) {
        return "at operation " + Numbers.grouped(stop.operation()) + " (event " + history.index(stop.operation())
                + "), as " + stop.guarantee() + " was seen broken: " + stop.sentence();
    }
}
