package dev.umpire.harness.run;

import dev.umpire.checkers.Guarantee;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.harness.launcher.Usage;
import dev.umpire.harness.plan.Plan;
import dev.umpire.histories.History;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A run that has ended.
 *
 * @param plan what was asked
 * @param history what happened
 * @param judged the verdicts, in the order of the plan's guarantees; integrity is always among them
 * @param failures checkers that ended with an exception; empty: none
 * @param missing what evidence the run lacks, one sentence each: no write acknowledged, a fault that never took hold;
 *     empty: none
 * @param troubles what went wrong in tearing down, one sentence each; empty: nothing
 * @param historyFile the recording
 * @param stopped why the run ended before its plan was carried out; empty: it did not
 * @param storeVersion of the store, as it reported it; empty: it reported none
 * @param used what harness and nodes used while the sessions asked; empty where the nodes are no processes of this machine
 * @param promised what is promised of the run; empty: its settings name no configuration, and nothing else tells
 * @param begunAfterNanos how long after its command the run began; 0: no command is known that began it
 * @param positionUnit what positions of its store count, one of it; empty: nothing by which replicas can be compared
 * @param notAsked what is judged of other stores where nothing is named and no answer of this one could break, one sentence each;
 *     empty: nothing, or guarantees were named
 */
public record Run(
        Plan plan,
        History history,
        List<Judged> judged,
        List<CheckerFailure> failures,
        List<String> missing,
        List<String> troubles,
        Path historyFile,
        Optional<EarlyStop> stopped,
        Optional<String> storeVersion,
        Optional<Usage> used,
        Optional<Promised> promised,
        long begunAfterNanos,
        Optional<String> positionUnit,
        List<String> notAsked) {

    public Run {
        judged = List.copyOf(judged);
        failures = List.copyOf(failures);
        missing = List.copyOf(missing);
        troubles = List.copyOf(troubles);
        notAsked = List.copyOf(notAsked);
    }

    /** A run whose checkers all answered. */
    public Run(
            Plan plan,
            History history,
            List<Judged> judged,
            List<String> missing,
            List<String> troubles,
            Path historyFile) {
        this(plan, history, judged, List.of(), missing, troubles, historyFile);
    }

    /** A run that no command began, of a store whose positions count entries, and of which nobody knows what is promised. */
    public Run(
            Plan plan,
            History history,
            List<Judged> judged,
            List<CheckerFailure> failures,
            List<String> missing,
            List<String> troubles,
            Path historyFile,
            Optional<EarlyStop> stopped,
            Optional<String> storeVersion,
            Optional<Usage> used) {
        this(
                plan,
                history,
                judged,
                failures,
                missing,
                troubles,
                historyFile,
                stopped,
                storeVersion,
                used,
                Optional.empty(),
                0,
                Optional.of("entry"),
                List.of());
    }

    /** A run of which nobody knows what it used. */
    public Run(
            Plan plan,
            History history,
            List<Judged> judged,
            List<CheckerFailure> failures,
            List<String> missing,
            List<String> troubles,
            Path historyFile,
            Optional<EarlyStop> stopped,
            Optional<String> storeVersion) {
        this(plan, history, judged, failures, missing, troubles, historyFile, stopped, storeVersion, Optional.empty());
    }

    /** A run that was carried out to its end, of a store that reported no version. */
    public Run(
            Plan plan,
            History history,
            List<Judged> judged,
            List<CheckerFailure> failures,
            List<String> missing,
            List<String> troubles,
            Path historyFile) {
        this(plan, history, judged, failures, missing, troubles, historyFile, Optional.empty(), Optional.empty());
    }

    /** The same run, of which this is promised, whatever its configuration promises. */
    public Run promising(Promised other) {
        return with(judged, Optional.of(other), begunAfterNanos, positionUnit);
    }

    /** The same run, in whose answer only these guarantees count, and integrity where it is broken. */
    public Run requiring(Set<String> guarantees) {
        return with(
                new Judgement(judged, failures).requiring(guarantees).judged(),
                promised,
                begunAfterNanos,
                positionUnit);
    }

    /** The same run, which began so long after its command. */
    public Run begunAfter(long nanos) {
        return with(judged, promised, nanos, positionUnit);
    }

    /** The same run, of a store whose positions count this; empty: nothing by which replicas can be compared. */
    public Run withPositionsIn(Optional<String> unit) {
        return with(judged, promised, begunAfterNanos, unit);
    }

    private Run with(List<Judged> weighed, Optional<Promised> known, long begunNanos, Optional<String> unit) {
        return new Run(
                plan,
                history,
                weighed,
                failures,
                missing,
                troubles,
                historyFile,
                stopped,
                storeVersion,
                used,
                known,
                begunNanos,
                unit,
                notAsked);
    }

    /** As {@link Judgement#verdictWithAllAnomalies}. */
    public Optional<Verdict> verdictWithAllAnomalies(Guarantee guarantee) {
        return new Judgement(judged, failures).verdictWithAllAnomalies(history, guarantee);
    }

    /** All verdicts together; a run that lacks evidence is not VALID. Failures of checkers do not count here. */
    public Answer answer() {
        Answer verdicts = new Judgement(judged, failures).answer();
        return missing.isEmpty() ? verdicts : verdicts.and(Answer.UNKNOWN);
    }
}
