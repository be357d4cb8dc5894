package dev.umpire.harness.cli;

import dev.umpire.checkers.evidence.Counts;
import dev.umpire.checkers.evidence.Evidence;
import dev.umpire.checkers.lattice.Ladder;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.harness.cli.option.Span;
import dev.umpire.harness.cli.terminal.Terminal;
import dev.umpire.harness.cli.terminal.Terminal.Style;
import dev.umpire.harness.cli.terminal.TextTable;
import dev.umpire.harness.cli.terminal.TextTable.Cell;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.UsualGuarantees;
import dev.umpire.harness.report.DuringFaults;
import dev.umpire.harness.report.FaultCost;
import dev.umpire.harness.report.Figures;
import dev.umpire.harness.report.Latencies;
import dev.umpire.harness.report.Numbers;
import dev.umpire.harness.report.Phrases;
import dev.umpire.harness.report.SafeText;
import dev.umpire.harness.report.WitnessLines;
import dev.umpire.harness.run.CheckerFailure;
import dev.umpire.harness.run.Judged;
import dev.umpire.harness.survey.Repetition;
import dev.umpire.harness.target.Target;
import dev.umpire.harness.workload.Workloads;
import dev.umpire.histories.History;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Verdicts for people: the table, what was in force, and the anomalies in words. */
final class VerdictPage {
    private static final String UNDECIDED = "undecided";

    private final Terminal terminal;
    private final PrintStream stream;
    private final JudgeOptions options;

    /** @param stream standard output, or standard error where standard output is for JSON */
    VerdictPage(Terminal terminal, PrintStream stream, JudgeOptions options) {
        this.terminal = stream == terminal.out()
                ? terminal
                : new Terminal(terminal.out(), terminal.err(), false, terminal.errIsTerminal(), terminal.columns());
        this.stream = stream;
        this.options = options;
    }

    /** A line of the head: a label, and what it says. */
    void label(String label, String text) {
        stream.println(terminal.styled(Style.FAINT, pad(label)) + text);
    }

    void line(String text) {
        stream.println(text);
    }

    /** What is asked of which store, what strikes it, and what is not asked as this store could never be held to it. */
    void plan(Plan plan, Target target) {
        label("target", target.name() + " " + PlanDefaults.describe(target, plan) + " · " + plan.nodes() + " nodes");
        label(
                "workload",
                Workloads.named(plan.workload().name()).describe(plan.workload().options()) + " · "
                        + Numbers.counted(plan.sessions(), "session")
                        + (plan.moveEvery() == 0
                                ? ", each stays at its node"
                                : ", each moves to another node every " + plan.moveEvery() + " operations"));
        if (plan.arrivals().isPresent()) {
            label("load", Phrases.load(plan));
        }
        Plan.NemesisPlan nemesis = plan.nemesis();
        label(
                "nemesis",
                Phrases.nemesis(nemesis)
                        + (nemesis.kinds().isEmpty()
                                ? ""
                                : " · every "
                                        + new Span.Range(nemesis.leastGapMillis(), nemesis.mostGapMillis()).typed()
                                        + ", for "
                                        + new Span.Range(nemesis.leastHoldMillis(), nemesis.mostHoldMillis()).typed()));
        UsualGuarantees.notAsked(plan, target).forEach(sentence -> label("not asked", sentence));
    }

    void table(List<Judged> judged, List<CheckerFailure> failures) {
        TextTable table = new TextTable();
        table.row(List.of(faint("guarantee"), faint("verdict"), faint("evidence")));
        for (Judged one : judged) {
            Verdict verdict = one.verdict();
            String cost = options.verbose ? " · " + Numbers.millisOneDigit(one.elapsedNanos()) + " ms" : "";
            table.row(List.of(
                    Cell.of(verdict.guarantee()),
                    new Cell(Phrases.answer(verdict.answer()), style(verdict.answer())),
                    Cell.of(Phrases.evidence(verdict) + cost)));
        }
        for (CheckerFailure failure : failures) {
            table.row(List.of(
                    Cell.of(failure.guarantee()),
                    new Cell("! failed", Style.BAD),
                    Cell.of(SafeText.visible(failure.sentence()))));
        }
        table.lines(terminal).forEach(stream::println);
    }

    /** Where the history stands among the guarantees. */
    void ladder(Ladder ladder) {
        label("strongest that held", names(ladder.strongestHeld()));
        label("first that broke", names(ladder.firstBroken()));
        Map<String, List<Verdict>> byReason = new LinkedHashMap<>();
        for (Verdict verdict : ladder.undecided()) {
            byReason.computeIfAbsent(Phrases.evidence(verdict), unused -> new ArrayList<>())
                    .add(verdict);
        }
        String label = UNDECIDED;
        for (Map.Entry<String, List<Verdict>> one : byReason.entrySet()) {
            label(label, names(one.getValue()) + ": " + one.getKey());
            label = "";
        }
    }

