package dev.umpire.harness.report;

import dev.umpire.checkers.evidence.Fault;
import dev.umpire.checkers.evidence.Unconverged;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.PlanFile;
import dev.umpire.harness.plan.Script;
import dev.umpire.harness.run.Runner;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.histories.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What evidence a recorded run lacks, so that it is undecided when it is judged again as it was when it ended: what its
 * {@code verdict.json} says, or, where none stands there, what its plan and its recording show.
 */
public final class MissingEvidence {
    private MissingEvidence() {}

    /**
     * One sentence for each thing that is missing; empty: nothing, or nobody knows.
     *
     * @param recorded the folder of a run, or a recording, which may stand alone
     * @param history what was recorded
     */
    public static List<String> of(Path recorded, History history) {
        Path file = Files.isDirectory(recorded) ? recorded.resolve(Runner.HISTORY) : recorded;
        if (!file.endsWith(Runner.HISTORY)) {
            return of(history);
        }
        Path verdict = file.resolveSibling(RunFiles.VERDICT);
        if (Files.exists(verdict)) {
            try {
                return VerdictFile.parse(verdict.toString(), Files.readString(verdict))
                        .missing();
            } catch (IOException e) {
                return List.of("what the run lacked cannot be read: " + e.getMessage());
            }
        }
        return Stream.concat(neverInjected(file, history), of(history).stream()).toList();
    }

    /** What the recording alone shows: faults that nobody saw in force, or gone, and replicas that were still catching up. */
    static List<String> of(History history) {
        List<String> missing = new ArrayList<>();
        for (Fault fault : Fault.of(history)) {
            String seen = fault.objection().orElse("the recording has no probe of it");
            // of a failover that could not be carried out there is an objection alone
            boolean told = fault.injectedAt().isPresent() || fault.objection().isPresent();
            if (told && fault.confirmedAt().isEmpty()) {
                missing.add(name(fault) + " was never seen in force: " + seen);
            } else if (fault.confirmedAt().isPresent()
                    && !fault.gone()
                    && (fault.healedAt().isEmpty() || fault.objection().isPresent())) {
                missing.add(name(fault) + " was never seen gone: " + seen);
            }
        }
        Unconverged.of(history).ifPresent(missing::add);
        return missing;
    }

    /** As the run itself names it. */
    private static String name(Fault fault) {
        return fault.kind() + (fault.strikes().isEmpty() ? "" : " " + fault.strikes()) + " (fault " + fault.id() + ")";
    }

    private static Stream<String> neverInjected(Path file, History history) {
        Optional<Plan> plan;
        try {
            plan = PlanFile.beside(file);
        } catch (IOException e) {
            return Stream.of("what was planned cannot be read: " + e.getMessage());
        }
        List<Script.Strike> schedule =
                plan.map(known -> known.nemesis().schedule()).orElse(List.of());
        if (!schedule.isEmpty()) {
            return neverStruck(schedule, Fault.of(history)).stream().map(Script.Strike::neverInjected);
        }
        List<String> struck = Fault.of(history).stream().map(Fault::kind).toList();
        // 'all' and the like stand for whatever the target could be given, which no plan tells
        List<String> planned = plan.map(known -> known.nemesis().kinds()).orElse(List.of()).stream()
                .map(kind -> kind.replaceFirst(":.*", ""))
                .toList();
        return Stream.of(FaultKind.values())
                .filter(kind -> planned.contains(kind.optionName()) && !struck.contains(kind.optionName()))
                .map(FaultKind::neverInjected);
    }

    /** Of several of a schedule that are the same but for their times, the later ones. */
    private static List<Script.Strike> neverStruck(List<Script.Strike> schedule, List<Fault> struck) {
        List<String> came = new ArrayList<>();
        struck.forEach(fault -> came.add(fault.kind() + " " + fault.strikes()));
        return schedule.stream()
                .filter(strike -> !came.remove(strike.kind().optionName() + " " + strike.targets()))
                .toList();
    }
}
