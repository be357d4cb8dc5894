package dev.umpire.harness.cli;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.harness.cli.option.Names;
import dev.umpire.harness.cli.option.WrongUse;
import dev.umpire.harness.plan.MalformedPlanException;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.PlanFile;
import dev.umpire.harness.plan.PromiseFile;
import dev.umpire.harness.plan.Promises;
import dev.umpire.harness.plan.Promises.Promise;
import dev.umpire.harness.report.KnownAnomalies;
import dev.umpire.harness.report.SafeText;
import dev.umpire.harness.run.Judged;
import dev.umpire.harness.run.Judgement;
import dev.umpire.harness.run.Promised;
import dev.umpire.harness.target.Target;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of the commands that judge by a file of promises. */
final class PromiseOptions {

    @Option(
            names = "--promise",
            paramLabel = "FILE",
            description = {
                "Judge by a file of promises, umpire.promise.json ('umpire survey --write-promise' begins one): what it names"
                        + " must hold, but for known anomalies, each borne with a reason until a day."
            })
    @Nullable
    private String file;

    @Option(
            names = "--promised",
            paramLabel = "NAME",
            description = "The promise of that file that is meant, whatever the run was. Default: by target, settings,"
                    + " workload and nemesis.")
    @Nullable
    private String name;

    /** Whether a file of promises is to judge. */
    boolean isAsked() throws WrongUse {
        if (file == null && name != null) {
            throw new WrongUse("--promised: found " + name + " without a file, expected --promise FILE beside it");
        }
        return file != null;
    }

    /** The options as they are typed, with a blank before each; empty where they are not given. */
    String typed() {
        return (file == null ? "" : " --promise " + PlanDefaults.quoted(file))
                + (name == null ? "" : " --promised " + PlanDefaults.quoted(name));
    }

    /** The file, as it was named. */
    String file() {
        return String.valueOf(file);
    }

    /** What the file says. */
    Promises read(Surroundings surroundings) throws WrongUse {
        try {
            return PromiseFile.read(surroundings.directory().resolve(file()));
        } catch (MalformedPlanException e) {
            throw new WrongUse(String.valueOf(e.getMessage()));
        } catch (NoSuchFileException e) {
            throw new WrongUse("--promise: found no file " + file + ", expected promises");
        } catch (IOException e) {
            throw new WrongUse("--promise: " + file + " cannot be read: " + e.getMessage());
        }
    }

    /**
     * The promise for a run.
     *
     * @param target of the run; empty: it is not known
     */
    Promise of(Promises promises, Plan plan, Optional<Target> target) throws WrongUse {
        try {
            return chosen(promises, Promised.meant(promises, plan, target), Promised.sought(plan));
        } catch (IllegalArgumentException e) {
            throw new WrongUse(String.valueOf(e.getMessage()));
        }
    }

    /**
     * The promise for a history, by the plan beside it if there is one.
     *
     * @param loader where the target of that plan is looked for
     */
    Promise of(Promises promises, String history, Surroundings surroundings, ClassLoader loader) throws WrongUse {
        Optional<Plan> plan;
        try {
            plan = PlanFile.beside(surroundings.directory().resolve(history));
        } catch (IOException e) {
            throw new WrongUse(String.valueOf(e.getMessage()));
        }
        return plan.isPresent()
                ? of(
                        promises,
                        plan.get(),
                        surroundings.targets().apply(loader).stream()
                                .filter(one -> one.name().equals(plan.get().target()))
                                .findFirst())
                : chosen(promises, promises.ofAnything(), history + ", beside which no plan stands");
    }

    private Promise chosen(Promises promises, Optional<Promise> meant, String what) throws WrongUse {
        List<String> names = promises.promises().stream().map(Promise::name).toList();
        if (name != null) {
            Names.require("--promised", name, names);
            return promises.named(name).orElseThrow();
        }
        return meant.orElseThrow(() -> new WrongUse("--promise: found none in " + file + " that is meant for " + what
                + ", expected one, or --promised with one of " + String.join(", ", names)));
    }

    /** A judgement weighed by what was promised. */
    WayOfJudging.Outcome outcome(Promise meant, Judgement judgement, LocalDate day) {
        Judgement counted = judgement.requiring(meant.required(day));
        List<WayOfJudging.Remark> remarks = new ArrayList<>();
        remarks.add(
                new WayOfJudging.Remark("promise", SafeText.visible(meant.name()) + " of " + SafeText.visible(file())));
        KnownAnomalies.told(meant, counted.judged(), day)
                .forEach(line -> remarks.add(new WayOfJudging.Remark("known", line)));
        return new WayOfJudging.Outcome(
                counted,
                Optional.empty(),
                remarks,
                exit -> exit(exit, meant, counted.judged(), day),
                Optional.of(Promised.of(meant, file())));
    }

    /** The exit where known anomalies are all that is promised: that something was judged is then enough. */
    static Exit exit(Exit exit, Promise promise, List<Judged> judged, LocalDate day) {
        boolean anyDecided = judged.stream().anyMatch(one -> one.verdict().answer() != Answer.UNKNOWN);
        return exit == Exit.UNDECIDED && promise.required(day).isEmpty() && anyDecided ? Exit.HELD : exit;
    }
}
