package dev.umpire.harness.plan;

import dev.umpire.harness.plan.Plan.NemesisPlan;
import dev.umpire.harness.plan.Plan.WorkloadPlan;
import dev.umpire.harness.target.Configuration;
import dev.umpire.harness.target.Settings;
import dev.umpire.harness.target.SettingsResolver;
import dev.umpire.harness.target.Target;
import dev.umpire.harness.workload.Workload;
import dev.umpire.harness.workload.Workloads;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Makes plans from what differs from the defaults. Not thread-safe.
 *
 * <p>In virtual time faults come and go within tenths of a second, so that a run of a thousand operations meets some; in
 * real time within seconds, as real replicas need that long to notice.
 */
public final class PlanBuilder {

    private static final int SESSIONS = 8;
    private static final int MOVE_EVERY = 20;
    private static final long SIMULATED_OPERATIONS = 2_000;
    private static final double SIMULATED_RATE_PER_SECOND = 1_000;
    private static final long REAL_MILLIS = 10_000;
    private static final long OPERATION_TIMEOUT_MILLIS = 1_000;
    private static final long CONVERGENCE_TIMEOUT_MILLIS = 30_000;
    private static final NemesisPlan SIMULATED_NEMESIS = new NemesisPlan(List.of(), 100, 400, 100, 400);
    private static final NemesisPlan REAL_NEMESIS = new NemesisPlan(List.of(), 2_000, 5_000, 2_000, 5_000);

    private final String target;
    private int nodes = Configuration.USUAL_NODES;
    private final Map<String, String> settings = new TreeMap<>();
    private WorkloadPlan workload = new WorkloadPlan("register", Map.of());
    private int sessions = SESSIONS;
    private int moveEvery = MOVE_EVERY;
    private OptionalLong operations;
    private OptionalLong durationMillis;
    private double ratePerSecond;
    private Load load = Load.CLOSED;
    private long operationTimeoutMillis = OPERATION_TIMEOUT_MILLIS;
    private long convergenceTimeoutMillis = CONVERGENCE_TIMEOUT_MILLIS;
    private NemesisPlan nemesis;
    private Optional<List<String>> guarantees = Optional.empty();
    /** What the plan is for, where that is known. */
    private Optional<Target> store = Optional.empty();

    private String writeOrder = "real-time";
    private long seed = 1;
    private boolean failFast;

    /** A plan that differs from another only in what it is told then. */
    PlanBuilder(Plan like) {
        target = like.target();
        nodes = like.nodes();
        settings.putAll(like.settings());
        workload = like.workload();
        sessions = like.sessions();
        moveEvery = like.moveEvery();
        operations = like.operations();
        durationMillis = like.durationMillis();
        ratePerSecond = like.ratePerSecond();
        load = Load.named(like.load());
        operationTimeoutMillis = like.operationTimeoutMillis();
        convergenceTimeoutMillis = like.convergenceTimeoutMillis();
        nemesis = like.nemesis();
        guarantees = Optional.of(like.guarantees());
        writeOrder = like.writeOrder();
        seed = like.seed();
        failFast = like.failFast();
    }

    private PlanBuilder(String target, boolean simulated) {
        this.target = target;
        this.operations = simulated ? OptionalLong.of(SIMULATED_OPERATIONS) : OptionalLong.empty();
        this.durationMillis = simulated ? OptionalLong.empty() : OptionalLong.of(REAL_MILLIS);
        this.ratePerSecond = simulated ? SIMULATED_RATE_PER_SECOND : 0;
        this.nemesis = simulated ? SIMULATED_NEMESIS : REAL_NEMESIS;
    }

    /** A plan for a target in virtual time. */
    public static PlanBuilder simulated(String target) {
        return new PlanBuilder(target, true);
    }

    /** A plan for a target in real time. */
    public static PlanBuilder real(String target) {
        return new PlanBuilder(target, false);
    }

    /**
     * The usual plan of a target with these settings; their configuration says how many nodes, which workload and which write
     * order. Without one the workload is the first that the target's clients understand.
     *
     * @throws IllegalArgumentException if the target has no such setting, value or configuration
     */
    public static PlanBuilder of(Target target, Map<String, String> settings) {
        PlanBuilder plan = new PlanBuilder(target.name(), target.simulated());
        settings.forEach(plan::set);
        plan.store = Optional.of(target);
        Settings resolved = SettingsResolver.resolve(target, settings);
        plan.workload(Workloads.usual(target.functions(resolved)).name(), Map.of());
        SettingsResolver.configuration(target, resolved)
                .ifPresent(chosen -> plan.nodes(chosen.nodes())
                        .writeOrder(chosen.writeOrder())
                        .workload(chosen.workloads().get(0), chosen.options()));
        return plan;
    }

