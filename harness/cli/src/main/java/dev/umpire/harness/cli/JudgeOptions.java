package dev.umpire.harness.cli;

import dev.umpire.checkers.Guarantee;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.harness.cli.option.Candidates;
import dev.umpire.harness.cli.option.Names;
import dev.umpire.harness.cli.option.WrongUse;
import dev.umpire.harness.nemesis.NemesisKinds;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.Promises;
import dev.umpire.harness.target.Configuration;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Settings;
import dev.umpire.harness.target.SettingsResolver;
import dev.umpire.harness.target.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of every command that judges. */
final class JudgeOptions {

    @Option(
            names = {"-g", "--guarantees"},
            paramLabel = "A,B,C",
            completionCandidates = Candidates.Guarantees.class,
            description = {
                "Guarantees to judge, by name ('umpire list guarantees'); 'promise' is all that the promise of the"
                        + " configuration names.",
                "Default of run: what the workload shows, for register read-your-writes, monotonic-reads,"
                        + " consistent-prefix, durability, eventual, integrity, but not what no answer of the store could break, which is"
                        + " said; and what the defect is to break. Of explore"
                        + " with a defect: what that is to break. Of check: all, weakest first. Integrity is always judged."
            })
    @Nullable
    String guarantees;

    @Option(
            names = "--write-order",
            paramLabel = "ORDER",
            completionCandidates = Candidates.WriteOrders.class,
            description = {
                "What is assumed of the order in which writes of one key took effect: real-time, session or none.",
                "Default: real-time, or what the target's configuration says."
            })
    @Nullable
    String writeOrder;

    @Option(
            names = "--anomalies",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "How many anomalies of each broken guarantee to tell; all are counted, or it is said that more may be"
                            + " there. Default: 1.")
    int anomalies = 1;

    @Option(names = "--json", description = "One JSON object a history, on one line, to standard output.")
    boolean json;

    @Option(
            names = {"-v", "--verbose"},
            description = "Stack traces of what failed, and what each checker cost.")
    boolean verbose;

    /** In a list of guarantees: those of the configuration's promise. */
    private static final String PROMISE = "promise";

    /** Whether somebody asked for what a configuration promises. */
    boolean arePromised() {
        return guarantees != null && Names.split(guarantees).contains(PROMISE);
    }

    /**
     * The names as they were given or by default, those of a promise in the place of its name.
     *
     * @param promised the configuration whose promise is meant, if there is one
     * @param workload of what the promise has is judged what this one can show
     */
    List<String> guaranteeNames(Optional<Configuration> promised, String workload) throws WrongUse {
        if (guarantees == null || !arePromised()) {
            return guaranteeNames();
        }
        Configuration configuration = promised.orElseThrow(() -> new WrongUse("--guarantees: found " + PROMISE
                + " without a configuration, expected one ('umpire list targets') whose promise is meant"));
        List<String> names = new ArrayList<>();
        for (String one : Names.split(guarantees)) {
            names.addAll(one.equals(PROMISE) ? configuration.promise(workload) : List.of(one));
        }
        return names(String.join(",", names));
    }

    /**
     * The configuration whose promise is meant, if these settings name one.
     *
     * @param nemesis what strikes the run
     * @throws WrongUse if the store is otherwise than that, or struck by what its promise does not cover: nothing is promised of
     *     it then that could be held or broken
     */
    static Optional<Configuration> promised(Target target, Settings settings, Plan.NemesisPlan nemesis, int nodeCount)
            throws WrongUse {
        List<FaultKind> strikes = NemesisKinds.of(nemesis, target, settings, nodeCount);
        Optional<Configuration> configuration = SettingsResolver.configuration(target, settings);
        List<String> departures = SettingsResolver.departures(target, settings);
        if (configuration.isPresent() && !departures.isEmpty()) {
            throw new WrongUse("--guarantees: found " + PROMISE + " with " + String.join(", ", departures)
                    + ", expected the settings of " + configuration.get().name()
                    + ", for which alone something is promised, or names of guarantees");
        }
        List<String> uncovered =
                configuration.map(chosen -> chosen.uncovered(strikes)).orElse(List.of());
        if (!uncovered.isEmpty()) {
            Set<FaultKind> covered = configuration.orElseThrow().faults();
            throw new WrongUse("--guarantees: found " + PROMISE + " with the nemesis " + String.join(",", uncovered)
                    + ", expected "
                    + (covered.isEmpty()
                            ? NemesisKinds.NONE
                            : covered.stream()
                                    .sorted()
                                    .map(FaultKind::optionName)
                                    .collect(Collectors.joining(", ", "what is among ", "")))
                    + ", under which alone " + configuration.get().name()
                    + " promises something, or names of guarantees");
        }
        List<FaultKind> worse = NemesisKinds.worseThanDrawn(nemesis, target, nodeCount);
        if (configuration.isPresent() && !worse.isEmpty()) {
            throw new WrongUse("--guarantees: found " + PROMISE + " with a schedule of "
                    + worse.get(0).optionName()
                    + " worse than a nemesis draws it, expected degrees and times that one could draw, under which alone "
                    + configuration.get().name() + " promises something, or names of guarantees");
        }
        return configuration;
    }

    /** Judges what a file promises, as if it had been named. */
    void judge(Promises.Promise promise) {
        guarantees = String.join(",", promise.judged());
        if (writeOrder == null) {
            writeOrder = promise.writeOrder();
        }
    }

    /** Whether somebody said what is to be judged. */
    boolean areNamed() {
        return guarantees != null;
    }

    /** The names in a list that was typed, each as Umpire calls it. */
    static List<String> names(String typed) throws WrongUse {
        List<String> names = new ArrayList<>();
        for (String one : Names.split(typed)) {
            String name = named(one).name();
            if (!names.contains(name)) {
                names.add(name);
            }
        }
        return names;
    }

    /** The names as they were given or by default. */
    List<String> guaranteeNames() throws WrongUse {
        if (anomalies < 1) {
            throw new WrongUse("--anomalies: found " + anomalies + ", expected 1 or more");
        }
        return guarantees == null ? defaults() : names(guarantees);
    }

    /** The names of what is judged where nothing is named. */
    static List<String> defaults() {
        return Guarantee.defaults().stream().map(Guarantee::name).toList();
    }

    private static Guarantee named(String name) throws WrongUse {
        try {
            return Guarantee.named(name);
        } catch (IllegalArgumentException e) {
            throw new WrongUse(String.valueOf(e.getMessage()));
        }
    }

    /** The order that was asked for, by its name; empty if none was. */
    Optional<WriteOrder> askedWriteOrder() throws WrongUse {
        return writeOrder == null ? Optional.empty() : Optional.of(order(writeOrder));
    }

    static WriteOrder order(String name) throws WrongUse {
        for (WriteOrder order : WriteOrder.values()) {
            if (order.optionName().equals(name)) {
                return order;
            }
        }
        throw new WrongUse(Names.unknown(
                "--write-order",
                name,
                Arrays.stream(WriteOrder.values()).map(WriteOrder::optionName).toList()));
    }
}
