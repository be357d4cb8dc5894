package dev.umpire.harness.cli;

import dev.umpire.checkers.Guarantee;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.harness.cli.option.Candidates;
import dev.umpire.harness.cli.option.WrongUse;
import dev.umpire.harness.cli.terminal.Terminal;
import dev.umpire.harness.diff.Difference;
import dev.umpire.harness.diff.DifferenceJson;
import dev.umpire.harness.diff.MalformedSurveyException;
import dev.umpire.harness.diff.Recorded;
import dev.umpire.harness.diff.Survey;
import dev.umpire.harness.diff.Trend;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.PlanFile;
import dev.umpire.harness.report.BriefVerdict;
import dev.umpire.harness.report.SafeText;
import dev.umpire.harness.run.Judgement;
import dev.umpire.histories.History;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code umpire diff}: what differs between two runs, two histories or two surveys. */
@Command(
        name = "diff",
        description = {
            "Compare two runs, two histories or two surveys: what they were asked, which guarantees changed, latency and"
                    + " staleness, and the first event in which they differ."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Both are judged anew by the same guarantees. The exit is 1 where one is broken in B and was not in A, 3 where one"
                    + " held in A and is undecided in B, else 0: other counts, times and events are told, and fail nobody.",
            "",
            "Examples:",
            "  umpire diff runs/before runs/latest",
            "  umpire diff before.edn after.jsonl --guarantees monotonic-reads,linearizable",
            "  umpire diff survey-before.json survey.json --json"
        })
final class DiffCommand implements Callable<Integer> {
    private static final int LONGEST_FIRST_LINE = 1 << 20;

    private final Surroundings surroundings;

    @Parameters(
            index = "0",
            paramLabel = "A",
            description = "The folder of a run, a history, or what 'umpire survey --json' printed.")
    String nameOfA = "";

    @Parameters(
            index = "1",
            paramLabel = "B",
            description = "Another one of the same kind, in most cases the newer one.")
    String nameOfB = "";

    @Option(
            names = {"-g", "--guarantees"},
            paramLabel = "A,B,C",
            completionCandidates = Candidates.Guarantees.class,
            description =
                    "Guarantees to judge ('umpire list guarantees'). Default: those of the plans beside the histories,"
                            + " else all.")
    @Nullable
    String guarantees;

    @Option(
            names = "--write-order",
            paramLabel = "ORDER",
            completionCandidates = Candidates.WriteOrders.class,
            description =
                    "What is assumed of the order in which writes of one key took effect: real-time, session or none."
                            + " Default: what each plan says, else real-time.")
    @Nullable
    String writeOrder;

    @Option(names = "--json", description = "One JSON object, on one line, to standard output.")
    boolean json;

    @Option(
            names = {"-v", "--verbose"},
            description = "Stack traces of what failed.")
    boolean verbose;

    @Mixin
    SearchOptions search = new SearchOptions();

    @Mixin
    ReadingOptions reading = new ReadingOptions();

    DiffCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Terminal terminal = surroundings.terminal();
        try {
            boolean surveys = isSurvey(nameOfA);
            if (surveys != isSurvey(nameOfB)) {
                throw new WrongUse(nameOfB + ": found a " + (surveys ? "history" : "survey") + ", expected a "
                        + (surveys ? "survey" : "history") + " to compare with " + nameOfA);
            }
            return (surveys ? surveys() : histories()).code();
        } catch (WrongUse | IOException e) {
            return Failure.tell(terminal, "diff", e, verbose);
        }
    }

    /** Whether this is a file that begins as a survey does; what cannot be read is told by who reads it. */
    private boolean isSurvey(String name) {
        Path file = surroundings.directory().resolve(name);
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            String begin = new String(in.readNBytes(LONGEST_FIRST_LINE), StandardCharsets.UTF_8);
            return Survey.isOne(begin.lines().findFirst().orElse(""));
        } catch (IOException e) {
            return false;
        }
    }

    private Exit surveys() throws IOException {
        return tell(
                Difference.between(survey(nameOfA), survey(nameOfB)),
                SafeText.visible(nameOfA),
                SafeText.visible(nameOfB));
    }

    private Survey survey(String name) throws IOException, MalformedSurveyException {
        return Survey.parse(name, Files.readString(surroundings.directory().resolve(name)));
    }

    private Exit histories() throws WrongUse {
        Optional<Plan> planOfA = plan(nameOfA);
        Optional<Plan> planOfB = plan(nameOfB);
        List<Guarantee> judged = search.limited(judged(planOfA, planOfB));
        RecordedFiles files = new RecordedFiles(surroundings, verbose);
        Optional<History> a = files.read(nameOfA, reading.readOptions());
        Optional<History> b = files.read(nameOfB, reading.readOptions());
        if (a.isEmpty() || b.isEmpty()) {
            return Exit.FAILED;
        }
        Side sideA = side(planOfA, a.get(), judged);
        Side sideB = side(planOfB, b.get(), judged);
        Exit exit = tell(
                Difference.between(sideA.recorded(), sideB.recorded()),
                HistoryPage.head(a.get()),
                HistoryPage.head(b.get()));
        return exit.and(sideA.failed()).and(sideB.failed());
    }

    /**
     * A recording as it was judged.
     *
     * @param failed whether a checker failed
     */
    private record Side(Recorded recorded, Exit failed) {}

    private Side side(Optional<Plan> plan, History history, List<Guarantee> judged) throws WrongUse {
        CheckOptions options = search.in(CheckOptions.DEFAULT.with(order(plan)));
        Judgement judgement = surroundings.judge().judge(history, judged, options);
        CheckCommand.exit(judgement, surroundings.terminal(), verbose);
        List<BriefVerdict> verdicts = judgement.judged().stream()
                .map(one -> BriefVerdict.of(one.verdict()))
                .toList();
        return new Side(
                new Recorded(plan, history, verdicts, options),
                judgement.failures().isEmpty() ? Exit.HELD : Exit.FAILED);
    }

    private Optional<Plan> plan(String name) throws WrongUse {
        try {
            return PlanFile.beside(surroundings.directory().resolve(name));
        } catch (IOException e) {
            throw new WrongUse(String.valueOf(e.getMessage()));
        }
    }

    private List<Guarantee> judged(Optional<Plan> a, Optional<Plan> b) throws WrongUse {
        Set<String> names = new LinkedHashSet<>();
        if (guarantees != null) {
            names.addAll(JudgeOptions.names(guarantees));
        } else {
            a.ifPresent(plan -> names.addAll(plan.guarantees()));
            b.ifPresent(plan -> names.addAll(plan.guarantees()));
        }
        return names.isEmpty()
                ? CheckCommand.ladder(List.of())
                : names.stream().map(Guarantee::named).toList();
    }

    private WriteOrder order(Optional<Plan> plan) throws WrongUse {
        if (writeOrder != null) {
            return JudgeOptions.order(writeOrder);
        }
        return plan.isPresent() ? JudgeOptions.order(plan.get().writeOrder()) : WriteOrder.REAL_TIME;
    }

    /**
     * Tells it, and returns what it means to a script.
     *
     * @param a what A is, fit to be shown
     * @param b what B is, fit to be shown
     */
    private Exit tell(Difference difference, String a, String b) {
        Terminal terminal = surroundings.terminal();
        if (json) {
            terminal.out().println(DifferenceJson.of(nameOfA, nameOfB, difference));
        } else {
            DiffPage page = new DiffPage(terminal);
            page.side("A", a);
            page.side("B", b);
            page.present(difference);
        }
        return exit(difference.trend());
    }

    private static Exit exit(Trend trend) {
        return switch (trend) {
            case WORSE -> Exit.BROKEN;
            case LOST -> Exit.UNDECIDED;
            case BETTER, SAME -> Exit.HELD;
        };
    }
}
