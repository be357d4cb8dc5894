package dev.umpire.harness.cli;

import dev.umpire.harness.cli.option.Names;
import dev.umpire.harness.cli.option.WrongUse;
import dev.umpire.harness.cli.terminal.Terminal;
import dev.umpire.harness.cli.terminal.TextTable;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.PlanBuilder;
import dev.umpire.harness.report.Numbers;
import dev.umpire.harness.run.RunException;
import dev.umpire.harness.survey.BaseballTable;
import dev.umpire.harness.target.SettingsResolver;
import dev.umpire.harness.target.Target;
import dev.umpire.harness.workload.Baseball.Participant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code umpire learn}: the anomalies of the book, each by one command, and the baseball table, measured. */
@Command(
        name = "learn",
        description = "Show what the guarantees are worth: anomalies of the literature, each by one command.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {"", "Examples:", "  umpire learn", "  umpire learn baseball --seeds 20"})
final class LearnCommand implements Callable<Integer> {
    private static final String TOUR = "tour";
    private static final String BASEBALL = "baseball";
    private static final String SIMULATED = "simulated";
    private static final long BASEBALL_OPERATIONS = 4_000;
    private static final String BOOK =
            "Figures of M. Kleppmann, Designing Data-Intensive Applications, 2017, chapter 5";

    /** One anomaly of "Designing Data-Intensive Applications", chapter 5, and the command that brings it out. */
    record Lesson(String figure, String story, String breaks, List<String> command) {
        String typed() {
            return "./umpire " + String.join(" ", command);
        }
    }

    static final List<Lesson> LESSONS = List.of(
            lesson(
                    "5-3",
                    "one edits a profile, reloads, and the edit is gone",
                    "read-your-writes",
                    "SL1",
                    "profile",
                    "partition"),
            lesson(
                    "5-4",
                    "one reloads a thread, and a comment is gone again",
                    "monotonic-reads",
                    "SL2",
                    "comments",
                    "partition"),
            lesson(
                    "5-5",
                    "an observer hears the answer before the question",
                    "consistent-prefix",
                    "PL1",
                    "dialogue",
                    "all"),
            lesson(
                    "5-9",
                    "an answer overtakes the question on its way to a leader",
                    "causal",
                    "ML2",
                    "dialogue",
                    "partition"),
            lesson(
                    "5-12",
                    "nodes keep whichever of two writes came last to them",
                    "eventual",
                    "ML5",
                    "register",
                    "partition"),
            lesson("5-13", "what was taken out of a shared cart lies in it again", "durability", "LL7", "cart", "all"));

    private static Lesson lesson(
            String figure, String story, String breaks, String defect, String workload, String nemesis) {
        return new Lesson(
                figure,
                story,
                breaks,
                List.of(
                        "run",
                        SIMULATED,
                        "--defect",
                        defect,
                        "--workload",
                        workload,
                        "--nemesis",
                        nemesis,
                        "--guarantees",
                        breaks));
    }

    /** Stores that promise one guarantee after the other, the strongest first. */
    private static final Map<String, Map<String, String>> COLUMNS = columns();

    private static Map<String, Map<String, String>> columns() {
        Map<String, Map<String, String>> columns = new LinkedHashMap<>();
        columns.put("linearizable", Map.of(SettingsResolver.CONFIGURATION, "sl-leader"));
        columns.put("bounded-staleness", Map.of(SettingsResolver.CONFIGURATION, "sl-own-to-leader"));
        columns.put("read-your-writes", Map.of(SettingsResolver.CONFIGURATION, "sl-token"));
        columns.put("monotonic-reads", Map.of(SettingsResolver.CONFIGURATION, "sl-sticky"));
        columns.put("consistent-prefix", Map.of(SettingsResolver.CONFIGURATION, "sl-any"));
        columns.put("eventual", Map.of(SettingsResolver.DEFECT, "SL9"));
        return columns;
    }

    private final Surroundings surroundings;

    @Parameters(
            paramLabel = "WHAT",
            arity = "0..1",
            description = "tour: the anomalies and their commands; baseball: how often each participant of a baseball"
                    + " game is told something wrong, under each guarantee. Default: tour.")
    @Nullable
    String what;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "10",
            description = "How many runs are counted for each column of the baseball table. Default: 10.")
    int seeds = 10;

    LearnCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Terminal terminal = surroundings.terminal();
        try {
            String chosen = what == null ? TOUR : what;
            Names.require("WHAT", chosen, List.of(TOUR, BASEBALL));
            if (seeds < 1) {
                throw new WrongUse("--seeds: found " + seeds + ", expected 1 or more");
            }
            boolean isTour = chosen.equals(TOUR);
            TextTable table = isTour ? tour() : baseball();
            terminal.out().println(isTour ? BOOK : paper());
            terminal.out().println();
            table.lines(terminal).forEach(terminal.out()::println);
            return Exit.HELD.code();
        } catch (WrongUse | RunException | IllegalArgumentException e) {
            return Failure.tell(terminal, "learn", e, false);
        }
    }

    private String paper() {
        return "Of 100 reads that each was answered, how many were wrong for him: "
                + Numbers.counted(seeds, "run") + " of " + Numbers.counted(BASEBALL_OPERATIONS, "operation")
                + " a column, under partitions. Who needs what is of D. Terry, Replicated Data Consistency Explained"
                + " Through Baseball, CACM 56(12), 2013.";
    }

    private static TextTable tour() {
        TextTable table = new TextTable().row("figure", "what happens", "breaks", "command");
        for (Lesson lesson : LESSONS) {
            table.row(lesson.figure(), lesson.story(), lesson.breaks(), lesson.typed());
        }
        return table.row("", "who needs which guarantee (CACM 2013)", "", "./umpire learn baseball");
    }

    private TextTable baseball() throws WrongUse, RunException {
        Target target = new Targets().named(SIMULATED, surroundings);
        List<BaseballTable> counted = new ArrayList<>();
        for (Map<String, String> settings : COLUMNS.values()) {
            BaseballTable table = new BaseballTable();
            for (long seed = 1; seed <= seeds; seed++) {
                table.add(surroundings.simulator().simulate(plan(target, settings, seed), target));
            }
            counted.add(table);
        }
        List<String> head = new ArrayList<>(List.of("wrong for", ""));
        head.addAll(COLUMNS.keySet());
        TextTable table = new TextTable().row(head.toArray(String[]::new));
        for (Participant participant : Participant.values()) {
            List<String> row = new ArrayList<>();
            row.add(participant.name().toLowerCase(Locale.ROOT).replace('_', ' '));
            row.add("needs " + needs(participant));
            for (BaseballTable column : counted) {
                row.add(String.format(
                        Locale.ROOT, "%.1f %%", column.of(participant).percent()));
            }
            table.row(row.toArray(String[]::new));
        }
        return table;
    }

    private static Plan plan(Target target, Map<String, String> settings, long seed) {
        PlanBuilder plan = PlanBuilder.simulated(target.name())
                .workload(BASEBALL, Map.of())
                .operations(BASEBALL_OPERATIONS)
                .rate(1_000)
                .nemesis("partition")
                .gap(Duration.ofMillis(100), Duration.ofMillis(400))
                .hold(Duration.ofMillis(300), Duration.ofMillis(1_200))
                .guarantees("integrity")
                .seed(seed);
        settings.forEach(plan::set);
        return plan.build();
    }

    /** What the paper says that he needs. */
    private static String needs(Participant participant) {
        return switch (participant) {
            case SCOREKEEPER -> "read-your-writes";
            case UMPIRE -> "linearizable";
            case RADIO_REPORTER -> "consistent-prefix and monotonic-reads";
            case SPORTSWRITER -> "bounded-staleness";
            case STATISTICIAN -> "linearizable, read-your-writes";
            case STAT_WATCHER -> "eventual";
        };
    }
}
