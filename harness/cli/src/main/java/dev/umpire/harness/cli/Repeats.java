package dev.umpire.harness.cli;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.report.Phrases;
import dev.umpire.harness.report.ci.CheckedHistory;
import dev.umpire.harness.run.Run;
import dev.umpire.harness.run.RunException;
import dev.umpire.harness.run.RunStore;
import dev.umpire.harness.survey.Repetition;
import dev.umpire.harness.survey.Repetition.Repeat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One plan several times: on a simulated store, where one seed gives one run, with the seeds that follow; on a real one with the
 * same seed, so that the same operations and faults are drawn for the same times and only the store and the machine differ.
 *
 * <p>The folder of a run in which all held is deleted once the next one is over, so that {@code latest} always points to one.
 */
final class Repeats {
    private final RunsFolder runsFolder;
    private final VerdictPage page;
    private final int times;
    private final boolean simulated;
    private final boolean remembering;
    private final List<Repeat> repeats = new ArrayList<>();
    private final List<CheckedHistory> histories = new ArrayList<>();
    private Optional<Path> held = Optional.empty();
    private Exit exit = Exit.HELD;

    /** Carries out one plan, and keeps what was said of it in its folder. */
    @FunctionalInterface
    interface Carrier {
        Carried carry(Plan plan) throws IOException, RunException;
    }

    /** A run, its folder, and what the process would end with if it were the only one. */
    record Carried(Run run, Path folder, Exit exit) {}

    /**
     * @param times how often
     * @param simulated whether the store is
     * @param remembering whether all histories are needed at the end, which takes memory
     */
    Repeats(RunsFolder runsFolder, VerdictPage page, int times, boolean simulated, boolean remembering) {
        this.runsFolder = runsFolder;
        this.page = page;
        this.times = times;
        this.simulated = simulated;
        this.remembering = remembering;
    }

    /**
     * Carries all of them out, one after another, and tells of each.
     *
     * @throws RunException if one cannot be carried out; those before it are known
     */
    void carryOut(Plan plan, Carrier carrier) throws IOException, RunException {
        for (int i = 0; i < times; i++) {
            Carried carried = carrier.carry(simulated ? plan.withSeed(plan.seed() + i) : plan);
            if (held.isPresent()) {
                RunStore.delete(held.get());
            }
            boolean last = i == times - 1;
            boolean kept = last || carried.exit() != Exit.HELD;
            held = kept ? Optional.empty() : Optional.of(carried.folder());
            add(carried, kept);
        }
    }

    private void add(Carried carried, boolean kept) {
        exit = exit.and(carried.exit());
        Run run = carried.run();
        Optional<String> folder =
                kept ? Optional.of(runsFolder.shown(carried.folder()).toString()) : Optional.empty();
        Repeat repeat = Repeat.of(run, folder);
        repeats.add(repeat);
        String name = "run " + repeats.size() + " of " + times;
        page.label(name, sentence(repeat, carried.exit()));
        if (remembering) {
            histories.add(CheckedHistory.Decided.of(
                    run.plan().target() + " seed " + run.plan().seed() + ", " + name, run));
        }
    }

    private static String sentence(Repeat repeat, Exit exit) {
        List<String> broken = repeat.with(Answer.INVALID);
        String found = exit == Exit.FAILED ? "! failed" : Phrases.answer(repeat.answer());
        return "seed " + repeat.seed() + "   " + found + (broken.isEmpty() ? "" : ": " + String.join(", ", broken))
                + repeat.folder().map(folder -> "   " + folder).orElse("");
    }

    /** What they showed so far. */
    Repetition repetition() {
        return new Repetition(times, repeats);
    }

    /** What they end with together. */
    Exit exit() {
        return exit;
    }

    /** What CI systems are told of; empty where nobody wanted it. */
    List<CheckedHistory> histories() {
        return histories;
    }
}