    private static String names(List<Verdict> verdicts) {
        return verdicts.isEmpty()
                ? "none"
                : verdicts.stream().map(Verdict::guarantee).collect(Collectors.joining(" · "));
    }

    /** What was in force, and how much went on meanwhile. */
    void evidence(History history) {
        Evidence evidence = Evidence.of(history);
        Counts total = evidence.total();
        label(
                "operations ok",
                Numbers.grouped(total.ok()) + " (" + DuringFaults.functions(evidence.byFunction()) + "), "
                        + Numbers.grouped(total.fail()) + " failed, " + Numbers.grouped(total.info()) + " unknown");
        String labelText = "faults in force";
        for (DuringFaults fault : DuringFaults.of(evidence)) {
            label(labelText, fault.sentence());
            labelText = "";
        }
    }

    /** What the faults cost those who asked; nothing where none struck. */
    void availability(History history, List<Judged> judged) {
        List<FaultCost> costs = FaultCost.of(history, judged);
        if (costs.isEmpty()) {
            return;
        }
        TextTable table = new TextTable();
        table.row(FaultCost.HEAD.stream().map(VerdictPage::faint).toList());
        costs.forEach(cost -> table.row(cost.cells().stream().map(Cell::of).toList()));
        table.lines(terminal).forEach(stream::println);
        new TextTable()
                .row(List.of(faint(FaultCost.MEANING)))
                .linesWithin(terminal)
                .forEach(stream::println);
    }

    /** How fast it was and what that took. */
    void figures(Figures figures) {
        label("speed", figures.speed());
        label("used", figures.usage());
    }

    /** How long operations took. */
    void latencies(Latencies latencies) {
        latencies.service().ifPresent(service -> label("latency", service.sentence()));
        latencies
                .response()
                .ifPresent(response -> label("", response.sentence() + ", counted from when each was to be asked"));
        latencies.unserved().ifPresent(unserved -> label("unserved", unserved.sentence()));
    }

    /** How often each guarantee was broken, of the runs that decided, and how often it may be in truth. */
    void rates(Repetition repetition) {
        TextTable table = new TextTable();
        table.row(List.of(
                faint("guarantee"),
                faint("broken in"),
                faint("rate"),
                faint("95 % interval"),
                faint(UNDECIDED + " in")));
        for (String guarantee : repetition.guarantees()) {
            String undecided = Numbers.grouped(repetition.count(guarantee, Answer.UNKNOWN));
            repetition
                    .broken(guarantee)
                    .ifPresentOrElse(
                            broken -> table.row(
                                    guarantee,
                                    Numbers.grouped(broken.hits()) + " of " + Numbers.counted(broken.runs(), "run"),
                                    Numbers.percent(broken.share()),
                                    Numbers.percent(broken.low()) + " to " + Numbers.percent(broken.high()),
                                    undecided),
                            () -> table.row(guarantee, "0 of 0 runs", "not known", "not known", undecided));
        }
        table.lines(terminal).forEach(stream::println);
    }

    /** Each broken guarantee with its shortest anomaly. */
    void anomalies(History history, List<Verdict> verdicts) {
        WitnessLines lines = WitnessLines.of(history);
        for (Verdict verdict : verdicts) {
            if (verdict.answer() == Answer.INVALID) {
                tell(verdict, lines);
            }
        }
    }

    private void tell(Verdict verdict, WitnessLines lines) {
        int told = Math.min(options.anomalies, verdict.anomalies().size());
        for (int i = 0; i < told; i++) {
            Anomaly anomaly = verdict.anomalies().get(i);
            String which = i > 0 ? "another" : Phrases.shortest(verdict);
            stream.println();
            stream.println(terminal.styled(Style.STRONG, verdict.guarantee()) + ", " + which + " ("
                    + SafeText.visible(anomaly.kind()) + "):");
            lines.of(anomaly).forEach(line -> stream.println("  " + line));
        }
    }

    static Style style(Answer answer) {
        return switch (answer) {
            case VALID -> Style.GOOD;
            case INVALID -> Style.BAD;
            case UNKNOWN -> Style.OPEN;
        };
    }

    private static Cell faint(String text) {
        return new Cell(text, Style.FAINT);
    }

    private static String pad(String label) {
        int width = label.length() > 10 || label.isEmpty() || label.equals(UNDECIDED) ? 21 : 11;
        return label + " ".repeat(Math.max(1, width - label.length()));
    }
}
