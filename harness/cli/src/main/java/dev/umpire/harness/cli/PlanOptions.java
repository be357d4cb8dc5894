package dev.umpire.harness.cli;

import dev.umpire.harness.cli.option.Candidates;
import dev.umpire.harness.cli.option.DistinctPairs;
import dev.umpire.harness.cli.option.Names;
import dev.umpire.harness.cli.option.Span;
import dev.umpire.harness.cli.option.WrongUse;
import dev.umpire.harness.nemesis.NemesisKinds;
import dev.umpire.harness.plan.Load;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.Plan.NemesisPlan;
import dev.umpire.harness.plan.Plan.WorkloadPlan;
import dev.umpire.harness.plan.Script;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Settings;
import dev.umpire.harness.target.SettingsResolver;
import dev.umpire.harness.target.Target;
import dev.umpire.harness.workload.Workload;
import dev.umpire.harness.workload.Workloads;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** What a run depends on, as options; every one has a default ({@link PlanDefaults}). */
final class PlanOptions {
    @Option(
            names = "--workload",
            paramLabel = "W",
            completionCandidates = Candidates.WorkloadNames.class,
            description =
                    "What sessions ask ('umpire list workloads'). Default: the first of the configuration, else the first that the target understands.")
    @Nullable
    String workload;

    @Option(
            names = "--keys",
            paramLabel = "N",
            description = "How many keys the workload uses at a time. Default: the workload's own.")
    @Nullable
    Integer keys;

    @Option(
            names = "--with",
            paramLabel = "NAME=VALUE",
            parameterConsumer = DistinctPairs.class,
            description = "An option of the workload ('umpire list workloads'); may be repeated.")
    Map<String, String> workloadOptions = new LinkedHashMap<>();

    @Option(
            names = "--nemesis",
            paramLabel = "A,B",
            completionCandidates = Candidates.Nemeses.class,
            description =
                    "What strikes, by name ('umpire list nemeses'), all or none. Default: partition on simulated targets,"
                            + " none on real ones.")
    @Nullable
    String nemesis;

    @Option(
            names = "--gap",
            paramLabel = "FROM..TO",
            converter = Span.RangeConverter.class,
            description =
                    "Time between a heal and the next fault. Default: 100ms..400ms on simulated targets, 2s..5s on real"
                            + " ones.")
    Span.@Nullable Range gap;

    @Option(
            names = "--hold",
            paramLabel = "FROM..TO",
            converter = Span.RangeConverter.class,
            description = "Time for which a fault is kept in force. Default: what the defect needs, else as --gap.")
    Span.@Nullable Range hold;

    @Option(names = "--sessions", paramLabel = "N", description = "How many sessions. Default: 8.")
    @Nullable
    Integer sessions;

    @Option(
            names = "--move-every",
            paramLabel = "N",
            description = "A session goes to another node after N operations; 0: never. Default: 20.")
    @Nullable
    Integer moveEvery;

    @ArgGroup(exclusive = true)
    @Nullable
    Length length;

    /** How long a run lasts: by one or the other. */
    static final class Length {
        @Option(
                names = "--ops",
                paramLabel = "N",
                description =
                        "End after N operations. Default on simulated targets: 20000 for one run, 1000 for one of many.")
        @Nullable
        Long operations;

