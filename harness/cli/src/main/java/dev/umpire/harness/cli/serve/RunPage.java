package dev.umpire.harness.cli.serve;

import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.PlanFile;
import dev.umpire.harness.report.BriefVerdict;
import dev.umpire.harness.report.Markup;
import dev.umpire.harness.report.Numbers;
import dev.umpire.harness.report.Phrases;
import dev.umpire.harness.report.RunFiles;
import dev.umpire.harness.report.VerdictFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One run: how far it is or what it keeps, what it was asked, its files, and the commands for it. */
final class RunPage {
    private static final int MOST_OTHERS = 200;

    private final ServedRun run;
    private final ServedStore.Commands commands;
    private final Markup page;

    RunPage(ServedRun run, ServedStore.Commands commands) {
        this.run = run;
        this.commands = commands;
        page = Frame.begin(run.name());
    }

    /**
     * The page.
     *
     * @param progress how far it is; empty: it does not go on, or has recorded nothing
     * @param others names of runs that it can be compared with, the newest first
     */
    Reply page(Optional<Followed.Progress> progress, List<String> others) throws IOException {
        page.open("p")
                .raw("This run is ")
                .element("span", run.state().words(), "class", run.state().style(), "id", "state");
        page.close("p");
        run.trouble().ifPresent(trouble -> page.element("p", trouble));
        if (run.state().isGoingOn()) {
            live(progress);
        }
        run.verdict().ifPresent(this::verdicts);
        if (run.folder().file(RunFiles.REPORT).isPresent()) {
            page.open("p").element("a", "the report", "href", Request.address(Pages.FILE, run.name(), RunFiles.REPORT));
            page.raw(": its anomalies, the run over time, its operations").close("p");
        }
        run.plan().ifPresent(this::commands);
        compare(others);
        run.plan().ifPresent(this::plan);
        files();
        return Frame.end(200, page);
    }

    private void live(Optional<Followed.Progress> progress) {
        page.open(
                "section",
                "id",
                "live",
                "data-live",
                Request.address(Pages.LIVE, run.name()),
                "aria-label",
                "How far it is");
        page.open("progress", "id", "share", "max", "1", "aria-label", "share of its plan");
        page.raw("</progress>").element("p", "", "role", "status", "id", "ended");
        page.open("table").raw("<tbody>\n");
        figure("operations", progress.map(one -> one.operations(run.plan())));
        figure("losses", progress.map(Followed.Progress::losses));
        figure("elapsed", progress.map(one -> one.elapsed(run.plan())));
        figure("faults", progress.map(Followed.Progress::inForce));
        page.raw("</tbody>\n").close("table").close("section");
    }

    private void figure(String name, Optional<String> text) {
        String label = name.equals("losses") ? "of them" : name.equals("faults") ? "faults in force" : name;
        page.raw("<tr>")
                .element("th", label, "scope", "row")
                .element("td", text.orElse(""), "id", name)
                .close("tr");
    }

    private void verdicts(VerdictFile verdict) {
        page.element("h2", "Verdicts").open("table").head("guarantee", "verdict", "observations");
        page.raw("<tbody>\n");
        for (BriefVerdict one : verdict.guarantees()) {
            page.raw("<tr>").element("th", one.guarantee(), "scope", "row");
            page.element(
                    "td", Phrases.answer(one.answer()), "class", one.answer().word());
            page.element("td", one.counts()).close("tr");
        }
        page.raw("</tbody>\n").close("table");
        verdict.missing().forEach(missing -> page.element("p", "Missing evidence: " + missing));
        verdict.storeVersion().ifPresent(version -> page.element("p", "Version of the store: " + version));
    }

    private void commands(Plan plan) {
        List<String> lines =
                commands.of(run.name(), plan, run.isRepeatable(), !run.broken().isEmpty());
        page.element("h2", "Commands").element("p", "To be pasted into a shell; nothing is run from here.");
        page.lines(lines).raw("\n");
    }

    private void compare(List<String> others) {
        if (others.isEmpty()) {
            return;
        }
        page.open("form", "class", "filter", "action", "/" + Pages.COMPARE);
        page.raw("<label>side by side with").open("select", "name", Pages.RUN);
        others.stream().limit(MOST_OTHERS).forEach(name -> page.element("option", name, "value", name));
        page.raw("</select></label>").open("input", "type", "hidden", "name", Pages.RUN, "value", run.name());
        page.element("button", "compare").close("form");
    }

    private void plan(Plan plan) {
        page.element("h2", "Plan").open("table").raw("<tbody>\n");
        PlanFile.fields(plan).forEach(page::row);
        page.raw("</tbody>\n").close("table");
    }

    private void files() throws IOException {
        page.element("h2", "Files").open("table").head("file", "size").raw("<tbody>\n");
        for (RunFolder.Entry entry : run.folder().entries()) {
            List<String> parts = new ArrayList<>(List.of(Pages.FILE, run.name()));
            Path.of(entry.name()).forEach(part -> parts.add(part.toString()));
            page.raw("<tr><th scope=\"row\">")
                    .element("a", entry.name(), "href", Request.address(parts.toArray(String[]::new)))
                    .raw("</th>")
                    .element("td", Numbers.counted(entry.bytes(), "byte"))
                    .close("tr");
        }
        page.raw("</tbody>\n").close("table");
    }
}
