package dev.umpire.harness.report;

import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.harness.survey.Datasheet;
import dev.umpire.harness.survey.Datasheet.Finding;
import dev.umpire.harness.survey.Datasheet.FirstBreak;
import dev.umpire.harness.survey.Datasheet.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The cells of a datasheet, the same on a terminal, a page and in Markdown. */
public final class DatasheetWords {
    private static final String NONE = "none";

    private DatasheetWords() {}

    /**
     * {@code ✓ kept}, {@code ✗ broken}, {@code ? undecided: durability}, which no run could be judged by, {@code ! failed} and
     * {@code – refused} where none could be made; with "not covered" where the promise does not speak of the fault.
     */
    public static String promise(Row row) {
        return row.covered() ? kept(row) : "not covered (" + kept(row) + ")";
    }

    private static String kept(Row row) {
        if (!row.promiseKept()) {
            return "✗ broken";
        }
        if (row.gap().isPresent()) {
            return row.gap().get().failed() ? "! failed" : "– refused";
        }
        return row.unjudged().isEmpty() ? "✓ kept" : "? undecided: " + String.join(", ", row.unjudged());
    }

    /** What struck and how often a probe saw it in force: {@code partition × 8}, {@code all (crash, pause) × 12}. */
    public static String faults(Row row) {
        String seen =
                row.kinds().isEmpty() ? "" : " × " + Numbers.grouped(row.basis().faults());
        return row.fault().equals(Datasheet.ALL_COVERED)
                ? row.fault() + " (" + (row.kinds().isEmpty() ? NONE : String.join(", ", row.kinds())) + ")" + seen
                : row.fault() + seen;
    }

    /** The strongest guarantees that no run broke. */
    public static String notBroken(Row row, WriteOrder order) {
        return names(row.strongestNotBroken(order), Finding::guarantee);
    }

    /**
     * The weakest of what was broken; all that is stronger is broken too. Each with the first seed that shows it, or with the time
     * that it took in real time: {@code monotonic-reads (1)}, {@code monotonic-reads (after 2.1 s)}.
     */
    public static String broken(Row row, WriteOrder order) {
        return names(
                row.weakestBroken(order),
                one -> one.guarantee()
                        + one.firstBreak()
                                .map(first -> " (" + when(first) + ")")
                                .orElse(""));
    }

    private static String when(FirstBreak first) {
        return first.afterNanos().isPresent()
                ? "after " + Numbers.seconds(first.afterNanos().getAsLong())
                : String.valueOf(first.seed());
    }

    private static String names(List<Finding> findings, Function<Finding, String> word) {
        return findings.isEmpty() ? NONE : findings.stream().map(word).collect(Collectors.joining(", "));
    }

    /** What else is to be said of a row, a sentence each: why runs were not made, what those lack that were, where they lie. */
    public static List<String> notes(Row row) {
        List<String> notes = new ArrayList<>();
        row.gap().ifPresent(gap -> notes.add((gap.failed() ? "failed: " : "refused: ") + gap.reason()));
        row.basis().missing().forEach(sentence -> notes.add("missing: " + sentence));
        row.broken().stream()
                .flatMap(one -> one.firstBreak().flatMap(FirstBreak::folder).stream())
                .distinct()
                .forEach(folder -> notes.add("broken in " + folder));
        return notes.stream().map(SafeText::visible).toList();
    }
}
