package dev.umpire.harness.report.ci;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.harness.report.Numbers;
import dev.umpire.harness.report.Phrases;
import dev.umpire.harness.report.PromiseWords;
import dev.umpire.harness.report.SafeText;
import dev.umpire.harness.report.WitnessLines;
import dev.umpire.harness.report.ci.CheckedHistory.Decided;
import dev.umpire.harness.report.ci.CheckedHistory.Refused;
import dev.umpire.harness.run.CheckerFailure;
import dev.umpire.harness.run.Judged;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A summary in GitHub's Markdown for the page of a CI job: a table of the histories, and the shortest witness of each broken
 * guarantee, with at most 50 witnesses, as such pages bear one megabyte.
 */
public final class MarkdownSummary {
    private static final int MOST_WITNESSES = 50;
    /** What marks something up inside a line. */
    private static final String SPECIAL = "\\`*_[]|~$";

    private final StringBuilder out = new StringBuilder(1 << 12);
    private int told;
    private int untold;

    private MarkdownSummary() {}

    /** The summary, which ends with a line break. */
    public static String of(List<CheckedHistory> histories) {
        MarkdownSummary summary = new MarkdownSummary();
        summary.write(histories);
        return summary.out.toString();
    }

    private void write(List<CheckedHistory> histories) {
        out.append("## Umpire: ").append(CheckedHistory.counts(histories)).append("\n\n");
        boolean anyPromised = histories.stream()
                .anyMatch(one ->
                        one instanceof Decided decided && decided.promised().isPresent());
        out.append("| history | verdict | broken | undecided |").append(anyPromised ? " promise |\n" : "\n");
        out.append("|---|---|---|---|").append(anyPromised ? "---|\n" : "\n");
        for (CheckedHistory history : histories) {
            out.append("| ")
                    .append(escaped(history.name()))
                    .append(" | ")
                    .append(history.standing().mark())
                    .append(' ')
                    .append(history.standing().word())
                    .append(" | ")
                    .append(names(history, Answer.INVALID))
                    .append(" | ")
                    .append(names(history, Answer.UNKNOWN))
                    .append(anyPromised ? " | " + promise(history) + " |\n" : " |\n");
        }
        for (CheckedHistory history : histories) {
            if (history instanceof Refused refused) {
                fenced(escaped(refused.name()) + " was refused", List.of(refused.reason()));
            } else if (history instanceof Decided decided) {
                tell(decided);
            }
        }
        if (untold > 0) {
            out.append("\nand ")
                    .append(Numbers.counted(untold, "broken guarantee"))
                    .append(" more\n");
        }
    }

    private static String names(CheckedHistory history, Answer answer) {
        if (!(history instanceof Decided decided)) {
            return "";
        }
        List<String> names = new ArrayList<>(decided.judgement().judged().stream()
                .filter(judged -> judged.verdict().answer() == answer)
                .filter(judged -> answer == Answer.INVALID || judged.counts())
                .map(judged -> judged.verdict().guarantee() + remarks(decided, judged))
                .toList());
        if (answer == Answer.UNKNOWN && !decided.missing().isEmpty()) {
            names.add("evidence");
        }
        return names.stream().map(MarkdownSummary::escaped).collect(Collectors.joining(", "));
    }

    private static String remarks(Decided decided, Judged judged) {
        List<String> remarks = new ArrayList<>();
        decided.promised()
                .map(promised -> PromiseWords.of(promised).of(judged.verdict().guarantee()))
                .ifPresent(remarks::add);
        if (!judged.counts()) {
            remarks.add("not required");
        }
        return remarks.isEmpty() ? "" : " (" + String.join("; ", remarks) + ")";
    }

    private static String promise(CheckedHistory history) {
        return history instanceof Decided decided
                ? decided.promised()
                        .map(promised -> escaped(PromiseWords.of(promised)
                                .tally(decided.judgement().judged())))
                        .orElse("")
                : "";
    }

    private void tell(Decided decided) {
        WitnessLines lines = WitnessLines.of(decided.history());
        for (Judged judged : decided.judgement().judged()) {
            if (judged.verdict().answer() == Answer.INVALID) {
                String title = escaped(judged.verdict().guarantee()) + " is broken in " + escaped(decided.name()) + ": "
                        + escaped(Phrases.evidence(judged.verdict()));
                judged.verdict().anomalies().stream()
                        .findFirst()
                        .ifPresentOrElse(anomaly -> fenced(title, lines.of(anomaly)), () -> fenced(title, List.of()));
            }
        }
        for (CheckerFailure failure : decided.judgement().failures()) {
            fenced(escaped(decided.name()), List.of(failure.sentence()));
        }
        if (!decided.missing().isEmpty()) {
            fenced(escaped(decided.name()) + " lacks evidence", decided.missing());
        }
    }

    private void fenced(String title, List<String> lines) {
        if (told == MOST_WITNESSES) {
            untold++;
            return;
        }
        told++;
        List<String> safe =
                lines.stream().map(line -> SafeText.clipped(line, 2_000)).toList();
        String fence = "`".repeat(Math.max(3, longestRunOfBackticks(safe) + 1));
        out.append('\n').append("**").append(title).append("**\n");
        if (!safe.isEmpty()) {
            out.append('\n').append(fence).append("text\n");
            safe.forEach(line -> out.append(line).append('\n'));
            out.append(fence).append('\n');
        }
    }

    private static int longestRunOfBackticks(List<String> lines) {
        int longest = 0;
        for (String line : lines) {
            int run = 0;
            for (int i = 0; i < line.length(); i++) {
                run = line.charAt(i) == '`' ? run + 1 : 0;
                longest = Math.max(longest, run);
            }
        }
        return longest;
    }

    /** Text as data in a line or a cell: no character of it marks anything up, names a person or opens a tag. */
    private static String escaped(String text) {
        String safe = SafeText.clipped(text, 300);
        StringBuilder escaped = new StringBuilder(safe.length() + 16);
        for (int i = 0; i < safe.length(); i++) {
            char character = safe.charAt(i);
            switch (character) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '@' -> escaped.append("&#64;");
                // a bare address would become a link
                case ':' -> escaped.append(safe.startsWith("://", i) ? "&#58;" : ":");
                default -> {
                    if (SPECIAL.indexOf(character) >= 0) {
                        escaped.append('\\');
                    }
                    escaped.append(character);
                }
            }
        }
        return escaped.toString();
    }
}