        @Option(
                names = "--time",
                paramLabel = "30s",
                converter = Span.class,
                description = "End after this time of the run's clock. Default on real targets: 10s.")
        @Nullable
        Duration time;
    }

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Operations a second over all sessions; 0: as fast as sessions are answered. Default: 1000 on"
                    + " simulated targets, 0 on real ones.")
    @Nullable
    Double rate;

    @Option(
            names = "--load",
            paramLabel = "KIND",
            completionCandidates = Candidates.Loads.class,
            description =
                    "How requests come. closed: a session asks again when it was answered; open: they arrive at random"
                            + " at --rate (Poisson), whether or not earlier ones are answered; open-even: like a clock. With a rate,"
                            + " latency also counts from when a request was to be asked. Default: closed.")
    @Nullable
    String load;

    @Option(
            names = "--fail-fast",
            description = "End as soon as a guarantee is seen broken that can be judged while the run goes on:"
                    + " read-your-writes, monotonic-reads, linearizable, bounded-staleness with a bound, integrity.")
    boolean failFast;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of all random numbers. Default: 1.")
    @Nullable
    Long seed;

    @Option(names = "--nodes", paramLabel = "N", description = "How many nodes. Default: the configuration's, else 3.")
    @Nullable
    Integer nodes;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            parameterConsumer = DistinctPairs.class,
            description = "A setting of the target ('umpire list targets'); may be repeated.")
    Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--defect",
            paramLabel = "ID",
            description = "A bug that the store is told to have ('umpire list defects').")
    @Nullable
    String defect;

    @Option(
            names = "--timeout",
            paramLabel = "1s",
            converter = Span.class,
            description = "An operation without an answer for this long has an unknown outcome. Default: 1s.")
    @Nullable
    Duration timeout;

    @Option(
            names = "--converge",
            paramLabel = "30s",
            converter = Span.class,
            description = "How long replicas may take to agree after the last heal. Default: 30s.")
    @Nullable
    Duration converge;

    /** What strikes in the place of what a nemesis draws; empty: what {@code --nemesis} says. */
    List<Script.Strike> schedule = List.of();

    /** The plan that these options and the defaults make. */
    Plan plan(Target target, JudgeOptions judge) throws WrongUse {
        return plan(target, judge, PlanDefaults::of, PlanDefaults::guarantees);
    }

    /** What is not said, by the settings that are. */
    @FunctionalInterface
    private interface Defaults {
        Plan of(Target target, Map<String, String> settings);
    }

    /** What is judged where nobody says it, by the settings and the workload. */
    @FunctionalInterface
    private interface DefaultGuarantees {
        List<String> of(Target target, Map<String, String> settings, WorkloadPlan asked);
    }

    private Plan plan(Target target, JudgeOptions judge, Defaults defaults, DefaultGuarantees judged) throws WrongUse {
        Map<String, String> chosen = settings();
        try {
            Plan base = defaults.of(target, chosen);
            WorkloadPlan asked = workload(base);
            Settings resolved = SettingsResolver.resolve(target, chosen);
            int nodeCount = nodes == null ? base.nodes() : nodes;
            NemesisPlan strikes = nemesis(base, NemesisKinds.meantByAll(target, resolved, nodeCount));
            return new Plan(
                    Plan.VERSION,
                    target.name(),
                    nodeCount,
                    chosen,
                    asked,
                    sessions == null ? base.sessions() : sessions,
                    moveEvery == null ? base.moveEvery() : moveEvery,
                    operations(base),
                    duration(base),
                    rate == null ? base.ratePerSecond() : rate,
                    load(base),
                    timeout == null ? base.operationTimeoutMillis() : timeout.toMillis(),
                    converge == null ? base.convergenceTimeoutMillis() : converge.toMillis(),
                    strikes,
                    judge.areNamed()
                            ? judge.guaranteeNames(
                                    judge.arePromised()
                                            ? JudgeOptions.promised(target, resolved, strikes, nodeCount)
                                            : Optional.empty(),
                                    asked.name())
                            : judged.of(target, chosen, asked),
                    judge.askedWriteOrder().map(order -> order.optionName()).orElse(base.writeOrder()),
                    seed == null ? base.seed() : seed,
                    failFast);
        } catch (IllegalArgumentException e) {
            throw new WrongUse(PlanFields.typed(String.valueOf(e.getMessage())));
        }
    }

    /**
     * The same for one of many runs: with so many operations where nobody says how many or how long; where a defect is named, as
     * surveys try it, looking for what it is to break.
     */
    Plan planOf(Target target, JudgeOptions judge, long usualOperations) throws WrongUse {
        if (length == null) {
            Length usual = new Length();
            usual.operations = usualOperations;
            length = usual;
        }
        return plan(target, judge, PlanDefaults::ofMany, PlanDefaults::guaranteesOfMany);
    }

    private Map<String, String> settings() {
        Map<String, String> chosen = new TreeMap<>(settings);
        if (defect != null) {
            chosen.put(SettingsResolver.DEFECT, defect);
        }
        return chosen;
    }

    private WorkloadPlan workload(Plan base) throws WrongUse {
        boolean other = workload != null && !workload.equals(base.workload().name());
        Map<String, String> options =
                new TreeMap<>(other ? Map.of() : base.workload().options());
        options.putAll(workloadOptions);
        if (keys != null) {
            options.put("keys", Integer.toString(keys));
        }
        String name = workload == null ? base.workload().name() : workload;
        Names.require(
                "--workload", name, Workloads.all().stream().map(Workload::name).toList());
        return new WorkloadPlan(name, options);
    }

    private String load(Plan base) throws WrongUse {
        if (load == null) {
            return base.load();
        }
        Names.require("--load", load, Load.labels());
        double perSecond = rate == null ? base.ratePerSecond() : rate;
        if (Load.named(load).open() && perSecond == 0) {
            throw new WrongUse("--load: found " + load + " without a rate, expected --rate N, more than 0, beside it");
        }
        return load;
    }

    private OptionalLong operations(Plan base) {
        if (length == null) {
            return base.operations();
        }
        return length.operations == null ? OptionalLong.empty() : OptionalLong.of(length.operations);
    }

    private OptionalLong duration(Plan base) throws WrongUse {
        if (length == null) {
            return base.durationMillis();
        }
        if (length.time == null) {
            return OptionalLong.empty();
        }
        if (length.time.isZero()) {
            throw new WrongUse("--time: found 0, expected 1ms or more");
        }
        return OptionalLong.of(length.time.toMillis());
    }

    private NemesisPlan nemesis(Plan base, Set<FaultKind> meantByAll) throws WrongUse {
        List<String> kinds = base.nemesis().kinds();
        if (nemesis != null) {
            List<String> known =
                    NemesisKinds.all().stream().map(NemesisKinds.Listed::name).toList();
            for (String kind : Names.split(nemesis)) {
                Names.require("--nemesis", kind, known);
            }
            kinds = NemesisKinds.names(nemesis, meantByAll);
        }
        return new NemesisPlan(
                schedule.isEmpty() ? kinds : List.of(),
                gap == null ? base.nemesis().leastGapMillis() : gap.leastMillis(),
                gap == null ? base.nemesis().mostGapMillis() : gap.mostMillis(),
                hold == null ? base.nemesis().leastHoldMillis() : hold.leastMillis(),
                hold == null ? base.nemesis().mostHoldMillis() : hold.mostMillis(),
                schedule);
    }
}
