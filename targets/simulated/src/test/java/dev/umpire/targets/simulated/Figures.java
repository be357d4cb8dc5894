package dev.umpire.targets.simulated;

import com.sun.management.OperatingSystemMXBean;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.PlanBuilder;
import dev.umpire.harness.plan.Script;
import dev.umpire.harness.run.RunListener;
import dev.umpire.harness.run.Runner;
import dev.umpire.harness.target.Configuration;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.NodeLogs;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Measures how fast the simulation is; a program of its own. Each figure is the best of several rounds, by the time that all
 * threads of the process spent on a core, the collector's and the compiler's among them: other work on the machine changes that
 * less than the time that passes.
 */
final class Figures {
    private static final long OPERATIONS = 50_000;
    private static final int SEEDS = 100;
    private static final List<String> USUAL = List.of("linearizable", "durability", "eventual");

    private final OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final SimulatedTarget target = new SimulatedTarget();
    private final PrintStream out;
    private final int rounds;

    private Figures(PrintStream out, int rounds) {
        this.out = out;
        this.rounds = rounds;
    }

    /**
     * Measures and prints.
     *
     * @param arguments how many rounds (default: 5), then which parts: {@code ways}, {@code nodes}, {@code sessions}, {@code seeds}
     */
    public static void main(String[] arguments) throws Exception {
        Figures figures = new Figures(System.out, arguments.length == 0 ? 5 : Integer.parseInt(arguments[0]));
        List<String> parts = arguments.length < 2
                ? List.of("ways", "nodes", "sessions", "seeds")
                : List.of(arguments).subList(1, arguments.length);
        for (String part : parts) {
            switch (part) {
                case "ways" -> figures.ways();
                case "nodes" -> figures.nodes();
                case "sessions" -> figures.sessions();
                case "seeds" -> figures.seeds();
                default -> throw new IllegalArgumentException("part: found " + part);
            }
        }
    }

    /** Something to measure: a number of things done. */
    @FunctionalInterface
    private interface Measured {
        void doAll() throws Exception;
    }

    private void ways() throws Exception {
        for (String configuration : List.of("sl-any", "sl-leader", "sl-sync", "ll-abd", "ml-siblings")) {
            Plan plan = plan(configuration, 5, 32, List.of());
            show(configuration + ", 5 nodes, 32 sessions, in memory", OPERATIONS, () -> simulateOnly(plan));
        }
        Plan plan = plan("sl-leader", 5, 32, List.of());
        show("sl-leader, 5 nodes, 32 sessions, to files", OPERATIONS, () -> toFiles(plan));
        Plan judged = plan("sl-leader", 5, 32, USUAL);
        show("sl-leader, 5 nodes, 32 sessions, judged", OPERATIONS, () -> Runner.simulate(judged, target));
    }

    private void nodes() throws Exception {
        for (int count : new int[] {3, 5, 9, 15}) {
            Plan plan = plan("sl-leader", count, 32, List.of());
            show("sl-leader, " + count + " nodes, 32 sessions, in memory", OPERATIONS, () -> simulateOnly(plan));
        }
    }

    private void sessions() throws Exception {
        for (int count : new int[] {8, 32, 128, 512}) {
            Plan plan = plan("sl-leader", 5, count, List.of());
            show("sl-leader, 5 nodes, " + count + " sessions, in memory", OPERATIONS, () -> simulateOnly(plan));
        }
    }

    /** As {@code explore} makes them, on one thread: simulated under all faults and judged. */
    private void seeds() throws Exception {
        for (String name : List.of("sl-leader", "sl-any", "ll-quorum", "ml-siblings")) {
            Configuration configuration = Plans.configuration(name);
            Plan plan = PlanBuilder.simulated(target.name())
                    .set("configuration", name)
                    .nodes(configuration.nodes())
                    .workload("register", configuration.options())
                    .operations(1_000)
                    .nemesis(configuration.faults().stream()
                            .sorted()
                            .map(kind -> kind.optionName())
                            .toArray(String[]::new))
                    .guarantees(configuration.promise().toArray(String[]::new))
                    .writeOrder(configuration.writeOrder())
                    .build();
            show("seeds of 1,000 operations, " + name + ", all faults, promise judged", SEEDS, () -> {
                for (int seed = 1; seed <= SEEDS; seed++) {
                    Runner.simulate(plan.withSeed(seed), target);
                }
            });
        }
    }

    private Plan plan(String configuration, int nodes, int sessions, List<String> guarantees) {
        return PlanBuilder.simulated(target.name())
                .set("configuration", configuration)
                .nodes(nodes)
                .sessions(sessions)
                .workload("register", Map.of("snapshot-percent", "0"))
                .operations(OPERATIONS)
                .rate(0)
                .nemesis()
                .guarantees(guarantees.toArray(String[]::new))
                .build();
    }

    /** Ends when the last event is in memory, before anything is judged. */
    private void simulateOnly(Plan plan) throws Exception {
        RunListener ending = new RunListener() {
            @Override
            public void scheduled(Script script) {
                throw new Simulated();
            }
        };
        try {
            Runner.simulate(plan, Optional.empty(), target, ending, new Forgotten());
        } catch (Simulated end) {
            return;
        }
        throw new IllegalStateException("found a run that was judged, expected it to end before");
    }

    private static final class Forgotten implements NodeLogs {
        @Override
        public void append(Node node, String line) {}

        @Override
        public Path file(Node node) {
            throw new IllegalStateException("log of " + node + ": this run is in memory");
        }
    }

    private static final class Simulated extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private void toFiles(Plan plan) throws Exception {
        Path folder = Files.createTempDirectory("umpire-figures");
        try {
            Runner.run(plan, target, RunListener.SILENT, folder);
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    private void show(String what, long things, Measured measured) throws Exception {
        long leastCoreNanos = Long.MAX_VALUE;
        long leastNanos = Long.MAX_VALUE;
        for (int round = 0; round < rounds; round++) {
            long began = System.nanoTime();
            long coreBegan = process.getProcessCpuTime();
            measured.doAll();
            leastCoreNanos = Math.min(leastCoreNanos, process.getProcessCpuTime() - coreBegan);
            leastNanos = Math.min(leastNanos, System.nanoTime() - began);
        }
        out.printf(
                "%-64s %,9.0f a second of a core, %,9.0f a second%n",
                what, things * 1e9 / leastCoreNanos, things * 1e9 / leastNanos);
    }
}
