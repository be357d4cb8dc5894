package dev.umpire.harness.cli;

import dev.umpire.checkers.lattice.Ladder;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.harness.cli.terminal.Terminal;
import dev.umpire.harness.report.Numbers;
import dev.umpire.harness.report.SafeText;
import dev.umpire.harness.report.VerdictJson;
import dev.umpire.harness.run.Judged;
import dev.umpire.harness.run.Judgement;
import dev.umpire.histories.History;
import dev.umpire.histories.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is told of one recorded history: what it is, its verdicts and its anomalies; with {@code --json} its object. */
final class HistoryPage {
    private final Terminal terminal;
    private final JudgeOptions judge;
    private final VerdictPage page;

    HistoryPage(Terminal terminal, JudgeOptions judge) {
        this.terminal = terminal;
        this.judge = judge;
        this.page = new VerdictPage(terminal, judge.json ? terminal.err() : terminal.out(), judge);
    }

    /** @param missing what evidence the recorded run lacks, a sentence each */
    void present(History history, WayOfJudging.Outcome outcome, List<String> missing) {
        page.label("history", head(history));
        warnings(history.source());
        LintCommand.line(history).ifPresent(line -> page.label("lint", line));
        if (judge.json) {
            Judgement judgement = outcome.judgement();
            terminal.out()
                    .println(outcome.ladder()
                            .map(one -> VerdictJson.of(history, judgement, one, missing))
                            .orElseGet(() -> VerdictJson.of(history, judgement, missing)));
        } else {
            verdicts(history, outcome.judgement(), outcome.ladder(), missing);
        }
        outcome.remarks().forEach(remark -> page.label(remark.label(), remark.text()));
    }

    private void verdicts(History history, Judgement judgement, Optional<Ladder> ladder, List<String> missing) {
        page.line("");
        page.table(
                judgement.judged().stream()
                        .filter(one -> ladder.isEmpty() || one.verdict().answer() != Answer.UNKNOWN)
                        .toList(),
                judgement.failures());
        if (ladder.isPresent()) {
            page.line("");
            page.ladder(ladder.get());
        }
        if (!history.nemesisEvents().isEmpty()) {
            page.evidence(history);
            page.availability(history, judgement.judged());
        }
        missing.forEach(sentence -> page.label("missing", SafeText.visible(sentence)));
        List<Verdict> told = ladder.map(Ladder::firstBroken)
                .orElseGet(
                        () -> judgement.judged().stream().map(Judged::verdict).toList());
        page.anomalies(history, told);
        if (judge.anomalies == 1 && told.stream().anyMatch(one -> one.answer() == Answer.INVALID)) {
            page.line("");
            page.line("more with --anomalies 10, for programs with --json");
        }
    }

    static String head(History history) {
        Source source = history.source();
        List<String> parts = new ArrayList<>();
        parts.add(SafeText.visible(source.name()));
        parts.add(format(source.format()));
        parts.add(Numbers.counted(history.size(), "operation"));
        parts.add(Numbers.counted(history.sessionCount(), "session"));
        parts.add(Numbers.counted(history.keyCount(), "key"));
        if (history.nodeCount() > 0) {
            parts.add(Numbers.counted(history.nodeCount(), "node"));
        }
        lasted(history).ifPresent(nanos -> parts.add(Numbers.seconds(nanos)));
        return String.join(" · ", parts);
    }

    private static String format(String format) {
        return switch (format) {
            case "jsonl" -> "JSON Lines";
            case "binary" -> "Umpire's binary format";
            case "edn" -> "Jepsen EDN";
            case "jepsen-log" -> "Jepsen's printed log";
            case "etcd" -> "operations of etcd's robustness tests";
            case "dbcop", "dbcop-json" -> "dbcop";
            case "plume" -> "Plume";
            case "awdit" -> "AWDIT";
            default -> SafeText.visible(format);
        };
    }

    private static Optional<Long> lasted(History history) {
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (int operation = 0; operation < history.size(); operation++) {
            long invoked = history.invokedNanos(operation);
            long ended = history.endedNanos(operation);
            if (invoked != History.ABSENT) {
                first = Math.min(first, invoked);
                last = Math.max(last, Math.max(invoked, ended));
            }
        }
        return last > first && first != Long.MAX_VALUE ? Optional.of(last - first) : Optional.empty();
    }

    private void warnings(Source source) {
        String label = "warnings";
        if (!source.complete()) {
            page.label(
                    label,
                    "the recording has no trailer: it was interrupted; "
                            + (source.droppedBytes() == 0
                                    ? "no line of it is torn"
                                    : Numbers.counted(source.droppedBytes(), "byte")
                                            + " of a torn last line were dropped"));
            label = "";
        }
        for (String warning : source.warnings()) {
            page.label(label.isEmpty() ? "          " : label, SafeText.visible(warning));
            label = "";
        }
    }
}
