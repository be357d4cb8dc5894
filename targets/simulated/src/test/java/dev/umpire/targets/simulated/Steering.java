package dev.umpire.targets.simulated;

import dev.umpire.harness.explore.Explorer;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.run.Runner;
import dev.umpire.harness.survey.Trials;
import dev.umpire.harness.target.Configuration;
import dev.umpire.harness.target.Defect;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/**
 * Counts how many runs {@code explore} needs for each guarantee that a defect breaks, with and without steering, from several
 * starting seeds; a program of its own.
 */
final class Steering {
    private static final SimulatedTarget TARGET = new SimulatedTarget();
    private static final long OPERATIONS = 1_000;
    private static final long MOST_RUNS = 200;
    /** No two explorations meet the same seeds. */
    private static final long APART = 10_000;

    private Steering() {}

    /**
     * Measures and prints.
     *
     * @param arguments how many starting seeds (default: 11), then the ids of defects (default: all)
     */
    public static void main(String[] arguments) {
        int starts = arguments.length == 0 ? 11 : Integer.parseInt(arguments[0]);
        List<String> only =
                arguments.length < 2 ? List.of() : List.of(arguments).subList(1, arguments.length);
        PrintStream out = System.out;
        out.println("median and mean of the runs until the first violation, from " + starts + " starting seeds");
        for (Defect defect : TARGET.defects()) {
            if (only.isEmpty() || only.contains(defect.id())) {
                for (String guarantee : Judge.names(defect.breaks())) {
                    show(out, defect, guarantee, starts);
                }
            }
        }
    }

    private static void show(PrintStream out, Defect defect, String guarantee, int starts) {
        long[] steered = new long[starts];
        long[] unsteered = new long[starts];
        for (int i = 0; i < starts; i++) {
            Plan plan = plan(defect, guarantee, 1 + i * APART);
            steered[i] = runs(plan, true);
            unsteered[i] = runs(plan, false);
        }
        out.printf(
                "%-5s %-36s steered %s, unsteered %s%n", defect.id(), guarantee, summary(steered), summary(unsteered));
    }

    private static Plan plan(Defect defect, String guarantee, long seed) {
        Configuration configuration = Plans.configuration(defect.configuration());
        return Plans.ofLength(Trials.of(TARGET, configuration, defect, List.of(guarantee), seed), OPERATIONS);
    }

    /** How many runs it took; one more than were made where none of them broke anything. */
    private static long runs(Plan plan, boolean steered) {
        return new Explorer(plan, TARGET, Runner::simulate, steered)
                .explore(MOST_RUNS, soFar -> soFar.first().isPresent())
                .first()
                .map(first -> OptionalLong.of(first.number()))
                .orElse(OptionalLong.empty())
                .orElse(MOST_RUNS + 1);
    }

    private static String summary(long[] runs) {
        Arrays.sort(runs);
        return String.format(
                "%3d / %5.1f",
                runs[runs.length / 2], Arrays.stream(runs).average().orElse(0));
    }
}