    public PlanBuilder nodes(int count) {
        nodes = count;
        return this;
    }

    /** A setting of the target; {@code configuration} and {@code defect} too. */
    public PlanBuilder set(String name, String value) {
        settings.put(name, value);
        return this;
    }

    public PlanBuilder workload(String name, Map<String, String> options) {
        workload = new WorkloadPlan(name, options);
        return this;
    }

    public PlanBuilder sessions(int count) {
        sessions = count;
        return this;
    }

    /** Sessions move after so many operations; 0: never. */
    public PlanBuilder moveEvery(int count) {
        moveEvery = count;
        return this;
    }

    /** Ends after so many operations, whatever time that takes. */
    public PlanBuilder operations(long count) {
        operations = OptionalLong.of(count);
        durationMillis = OptionalLong.empty();
        return this;
    }

    /** Ends after this time of the run's clock, however many operations that are. */
    public PlanBuilder lasting(Duration duration) {
        operations = OptionalLong.empty();
        durationMillis = OptionalLong.of(duration.toMillis());
        return this;
    }

    /** Operations a second over all sessions; 0: as fast as sessions are answered. */
    public PlanBuilder rate(double perSecond) {
        ratePerSecond = perSecond;
        return this;
    }

    /** How requests come; all but a closed loop need a rate. */
    public PlanBuilder load(Load kind) {
        load = kind;
        return this;
    }

    public PlanBuilder operationTimeout(Duration timeout) {
        operationTimeoutMillis = timeout.toMillis();
        return this;
    }

    public PlanBuilder convergenceTimeout(Duration timeout) {
        convergenceTimeoutMillis = timeout.toMillis();
        return this;
    }

    /** What strikes: {@code "partition", "crash"}, {@code "partition:bridge"}; nothing: no fault. */
    public PlanBuilder nemesis(String... kinds) {
        nemesis = new NemesisPlan(
                List.of(kinds),
                nemesis.leastGapMillis(),
                nemesis.mostGapMillis(),
                nemesis.leastHoldMillis(),
                nemesis.mostHoldMillis());
        return this;
    }

    /** What strikes at which times from the beginning of the sessions, in the place of what a nemesis draws; nothing: no fault. */
    public PlanBuilder schedule(List<Script.Strike> strikes) {
        nemesis = nemesis.scheduled(strikes);
        return this;
    }

    /** The time between a heal and the next fault. */
    public PlanBuilder gap(Duration least, Duration most) {
        nemesis = new NemesisPlan(
                nemesis.kinds(),
                least.toMillis(),
                most.toMillis(),
                nemesis.leastHoldMillis(),
                nemesis.mostHoldMillis(),
                nemesis.schedule());
        return this;
    }

    /** The time that a fault is kept in force. */
    public PlanBuilder hold(Duration least, Duration most) {
        nemesis = new NemesisPlan(
                nemesis.kinds(),
                nemesis.leastGapMillis(),
                nemesis.mostGapMillis(),
                least.toMillis(),
                most.toMillis(),
                nemesis.schedule());
        return this;
    }

    /** What is judged; where nobody says it, what the workload can show. */
    public PlanBuilder guarantees(String... names) {
        return guarantees(List.of(names));
    }

    PlanBuilder guarantees(List<String> names) {
        guarantees = Optional.of(names);
        return this;
    }

    /** {@code real-time}, {@code session} or {@code none}. */
    public PlanBuilder writeOrder(String name) {
        writeOrder = name;
        return this;
    }

    public PlanBuilder seed(long number) {
        seed = number;
        return this;
    }

    /** Ends as soon as a guarantee is seen broken that can be judged while the run goes on. */
    public PlanBuilder failFast() {
        return failFast(true);
    }

    PlanBuilder failFast(boolean does) {
        failFast = does;
        return this;
    }

    /**
     * The plan.
     *
     * @throws IllegalArgumentException if a number is out of its range, or if nobody says what is judged and there is no workload
     *     of that name, or the target has no such setting or value
     */
    public Plan build() {
        return new Plan(
                Plan.VERSION,
                target,
                nodes,
                settings,
                workload,
                sessions,
                moveEvery,
                operations,
                durationMillis,
                ratePerSecond,
                load.label(),
                operationTimeoutMillis,
                convergenceTimeoutMillis,
                nemesis,
                guarantees.orElseGet(this::usual),
                writeOrder,
                seed,
                failFast);
    }

    private List<String> usual() {
        Workload asking = Workloads.named(workload.name());
        return store.map(target -> UsualGuarantees.of(
                                target, SettingsResolver.resolve(target, settings), asking, workload.options())
                        .judged())
                .orElseGet(asking::shows);
    }
}
