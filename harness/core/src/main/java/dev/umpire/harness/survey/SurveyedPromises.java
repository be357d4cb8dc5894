package dev.umpire.harness.survey;

import dev.umpire.checkers.Guarantee;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.harness.plan.Promises;
import dev.umpire.harness.plan.Promises.Promise;
import dev.umpire.harness.target.Configuration;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.SettingsResolver;
import dev.umpire.harness.target.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a store can be held to after a survey: all that its configurations document, and beside it what runs kept.
 *
 * <p>What is documented stays, whatever the survey saw of it: a file of promises is to fail a build where the store breaks its
 * word, and a survey that is too short to judge something takes nothing away.
 */
public final class SurveyedPromises {
    private SurveyedPromises() {}

    /**
     * The same promises with those of the sheets: one for a configuration that one workload shows, else one for each of its
     * workloads, since what one cannot show would leave its runs undecided. A promise of the same name is replaced, but for its
     * known anomalies.
     */
    public static Promises with(Promises before, Target target, List<Datasheet> sheets) {
        Promises promises = before;
        for (Datasheet sheet : sheets) {
            for (Promise promise : promises(target, sheet)) {
                promises = promises.with(promise);
            }
        }
        return promises;
    }

    /** What a sheet's configuration documents and was seen broken under a fault that it covers. */
    public static List<String> documentedAndBroken(Datasheet sheet) {
        return documented(sheet.configuration().promise())
                .filter(sheet::isBroken)
                .toList();
    }

    private static List<Promise> promises(Target target, Datasheet sheet) {
        Configuration configuration = sheet.configuration();
        List<String> workloads = configuration.workloads();
        List<Promise> promises = new ArrayList<>();
        for (String workload : workloads) {
            boolean first = workload.equals(workloads.get(0));
            List<String> guarantees = guarantees(sheet, workload);
            if (!guarantees.isEmpty()) {
                promises.add(new Promise(
                        first ? configuration.name() : configuration.name() + "/" + workload,
                        target.name(),
                        Map.of(SettingsResolver.CONFIGURATION, configuration.name()),
                        workloads.size() == 1 ? List.of() : List.of(workload),
                        faults(configuration),
                        guarantees,
                        configuration.writeOrder(),
                        List.of()));
            }
        }
        return promises;
    }

    private static List<String> faults(Configuration configuration) {
        return configuration.faults().isEmpty()
                ? Promises.NO_FAULT
                : configuration.faults().stream()
                        .sorted()
                        .map(FaultKind::optionName)
                        .toList();
    }

    private static List<String> guarantees(Datasheet sheet, String workload) {
        WriteOrder order = Datasheet.order(sheet.configuration());
        List<String> documented =
                documented(sheet.configuration().promise(workload)).toList();
        Stream<String> beside = sheet.alwaysKept(workload).stream()
                .filter(one -> documented.stream()
                        .noneMatch(other -> one.equals(other) || Datasheet.follows(one, other, order)));
        return Stream.concat(documented.stream(), beside).toList();
    }

    private static Stream<String> documented(List<String> names) {
        return names.stream().map(one -> Guarantee.named(one).name());
    }
}
