package dev.umpire.harness.report;

import dev.umpire.checkers.evidence.Evidence;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.run.CheckerFailure;
import dev.umpire.harness.run.Judged;
import dev.umpire.harness.run.Run;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The top of a report: what was found, what was asked, and what there was to see. */
final class SummarySections {
    private final Run run;
    private final List<String> commands;
    private final Markup page;

    /** @param commands lines for a shell that make the run again, or something of it */
    SummarySections(Run run, List<String> commands, Markup page) {
        this.run = run;
        this.commands = commands;
        this.page = page;
    }

    /** Writes them to the page. */
    void write() {
        verdicts();
        commands();
        plan();
        evidence();
        latencies();
    }

    private void verdicts() {
        page.element("h2", "Verdicts");
        Optional<PromiseWords> promise = run.promised().map(PromiseWords::of);
        page.element(
                "p",
                promise.map(PromiseWords::sentence)
                                .orElse("No promise is known, as the settings of the run name no configuration")
                        + ".",
                "class",
                "promise");
        page.open("table").head("guarantee", "verdict", "promise", "evidence", "assumes", "algorithm");
        page.raw("<tbody>\n");
        for (Judged judged : run.judged()) {
            Verdict verdict = judged.verdict();
            page.raw("<tr>").element("th", verdict.guarantee(), "scope", "row");
            page.element(
                    "td",
                    Phrases.answer(verdict.answer()),
                    "class",
                    verdict.answer().word());
            page.element("td", promised(promise, verdict.guarantee()));
            page.element("td", Phrases.evidence(verdict));
            page.element("td", verdict.assumes().orElse("nothing"));
            page.element("td", verdict.algorithm()).close("tr");
        }
        for (CheckerFailure failure : run.failures()) {
            page.row(failure.guarantee(), "! failed", promised(promise, failure.guarantee()), failure.sentence());
        }
        page.raw("</tbody>\n").close("table");
        sentences(
                "Stopped early",
                run.stopped().map(stop -> Phrases.stopped(stop, run.history())).stream()
                        .toList());
        sentences("Not asked", run.notAsked());
        sentences("Missing evidence", run.missing());
        sentences("Troubles", run.troubles());
    }

    private static String promised(Optional<PromiseWords> promise, String guarantee) {
        return promise.map(words -> words.of(guarantee)).orElse("not known");
    }

    private void sentences(String title, List<String> sentences) {
        if (!sentences.isEmpty()) {
            page.element("h2", title).raw("<ul>\n");
            sentences.forEach(sentence -> page.element("li", sentence));
            page.raw("</ul>\n");
        }
    }

    private void commands() {
        if (!commands.isEmpty()) {
            page.element("h2", "Commands")
                    .element("p", "To be pasted into a shell, in the folder in which the run was begun.")
                    .lines(commands)
                    .raw("\n");
        }
    }

    private void plan() {
        Plan plan = run.plan();
        page.element("h2", "Plan").open("table").raw("<tbody>\n");
        page.row("target", plan.target() + ", " + Numbers.counted(plan.nodes(), "node"));
        run.storeVersion().ifPresent(version -> page.row("version of the store", version));
        page.row("settings", pairs(plan.settings()));
        page.row(
                "workload", plan.workload().name() + " " + pairs(plan.workload().options()));
        page.row("sessions", plan.sessions() + ", moving every " + plan.moveEvery() + " operations");
        page.row("load", Phrases.load(plan));
        page.row(
                "length",
                plan.operations().isPresent()
                        ? Numbers.counted(plan.operations().getAsLong(), "operation")
                        : Numbers.seconds(plan.durationMillis().orElse(0) * 1_000_000));
        page.row("nemesis", Phrases.nemesis(plan.nemesis()));
        page.row("write order", plan.writeOrder());
        page.row("fail fast", plan.failFast() ? "at the first violation that is seen" : "no");
        page.row("seed", Long.toString(plan.seed()));
        page.raw("</tbody>\n").close("table");
    }

    private static String pairs(Map<String, String> map) {
        return map.isEmpty()
                ? "as by default"
                : map.entrySet().stream()
                        .map(pair -> pair.getKey() + "=" + pair.getValue())
                        .collect(Collectors.joining(" "));
    }

    private void evidence() {
        Evidence evidence = Evidence.of(run.history());
        page.element("h2", "Evidence")
                .open("table")
                .head("operations", "ok", "failed", "unknown")
                .raw("<tbody>\n");
        evidence.byFunction()
                .forEach((function, counts) -> page.row(
                        function,
                        Numbers.grouped(counts.ok()),
                        Numbers.grouped(counts.fail()),
                        Numbers.grouped(counts.info())));
        page.raw("</tbody>\n").close("table");
        List<DuringFaults> kinds = DuringFaults.of(evidence);
        if (!kinds.isEmpty()) {
            page.open("table").head("fault", "times", "confirmed", "longest", "operations ok during it");
            page.raw("<tbody>\n");
            for (DuringFaults fault : kinds) {
                page.row(
                        fault.kind(),
                        Integer.toString(fault.times()),
                        Integer.toString(fault.confirmed()),
                        Numbers.seconds(fault.longestNanos()),
                        DuringFaults.functions(fault.byFunction()));
            }
            page.raw("</tbody>\n").close("table");
            availability();
        }
    }

    private void latencies() {
        Latencies latencies = Latencies.of(run);
        if (latencies.service().isEmpty()) {
            return;
        }
        page.element("h2", "Latency");
        page.element(
                "p",
                "Of acknowledged operations but the final reads. Service time counts from the request to its answer"
                        + (latencies.response().isEmpty()
                                ? "."
                                : "; response time from when the request was to be made, so that what waits behind a late"
                                        + " answer counts too."));
        latencies.unserved().ifPresent(unserved -> page.element("p", unserved.sentence() + "."));
        page.open("table")
                .head("function", "operations", "counted as", "p50", "p90", "p99", "p99.9", "longest")
                .raw("<tbody>\n");
        latencies.byFunction().forEach((function, one) -> {
            latency(function, "service time", one.service());
            one.response().ifPresent(response -> latency(function, "response time", response));
        });
        latencies.service().ifPresent(all -> latency("all", "service time", all));
        latencies.response().ifPresent(all -> latency("all", "response time", all));
        page.raw("</tbody>\n").close("table");
    }

    private void latency(String function, String counted, Latency latency) {
        page.row(
                function,
                Numbers.grouped(latency.count()),
                counted,
                millis(latency.p50Nanos()),
                millis(latency.p90Nanos()),
                millis(latency.p99Nanos()),
                millis(latency.p999Nanos()),
                millis(latency.maxNanos()));
    }

    private static String millis(long nanos) {
        return Numbers.millisOneDigit(nanos) + " ms";
    }

    private void availability() {
        page.open("table").head(FaultCost.HEAD.toArray(String[]::new)).raw("<tbody>\n");
        for (FaultCost cost : FaultCost.of(run.history(), run.judged())) {
            List<String> cells = cost.cells();
            page.row(cells.get(0), cells.subList(1, cells.size()).toArray(String[]::new));
        }
        page.raw("</tbody>\n").close("table").element("p", FaultCost.MEANING);
    }
}
