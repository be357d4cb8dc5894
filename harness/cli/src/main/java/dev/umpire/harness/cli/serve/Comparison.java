package dev.umpire.harness.cli.serve;

import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.harness.diff.Difference;
import dev.umpire.harness.diff.Divergence;
import dev.umpire.harness.diff.GuaranteeChange;
import dev.umpire.harness.diff.MeasuredChange;
import dev.umpire.harness.diff.PlanChange;
import dev.umpire.harness.diff.Recorded;
import dev.umpire.harness.diff.Trend;
import dev.umpire.harness.report.BriefVerdict;
import dev.umpire.harness.report.Markup;
import dev.umpire.harness.report.Numbers;
import dev.umpire.harness.report.Percentiles;
import dev.umpire.harness.report.Phrases;
import dev.umpire.harness.report.SafeText;
import dev.umpire.harness.report.VerdictFile;
import dev.umpire.harness.run.Runner;
import dev.umpire.histories.HistoryFiles;
import dev.umpire.histories.ReadOptions;
import dev.umpire.histories.event.MalformedHistoryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Two runs side by side, by the verdicts that were kept. Their histories are looked at where both are small enough, one pair
 * at a time, so that no browser can ask for more memory than that. Thread-safe.
 */
final class Comparison {
    private static final long MOST_BYTES = 64L << 20;
    private static final int LONGEST_EVENT = 400;

    private final ServedStore.Commands commands;
    private final Semaphore reading = new Semaphore(1);

    Comparison(ServedStore.Commands commands) {
        this.commands = commands;
    }

    Reply page(ServedRun a, ServedRun b) throws IOException {
        Markup page = Frame.begin("Two runs side by side");
        page.open("table").head("", "run", "time", "target", "verdict").raw("<tbody>\n");
        side("A", a, page);
        side("B", b, page);
        page.raw("</tbody>\n").close("table");
        Looked looked = look(a, b);
        plan(looked.difference().plan(), page);
        guarantees(looked.difference().guarantees(), page);
        if (looked.notWhy().isEmpty()) {
            measured(looked.difference().measured(), page);
            divergences(looked.difference(), page);
        } else {
            page.element("p", "Latency, staleness and events are not compared here: " + looked.notWhy());
        }
        page.element("p", "The same, with both judged anew:");
        page.raw("<pre tabindex=\"0\">").text(commands.diff(a.name(), b.name())).raw("</pre>\n");
        return Frame.end(200, page);
    }

    private static void side(String letter, ServedRun run, Markup page) {
        page.raw("<tr>").element("th", letter, "scope", "row").raw("<td>");
        page.element("a", run.name(), "href", Request.address(Pages.RUN, run.name()))
                .raw("</td>");
        page.element("td", run.time()).element("td", run.target());
        page.element("td", run.state().words(), "class", run.state().style()).close("tr");
    }

    private static List<BriefVerdict> verdicts(ServedRun run) {
        return run.verdict().map(VerdictFile::guarantees).orElse(List.of());
    }

    /**
     * A difference.
     *
     * @param notWhy why histories were not looked at; empty: they were
     */
    private record Looked(Difference difference, String notWhy) {}

    private Looked look(ServedRun a, ServedRun b) throws IOException {
        if (!isSmall(a) || !isSmall(b)) {
            return byVerdicts(a, b, "a history is missing, or has more than " + (MOST_BYTES >> 20) + " MiB");
        }
        if (!reading.tryAcquire()) {
            return byVerdicts(a, b, "another pair is being read, ask again");
        }
        try {
            return new Looked(Difference.between(recorded(a), recorded(b)), "");
        } catch (MalformedHistoryException e) {
            return byVerdicts(a, b, String.valueOf(e.getMessage()));
        } finally {
            reading.release();
        }
    }

    private static Looked byVerdicts(ServedRun a, ServedRun b, String notWhy) {
        return new Looked(Difference.between(a.plan(), verdicts(a), b.plan(), verdicts(b)), notWhy);
    }

    private static boolean isSmall(ServedRun run) throws IOException {
        Optional<Path> history = run.folder().file(Runner.HISTORY);
        return history.isPresent() && Files.size(history.get()) <= MOST_BYTES;
    }

