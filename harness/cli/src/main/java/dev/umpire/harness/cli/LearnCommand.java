package dev.umpire.harness.cli;

import dev.umpire.harness.cli.option.Names;
import dev.umpire.harness.cli.option.Span;
import dev.umpire.harness.cli.option.WrongUse;
import dev.umpire.harness.cli.terminal.Terminal;
import dev.umpire.harness.cli.terminal.TextTable;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.PlanBuilder;
import dev.umpire.harness.report.Numbers;
import dev.umpire.harness.run.RunException;
import dev.umpire.harness.survey.BaseballTable;
import dev.umpire.harness.target.Settings;
import dev.umpire.harness.target.SettingsResolver;
import dev.umpire.harness.target.Target;
import dev.umpire.harness.workload.Baseball.Participant;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
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
        footer = {
            "",
            "Of a figure the exit is that of its command: 1, where the guarantee is broken, as it is meant to be.",
            "",
            "Examples:",
            "  umpire learn",
            "  umpire learn 5-3",
            "  umpire learn baseball --seeds 20"
        })
final class LearnCommand implements Callable<Integer> {
    private static final String TOUR = "tour";
    private static final String BASEBALL = "baseball";
    private static final String SIMULATED = "simulated";
    private static final long BASEBALL_OPERATIONS = 4_000;
    private static final int USUAL_SEEDS = 10;
    private static final String BOOK =
            "Figures of M. Kleppmann, Designing Data-Intensive Applications, 2017, chapter 5; './umpire learn 5-3' tells the first"
                    + " and obeys its command";
    private static final String STORES =
            "Each column is counted at a store that keeps what its title says, and what stands here beside that:";

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
                    "slow"),
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

    /** How old what the sportswriter is told may be: that long {@code sl-own-to-leader} lets a session read what is old. */
    private static final Duration STALENESS = Duration.ofMillis(300);

    private static final String BOUNDED_STALENESS = "bounded-staleness:" + Span.typed(STALENESS.toMillis());

    /**
     * A guarantee, and the store that is asked to show what it is worth.
     *
     * @param setting {@link SettingsResolver#CONFIGURATION} or {@link SettingsResolver#DEFECT}
     * @param value of the setting
     */
    private record Column(String guarantee, String setting, String value) {

        /** The store's name, and what is kept there: it may be more than the guarantee. */
        String[] store(Target target) {
            Settings settings = SettingsResolver.resolve(target, Map.of(setting, value));
            String configuration = settings.get(SettingsResolver.CONFIGURATION);
            return SettingsResolver.defect(target, settings)
                    .map(defect -> new String[] {configuration + " with the defect " + value, texts(defect.keeps())})
                    .orElseGet(() -> new String[] {
                        configuration,
                        texts(SettingsResolver.configuration(target, configuration)
                                .promise())
                    });
        }

        private String texts(List<String> kept) {
            return (guarantee.equals(BOUNDED_STALENESS) ? guarantee + ", " : "") + String.join(", ", kept);
        }
    }

    /** The strongest guarantee first. */
    private static final List<Column> COLUMNS = List.of(
            new Column("linearizable", SettingsResolver.CONFIGURATION, "sl-leader"),
            new Column(BOUNDED_STALENESS, SettingsResolver.CONFIGURATION, "sl-own-to-leader"),
            new Column("read-your-writes", SettingsResolver.CONFIGURATION, "sl-token"),
            new Column("monotonic-reads", SettingsResolver.CONFIGURATION, "sl-sticky"),
            new Column("consistent-prefix", SettingsResolver.CONFIGURATION, "sl-any"),
            new Column("eventual", SettingsResolver.DEFECT, "SL9"));

    private final Surroundings surroundings;

    @Parameters(
            paramLabel = "WHAT",
            arity = "0..1",
            description =
                    "tour: the anomalies and their commands; 5-3 or another figure of the tour: its story, and its"
                            + " command obeyed; baseball: how often each participant of a baseball"
                            + " game is told something wrong, under each guarantee. Default: tour.")
    @Nullable
    String what;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            description = "How many runs are counted for each column of the baseball table. Default: 10.")
    @Nullable
    Integer seeds;

    LearnCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Terminal terminal = surroundings.terminal();
        try {
            String chosen = what == null ? TOUR : what;
            Names.require("WHAT", chosen, known());
            if (seeds != null && (seeds < 1 || !chosen.equals(BASEBALL))) {
                throw new WrongUse(
                        "--seeds: found " + seeds + " for " + chosen + ", expected 1 or more for " + BASEBALL);
            }
            if (chosen.equals(TOUR)) {
                print(BOOK, tour(), terminal);
            } else if (!chosen.equals(BASEBALL)) {
                return obey(figure(chosen));
            } else {
                Target target = new Targets().named(SIMULATED, surroundings);
                print(paper(), baseball(target), terminal);
                terminal.out().println();
                print(STORES, stores(target), terminal);
            }
            return Exit.HELD.code();
        } catch (WrongUse | RunException | IllegalArgumentException e) {
            return Failure.tell(terminal, "learn", e, false);
        }
    }

    private static List<String> known() {
        List<String> known = new ArrayList<>(List.of(TOUR, BASEBALL));
        LESSONS.forEach(lesson -> known.add(lesson.figure()));
        return known;
    }

    private static Lesson figure(String number) {
        return LESSONS.stream()
                .filter(lesson -> lesson.figure().equals(number))
                .findFirst()
                .orElseThrow();
    }

    private int seeds() {
        return seeds == null ? USUAL_SEEDS : seeds;
    }

    /** Tells the story and does what the tour says to type. */
    private int obey(Lesson lesson) {
        PrintStream out = surroundings.terminal().out();
        out.println("figure     " + lesson.figure() + ": " + lesson.story());
        out.println("breaks     " + lesson.breaks());
        out.println("command    " + lesson.typed());
        out.println();
        return Umpire.run(lesson.command().toArray(String[]::new), surroundings);
    }

    private static void print(String title, TextTable table, Terminal terminal) {
        terminal.out().println(title);
        terminal.out().println();
        table.lines(terminal).forEach(terminal.out()::println);
    }

    private String paper() {
        return "Of 100 reads that each was answered, how many were wrong for him: "
                + Numbers.counted(seeds(), "run") + " of " + Numbers.counted(BASEBALL_OPERATIONS, "operation")
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

    private static TextTable stores(Target target) {
        TextTable table = new TextTable().row("column", "store", "keeps");
        for (Column column : COLUMNS) {
            String[] store = column.store(target);
            table.row(column.guarantee(), store[0], store[1]);
        }
        return table;
    }

    private TextTable baseball(Target target) throws RunException {
        List<BaseballTable> counted = new ArrayList<>();
        for (Column column : COLUMNS) {
            BaseballTable table = new BaseballTable(STALENESS);
            for (long seed = 1; seed <= seeds(); seed++) {
                table.add(surroundings.simulator().simulate(plan(target, column, seed), target));
            }
            counted.add(table);
        }
        List<String> head = new ArrayList<>(List.of("wrong for", ""));
        COLUMNS.forEach(column -> head.add(column.guarantee()));
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

    private static Plan plan(Target target, Column column, long seed) {
        return PlanBuilder.simulated(target.name())
                .set(column.setting(), column.value())
                .workload(BASEBALL, Map.of())
                .operations(BASEBALL_OPERATIONS)
                .rate(1_000)
                .nemesis("partition")
                .gap(Duration.ofMillis(100), Duration.ofMillis(400))
                .hold(Duration.ofMillis(300), Duration.ofMillis(1_200))
                .guarantees("integrity")
                .seed(seed)
                .build();
    }

    /** What the paper says that he needs. */
    private static String needs(Participant participant) {
        return switch (participant) {
            case SCOREKEEPER -> "read-your-writes";
            case UMPIRE -> "linearizable";
            case RADIO_REPORTER -> "consistent-prefix and monotonic-reads";
            case SPORTSWRITER -> BOUNDED_STALENESS;
            case STATISTICIAN -> "linearizable, read-your-writes";
            case STAT_WATCHER -> "eventual";
        };
    }
}
