package dev.umpire.harness.plan;

import dev.umpire.harness.generator.ArrivalTimes;
import dev.umpire.harness.target.FaultKind;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Everything that a run depends on. The same plan on a simulated target gives the same history, byte for byte.
 *
 * @param version of this shape; {@link #VERSION}
 * @param target the target's name
 * @param nodes how many; 1 or more
 * @param settings the target's settings as they were given, {@code configuration} and {@code defect} among them
 * @param workload what sessions ask
 * @param sessions how many; 1 or more
 * @param moveEvery a session goes to another node after this many operations; 0: never
 * @param operations end after this many operations; empty: no such end
 * @param durationMillis end after this time of the run's clock; empty: no such end
 * @param ratePerSecond operations a second over all sessions; 0: as fast as sessions are answered
 * @param load {@code closed}: a session asks again when it was answered; {@code open}: requests arrive at random at that rate
 *     (Poisson), {@code open-even} like a clock, whether or not earlier ones are answered ({@link Load})
 * @param operationTimeoutMillis an operation without an answer for this long is unknown
 * @param convergenceTimeoutMillis how long replicas may take to agree after the last heal
 * @param nemesis what strikes
 * @param guarantees names of the guarantees to judge
 * @param writeOrder name of the write order assumption under which they are judged
 * @param seed of all random numbers
 * @param failFast whether the run ends as soon as a guarantee is seen broken
 */
public record Plan(
        int version,
        String target,
        int nodes,
        Map<String, String> settings,
        WorkloadPlan workload,
        int sessions,
        int moveEvery,
        OptionalLong operations,
        OptionalLong durationMillis,
        double ratePerSecond,
        String load,
        long operationTimeoutMillis,
        long convergenceTimeoutMillis,
        NemesisPlan nemesis,
        List<String> guarantees,
        String writeOrder,
        long seed,
        boolean failFast) {

    /** The version that this program writes and reads. */
    public static final int VERSION = 1;

    public Plan {
        settings = Collections.unmodifiableMap(new TreeMap<>(settings));
        guarantees = List.copyOf(guarantees);
        require(version == VERSION, "version", version, "" + VERSION);
        require(nodes >= 1, "nodes", nodes, "1 or more");
        require(sessions >= 1, "sessions", sessions, "1 or more");
        require(moveEvery >= 0, "moveEvery", moveEvery, "0 or more");
        require(operations.orElse(1) >= 1, "operations", operations.orElse(1), "1 or more");
        require(durationMillis.orElse(1) >= 1, "durationMillis", durationMillis.orElse(1), "1 or more");
        require(operations.isPresent() || durationMillis.isPresent(), "operations", "none", "operations or a duration");
        require(ratePerSecond >= 0 && ratePerSecond < 1e9, "ratePerSecond", ratePerSecond, "0 to 1e9");
        require(
                !Load.named(load).open() || ratePerSecond > 0,
                "ratePerSecond",
                ratePerSecond,
                "more than 0 where the load is " + load);
        require(operationTimeoutMillis >= 1, "operationTimeoutMillis", operationTimeoutMillis, "1 or more");
        require(convergenceTimeoutMillis >= 1, "convergenceTimeoutMillis", convergenceTimeoutMillis, "1 or more");
    }

    /** When the requests of an open loop arrive; empty: the loop is closed. */
    public Optional<ArrivalTimes> arrivals() {
        Load kind = Load.named(load);
        return kind.open()
                ? Optional.of(new ArrivalTimes(ArrivalTimes.OF_SESSIONS, ratePerSecond, kind == Load.OPEN_EVEN))
                : Optional.empty();
    }

    /** The same with other random numbers. */
    public Plan withSeed(long other) {
        return changed().seed(other).build();
    }

    /** The same, judged by these guarantees once it is over. */
    public Plan judgedBy(List<String> names) {
        return changed().guarantees(names).failFast(false).build();
    }

    /** The same, judged by all that a promise names, under its write order. */
    public Plan judgedBy(Promises.Promise promise) {
        return changed()
                .guarantees(promise.judged())
                .writeOrder(promise.writeOrder())
                .build();
    }

    /** The same, struck by these faults at these times, in the place of what its nemesis would draw. */
    public Plan struckBy(List<Script.Strike> strikes) {
        return changed().schedule(strikes).build();
    }

    /** The same with another value of a setting. */
    public Plan withSetting(String name, String value) {
        return changed().set(name, value).build();
    }

    /** The same with other numbers of nodes and sessions. */
    public Plan with(int otherNodes, int otherSessions) {
        return changed().nodes(otherNodes).sessions(otherSessions).build();
    }

    private PlanBuilder changed() {
        return new PlanBuilder(this);
    }

    private static void require(boolean holds, String name, Object found, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(name + ": found " + found + ", expected " + expected);
        }
    }

    /**
     * What sessions ask.
     *
     * @param name of the workload: {@code register}
     * @param options by name, each with its default where it is not given
     */
    public record WorkloadPlan(String name, Map<String, String> options) {
        public WorkloadPlan {
            options = Collections.unmodifiableMap(new TreeMap<>(options));
        }
    }

    /**
     * What strikes: drawn, or by a schedule.
     *
     * @param kinds names of nemeses: {@code partition}, {@code crash}, {@code clock}; empty: none is drawn
     * @param leastGapMillis the shortest time between a heal and the next fault
     * @param mostGapMillis the longest
     * @param leastHoldMillis the shortest time that a fault is kept in force
     * @param mostHoldMillis the longest
     * @param schedule what strikes in the place of what is drawn, each with its times, which begin with the sessions, in virtual
     *     time with the run, in which the store starts first; in the order of time; empty: what {@code kinds} says
     */
    public record NemesisPlan(
            List<String> kinds,
            long leastGapMillis,
            long mostGapMillis,
            long leastHoldMillis,
            long mostHoldMillis,
            List<Script.Strike> schedule) {
        public NemesisPlan {
            kinds = List.copyOf(kinds);
            schedule = Script.ofStrikes(schedule).strikes();
            require(schedule.isEmpty() || kinds.isEmpty(), "kinds", kinds, "none beside a schedule");
            require(
                    leastGapMillis >= 0 && leastGapMillis <= mostGapMillis,
                    "leastGapMillis",
                    leastGapMillis,
                    "0 to mostGapMillis " + mostGapMillis);
            require(
                    leastHoldMillis >= 0 && leastHoldMillis <= mostHoldMillis,
                    "leastHoldMillis",
                    leastHoldMillis,
                    "0 to mostHoldMillis " + mostHoldMillis);
        }

        /** What is drawn. */
        public NemesisPlan(
                List<String> kinds,
                long leastGapMillis,
                long mostGapMillis,
                long leastHoldMillis,
                long mostHoldMillis) {
            this(kinds, leastGapMillis, mostGapMillis, leastHoldMillis, mostHoldMillis, List.of());
        }

        /** The same, in which this strikes and nothing is drawn. */
        public NemesisPlan scheduled(List<Script.Strike> strikes) {
            return new NemesisPlan(List.of(), leastGapMillis, mostGapMillis, leastHoldMillis, mostHoldMillis, strikes);
        }

        /** The kinds of the schedule, each once; none without one. */
        public List<FaultKind> scheduledKinds() {
            return schedule.stream().map(Script.Strike::kind).distinct().toList();
        }

        /** The names of what strikes, drawn or by the schedule; empty: nothing does. */
        public List<String> names() {
            return schedule.isEmpty()
                    ? kinds
                    : scheduledKinds().stream().map(FaultKind::optionName).toList();
        }
    }
}