    private static Recorded recorded(ServedRun run) throws IOException {
        CheckOptions options = CheckOptions.DEFAULT.with(
                run.plan().map(plan -> WriteOrder.named(plan.writeOrder())).orElse(WriteOrder.REAL_TIME));
        Path history = run.folder().file(Runner.HISTORY).orElseThrow();
        return new Recorded(run.plan(), HistoryFiles.read(history, ReadOptions.DEFAULT), verdicts(run), options);
    }

    private static void plan(List<PlanChange> changes, Markup page) {
        page.element("h2", "What they were asked");
        if (changes.isEmpty()) {
            page.element("p", "The same.");
            return;
        }
        page.open("table").head("", "A", "B").raw("<tbody>\n");
        changes.forEach(change -> page.row(
                change.field(), change.a().orElse("not set"), change.b().orElse("not set")));
        page.raw("</tbody>\n").close("table");
    }

    private static void guarantees(List<GuaranteeChange> changes, Markup page) {
        page.element("h2", "What they keep");
        if (changes.isEmpty()) {
            page.element("p", "Neither was judged.");
            return;
        }
        page.open("table").head("guarantee", "A", "", "B", "", "B is").raw("<tbody>\n");
        for (GuaranteeChange change : changes) {
            page.raw("<tr>").element("th", change.guarantee(), "scope", "row");
            verdict(change.a(), page);
            verdict(change.b(), page);
            page.element("td", change.trend().word(), "class", style(change.trend()))
                    .close("tr");
        }
        page.raw("</tbody>\n").close("table");
    }

    private static void verdict(Optional<BriefVerdict> verdict, Markup page) {
        if (verdict.isEmpty()) {
            page.element("td", "not judged").element("td", "");
            return;
        }
        page.element(
                "td",
                Phrases.answer(verdict.get().answer()),
                "class",
                verdict.get().answer().word());
        page.element("td", verdict.get().counts());
    }

    private static String style(Trend trend) {
        return switch (trend) {
            case WORSE -> "broken";
            case LOST -> "undecided";
            case BETTER -> "held";
            case SAME -> "same";
        };
    }

    private static void measured(List<MeasuredChange> changes, Markup page) {
        page.element("h2", "What was measured").open("table").head("", "p50", "p90", "p99", "max", "of");
        page.raw("<tbody>\n");
        for (MeasuredChange change : changes) {
            percentiles(change.what() + ", A", change.a(), page);
            percentiles(change.what() + ", B", change.b(), page);
        }
        page.raw("</tbody>\n").close("table");
    }

    private static void percentiles(String what, Optional<Percentiles> measured, Markup page) {
        if (measured.isEmpty()) {
            page.row(what, "nothing");
            return;
        }
        Percentiles one = measured.get();
        page.row(
                what,
                millis(one.p50()),
                millis(one.p90()),
                millis(one.p99()),
                millis(one.max()),
                Numbers.grouped(one.count()));
    }

    private static String millis(long nanos) {
        return Numbers.millis(nanos, nanos);
    }

    private static void divergences(Difference difference, Markup page) {
        page.element("h2", "Where their histories differ first");
        if (difference.first().isEmpty()) {
            page.element("p", "Nowhere.");
            return;
        }
        boolean timeAlone = !difference.beyondTime().equals(difference.first());
        divergence(
                difference.first().get(),
                timeAlone ? " differ in the time of the next." : " differ in the next.",
                page);
        if (timeAlone) {
            difference
                    .beyondTime()
                    .ifPresent(more -> divergence(more, " beside their times differ in the next.", page));
        }
    }

    private static void divergence(Divergence at, String how, Markup page) {
        page.element("p", "Histories that are the same for " + Numbers.counted(at.event(), "event") + how);
        page.open("table").raw("<tbody>\n");
        page.row("A", event(at.a())).row("B", event(at.b()));
        page.raw("</tbody>\n").close("table");
    }

    private static String event(Optional<String> line) {
        return line.map(text -> SafeText.clipped(text, LONGEST_EVENT)).orElse("nothing: it has ended");
    }
}
