package dev.umpire.harness.junit.assertion;

import dev.umpire.checkers.Guarantee;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.harness.nemesis.NemesisKinds;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.report.SafeText;
import dev.umpire.harness.run.CheckerFailure;
import dev.umpire.harness.run.Judged;
import dev.umpire.harness.run.Run;
import dev.umpire.harness.target.Configuration;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Settings;
import dev.umpire.harness.target.SettingsResolver;
import dev.umpire.harness.target.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.assertj.core.api.AbstractAssert;

/**
 * What can be said of a run. A run that lacks evidence (a fault that never took hold, no write acknowledged) fails every
 * sentence that says that something held.
 */
public class RunAssert extends AbstractAssert<RunAssert, Run> {

    /** Use {@link UmpireAssertions#assertThat(Run)}. */
    public RunAssert(Run actual) {
        super(actual, RunAssert.class);
    }

    /** Whatever the plan asked to judge held, and integrity was not seen broken; what is only told does not count. */
    public RunAssert held() {
        isNotNull();
        List<String> lines = new ArrayList<>();
        for (Judged judged : actual.judged()) {
            if (judged.counts() && judged.verdict().answer() != Answer.VALID) {
                lines.addAll(Telling.notHeld(actual.history(), judged.verdict()));
            }
        }
        return failing(lines);
    }

    /** Each of these guarantees held, under the write order of the plan. */
    public RunAssert satisfies(Guarantee first, Guarantee... more) {
        isNotNull();
        List<Guarantee> all = new ArrayList<>(List.of(first));
        all.addAll(Arrays.asList(more));
        return failing(broken(all, actual.plan().writeOrder()));
    }

    /**
     * Everything that the configuration of the run promises was kept. The configuration is the one that the plan's settings
     * name, of the target that is found on the class path.
     */
    public RunAssert keptItsPromise() {
        isNotNull();
        Plan plan = actual.plan();
        Optional<Target> target = target();
        Optional<Settings> settings = target.map(one -> SettingsResolver.resolve(one, plan.settings()));
        Optional<Configuration> promised =
                target.flatMap(one -> SettingsResolver.configuration(one, settings.orElseThrow()));
        if (promised.isEmpty()) {
            failWithMessage(
                    "%s",
                    "nothing is promised: found a run of " + plan.target() + " "
                            + (target.isEmpty()
                                    ? "that is no service of the class path"
                                    : "with the settings " + plan.settings())
                            + ", expected one with the setting configuration, or keptThePromiseOf(configuration)");
            return this;
        }
        List<String> departures = SettingsResolver.departures(target.orElseThrow(), settings.orElseThrow());
        if (!departures.isEmpty()) {
            failWithMessage(
                    "%s",
                    "the promise of " + promised.get().name() + " does not cover " + String.join(", ", departures)
                            + ", with which the store was run");
        }
        return kept(promised.get(), target);
    }

    /** That of the run, where it is found on the class path. */
    private Optional<Target> target() {
        return ServiceLoader.load(Target.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(one -> one.name().equals(actual.plan().target()))
                .findFirst();
    }

    /** Everything that this configuration promises was kept. */
    public RunAssert keptThePromiseOf(Configuration configuration) {
        isNotNull();
        return kept(configuration, target());
    }

    private RunAssert kept(Configuration configuration, Optional<Target> found) {
        List<String> lines = new ArrayList<>();
        List<String> uncovered = actual.plan().nemesis().names().stream()
                .filter(name -> !configuration
                        .uncovered(NemesisKinds.parse(name, configuration.faults()))
                        .isEmpty())
                .toList();
        if (!uncovered.isEmpty()) {
            lines.add("the promise of " + configuration.name() + " does not cover " + String.join(", ", uncovered)
                    + ", by which the run was struck");
        }
        Plan plan = actual.plan();
        List<String> worse = found.stream()
                .flatMap(target -> NemesisKinds.worseThanDrawn(plan.nemesis(), target, plan.nodes()).stream())
                .map(FaultKind::optionName)
                .toList();
        if (!worse.isEmpty()) {
            lines.add("the promise of " + configuration.name() + " does not cover " + String.join(", ", worse)
                    + " worse than a nemesis draws it, as in the schedule of the run");
        }
        lines.addAll(
                broken(configuration.promise().stream().map(Guarantee::named).toList(), configuration.writeOrder()));
        return failing(lines);
    }

    /** Sentences about the history of this run. */
    public HistoryAssert history() {
        isNotNull();
        return new HistoryAssert(actual.history());
    }

    private List<String> broken(List<Guarantee> guarantees, String writeOrder) {
        CheckOptions options = CheckOptions.DEFAULT.with(Arrays.stream(WriteOrder.values())
                .filter(order -> order.optionName().equals(writeOrder))
                .findFirst()
                .orElse(WriteOrder.NONE));
        List<String> lines = new ArrayList<>();
        for (Guarantee guarantee : guarantees) {
            Verdict verdict = guarantee.check(actual.history(), options);
            if (verdict.answer() != Answer.VALID) {
                lines.addAll(Telling.notHeld(actual.history(), verdict));
            }
        }
        return lines;
    }

    private RunAssert failing(List<String> wrong) {
        List<String> lines = new ArrayList<>(wrong);
        for (CheckerFailure failure : actual.failures()) {
            lines.add("a checker failed: " + SafeText.visible(failure.sentence()));
        }
        for (String missing : actual.missing()) {
            lines.add("the run lacks evidence: " + SafeText.visible(missing));
        }
        if (!lines.isEmpty()) {
            failWithMessage("%s", String.join("\n", lines));
        }
        return this;
    }
}
