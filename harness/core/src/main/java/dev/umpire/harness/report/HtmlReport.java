package dev.umpire.harness.report;

import dev.umpire.checkers.evidence.Evidence;
import dev.umpire.checkers.evidence.Fault;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.words.Words;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.run.CheckerFailure;
import dev.umpire.harness.run.Judged;
import dev.umpire.harness.run.Run;
import dev.umpire.histories.History;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * {@code report.html}: a run on one page that needs no network and no script. From top to bottom: the verdicts, what was
 * asked, what was seen, each anomaly in words and as a picture, and the operations, each with the anchor {@code #op-57}
 * (57 is the number that the recording gave its invocation).
 *
 * <p>A history of more than {@value #MOST_OPERATIONS} operations is not embedded as a whole: only what surrounds the
 * anomalies, and the page says so.
 */
public final class HtmlReport {
    static final int MOST_OPERATIONS = 2_000;

    private final Run run;
    private final History history;
    private final Words words;
    private final List<Fault> faults;
    private final SortedSet<Integer> embedded = new TreeSet<>();
    private final Markup page = new Markup();

    private HtmlReport(Run run) {
        this.run = run;
        history = run.history();
        words = Words.of(history);
        faults = Fault.of(history);
    }

    /** The page. The same run gives the same page, up to what the checkers cost. */
    public static String of(Run run) {
        return new HtmlReport(run).page();
    }

    private String page() {
        String title = Phrases.answer(run.answer()) + " · " + run.plan().target() + " · seed "
                + run.plan().seed();
        page.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        page.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        page.raw(
                "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n");
        page.element("title", "Umpire: " + title);
        page.raw("<style>\n").raw(STYLE).raw("</style>\n</head>\n<body>\n<main>\n");
        page.element("h1", title);
        verdicts();
        plan();
        evidence();
        anomalies();
        operations();
        return page.raw("</main>\n</body>\n</html>\n").toString();
    }

    private void verdicts() {
        page.element("h2", "Verdicts").open("table").head("guarantee", "verdict", "evidence", "assumes", "algorithm");
        page.raw("<tbody>\n");
        for (Judged judged : run.judged()) {
            Verdict verdict = judged.verdict();
            page.raw("<tr>").element("th", verdict.guarantee(), "scope", "row");
            page.element(
                    "td",
                    Phrases.answer(verdict.answer()),
                    "class",
                    verdict.answer().word());
            page.element("td", Phrases.evidence(verdict));
            page.element("td", verdict.assumes().orElse("nothing"));
            page.element("td", verdict.algorithm()).close("tr");
        }
        for (CheckerFailure failure : run.failures()) {
            page.row(failure.guarantee(), "! failed", failure.sentence());
        }
        page.raw("</tbody>\n").close("table");
        sentences(
                "Stopped early",
                run.stopped().map(stop -> Phrases.stopped(stop, run.history())).stream()
                        .toList());
        sentences("Missing evidence", run.missing());
        sentences("Troubles", run.troubles());
    }

    private void sentences(String title, List<String> sentences) {
        if (!sentences.isEmpty()) {
            page.element("h2", title).raw("<ul>\n");
            sentences.forEach(sentence -> page.element("li", sentence));
            page.raw("</ul>\n");
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
        page.row(
                "length",
                plan.operations().isPresent()
                        ? Numbers.counted(plan.operations().getAsLong(), "operation")
                        : Numbers.seconds(plan.durationMillis().orElse(0) * 1_000_000));
        page.row(
                "nemesis",
                plan.nemesis().kinds().isEmpty()
                        ? "none"
                        : String.join(", ", plan.nemesis().kinds()));
        page.row("write order", plan.writeOrder());
        page.row("fail fast", plan.failFast() ? "at the first violation that is seen" : "no");
        page.row("seed", Long.toString(plan.seed()));
        page.raw("</tbody>\n").close("table");
    }

    private static String pairs(java.util.Map<String, String> map) {
        return map.isEmpty()
                ? "as by default"
                : map.entrySet().stream()
                        .map(pair -> pair.getKey() + "=" + pair.getValue())
                        .collect(Collectors.joining(" "));
    }

    private void evidence() {
        Evidence evidence = Evidence.of(history);
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
        }
    }

    private void anomalies() {
        for (Judged judged : run.judged()) {
            Verdict verdict = judged.verdict();
            if (verdict.answer() != Answer.INVALID) {
                continue;
            }
            page.element("h2", verdict.guarantee() + ": " + Numbers.counted(verdict.anomalyCount(), "anomaly"));
            int told = verdict.anomalies().size();
            if (told < verdict.anomalyCount()) {
                page.element("p", "The first " + told + " of them, the shortest first.");
            }
            verdict.anomalies().forEach(this::anomaly);
        }
    }

    private void anomaly(Anomaly anomaly) {
        page.open("section").element("h3", anomaly.kind());
        page.element("p", anomaly.sentence(), "class", "sentence");
        page.open("table").raw("<tbody>\n");
        for (int i = 0; i < anomaly.operations().size(); i++) {
            int operation = anomaly.operations().get(i);
            page.raw("<tr>").element("td", Integer.toString(i + 1)).raw("<td>");
            link(operation);
            page.raw("</td>");
            cells(operation).forEach(cell -> page.element("td", cell));
            page.close("tr");
        }
        page.raw("</tbody>\n").close("table");
        Surrounding around = Surrounding.of(history, anomaly);
        embedded.addAll(around.operations());
        page.raw("<figure>").raw(new Timeline(history, anomaly, around.operations(), faults, words).svg());
        page.element(
                "figcaption",
                "Each bar is an operation from its invocation to its end; dashed: failed or unknown; filled: a write. "
                        + (around.leftOut() == 0
                                ? ""
                                : Numbers.counted(around.leftOut(), "other operation")
                                        + " of that time, on other keys and sessions or further away, left out."));
        page.raw("</figure>\n").close("section");
    }

    private void link(int operation) {
        page.element("a", "op " + history.index(operation), "href", "#op-" + history.index(operation));
    }

    private List<String> cells(int operation) {
        List<String> cells = new ArrayList<>();
        cells.add(words.session(operation));
        cells.add(words.deed(operation));
        cells.add(words.span(operation));
        cells.add(words.ending(operation));
        return cells;
    }

    private void operations() {
        page.element("h2", "Operations");
        if (history.size() <= MOST_OPERATIONS) {
            for (int operation = 0; operation < history.size(); operation++) {
                embedded.add(operation);
            }
        } else {
            page.element(
                    "p",
                    embedded.size() + " of " + Numbers.counted(history.size(), "operation")
                            + " stand here, those around the anomalies; all of them are in history.jsonl.");
        }
        page.open("table").head("operation", "session", "what", "when", "end").raw("<tbody>\n");
        for (int operation : embedded) {
            page.open("tr", "id", "op-" + history.index(operation));
            page.element("td", "op " + history.index(operation));
            cells(operation).forEach(cell -> page.element("td", cell));
            page.close("tr");
        }
        page.raw("</tbody>\n").close("table");
    }

    static final String STYLE = """
            :root { color-scheme: light dark; --page: #fff; --ink: #1b1f24; --faint: #6a737d; --line: #d5d9de;
              --other: #aab4c0; --strong: #b3261e; --good: #1a7f37; --doubt: #8a5a00; --fault: #f4c95d55; --here: #fff3c4; }
            @media (prefers-color-scheme: dark) { :root { --page: #14171a; --ink: #e3e7eb; --faint: #98a2ad;
              --line: #343a41; --other: #56616d; --strong: #ff8a80; --good: #6fdd8b; --doubt: #f0c060;
              --fault: #f4c95d33; --here: #4a3f12; } }
            body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
            main { max-width: 70rem; margin: 0 auto; padding: 1rem; }
            h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
            h3 { font-size: 1rem; margin-bottom: .2rem; }
            table { border-collapse: collapse; margin: .5rem 0; display: block; overflow-x: auto; }
            th, td { text-align: left; padding: .2rem .8rem .2rem 0; border-bottom: 1px solid var(--line);
              vertical-align: top; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
            thead th { color: var(--faint); font-weight: normal; } tbody th { font-weight: 600; white-space: nowrap; }
            tr:target { background: var(--here); }
            .broken { color: var(--strong); font-weight: 600; white-space: nowrap; }
            .held { color: var(--good); white-space: nowrap; } .undecided { color: var(--doubt); white-space: nowrap; }
            .sentence { overflow-wrap: anywhere; } a { color: inherit; }
            figure { margin: .5rem 0 2rem; } figcaption { color: var(--faint); font-size: .85rem; }
            svg { width: 100%; height: auto; } svg text { font: 11px system-ui, sans-serif; fill: var(--ink); }
            .lane { stroke: var(--line); } .axis { stroke: var(--faint); }
            svg .tick, svg .fault-label { fill: var(--faint); }
            .other { fill: none; stroke: var(--other); } .other.write { fill: var(--other); }
            .witness { fill: none; stroke: var(--strong); stroke-width: 2.5; } .witness.write { fill: var(--strong); }
            .open { stroke-dasharray: 3 2; } .fault { fill: var(--fault); }
            svg .witness-label { fill: var(--strong); font-weight: 600; }
            """;
}
