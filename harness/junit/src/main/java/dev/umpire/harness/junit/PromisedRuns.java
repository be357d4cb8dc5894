package dev.umpire.harness.junit;

import dev.umpire.harness.junit.assertion.UmpireAssertions;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.PromiseFile;
import dev.umpire.harness.plan.Promises;
import dev.umpire.harness.plan.Promises.Promise;
import dev.umpire.harness.report.KnownAnomalies;
import dev.umpire.harness.report.SafeText;
import dev.umpire.harness.run.Promised;
import dev.umpire.harness.run.Run;
import dev.umpire.harness.target.Target;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Judges the runs of a test by a file of promises, on one day.
 *
 * @param file as it is named in messages
 * @param day on which known anomalies are borne or not
 */
record PromisedRuns(Path file, Promises promises, LocalDate day) {

    /**
     * Reads the file.
     *
     * @throws IllegalArgumentException if there is none, or if it cannot be read or understood
     */
    static PromisedRuns read(Path file, LocalDate day) {
        try {
            return new PromisedRuns(file, PromiseFile.read(file), day);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(
                    "promise: found no file " + file.toAbsolutePath()
                            + ", expected promises ('umpire survey --write-promise' begins a file of them)",
                    e);
        } catch (IOException e) {
            throw new IllegalArgumentException("promise: " + e.getMessage(), e);
        }
    }

    /**
     * The plan, judged by what is promised of its target, settings and faults, and by nothing else.
     *
     * @throws IllegalArgumentException if the file has no promise that is meant for them
     */
    Plan judging(Plan plan, Target target) {
        return plan.judgedBy(meant(plan, target));
    }

    /** The run, in whose answer only what is required on the day counts. */
    Run weighed(Run run, Target target) {
        Promise meant = meant(run.plan(), target);
        return run.requiring(meant.required(day)).promising(Promised.of(meant, file.toString()));
    }

    /** What is to be told of known anomalies, a line each. */
    List<String> known(Run run, Target target) {
        return KnownAnomalies.told(meant(run.plan(), target), run.judged(), day);
    }

    /** @throws AssertionError if the weighed run broke its promise, or did not show that it kept it */
    void requireKept(Run run, Target target) {
        try {
            UmpireAssertions.assertThat(run).held();
        } catch (AssertionError e) {
            List<String> lines = new ArrayList<>();
            lines.add("the promise "
                    + SafeText.visible(meant(run.plan(), target).name()) + " of " + file + " was not kept:");
            lines.add(String.valueOf(e.getMessage()));
            known(run, target).forEach(line -> lines.add("  known: " + line));
            throw new AssertionError(String.join("\n", lines), e);
        }
    }

    private Promise meant(Plan plan, Target target) {
        Optional<Promise> meant = Promised.meant(promises, plan, Optional.of(target));
        return meant.orElseThrow(() -> new IllegalArgumentException("promise: found none in " + file
                + " that is meant for " + Promised.sought(plan) + ", expected one; it has "
                + promises.promises().stream().map(Promise::name).toList()));
    }
}
