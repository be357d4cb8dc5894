package dev.umpire.harness.survey;

import dev.umpire.checkers.Guarantee;
import dev.umpire.checkers.evidence.Evidence;
import dev.umpire.checkers.evidence.Fault;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.harness.run.Judged;
import dev.umpire.harness.run.Run;
import dev.umpire.histories.History;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the run of one seed showed.
 *
 * @param workload its name
 * @param operations how many were acknowledged
 * @param faults how many a probe saw in force
 * @param answers by the names of the guarantees, in the order in which they were asked for; UNKNOWN where the checker failed
 * @param missing what evidence the run lacks, a sentence each; empty: none
 * @param brokenAfterNanos by the names of guarantees that it broke: from the first request until the operation
 *     had ended that violates it; without those of which nobody asked, or that no times show
 * @param folder of the run, as people are told of it; empty: it has none
 */
public record Seen(
        long seed,
        String workload,
        long operations,
        long faults,
        Map<String, Answer> answers,
        List<String> missing,
        Map<String, Long> brokenAfterNanos,
        Optional<String> folder) {
    public Seen {
        answers = Collections.unmodifiableMap(new LinkedHashMap<>(answers));
        missing = List.copyOf(missing);
        brokenAfterNanos = Map.copyOf(brokenAfterNanos);
    }

    /** What a run in virtual time showed, whose seed alone tells all the rest. */
    static Seen of(Run run) {
        return seen(run, Map.of(), Optional.empty());
    }

    /** What a run in real time showed. */
    static Seen of(Run run, Optional<String> folder) {
        Map<String, Long> after = new LinkedHashMap<>();
        for (Judged judged : run.judged()) {
            String guarantee = judged.verdict().guarantee();
            if (judged.verdict().answer() == Answer.INVALID) {
                firstAnomalyNanos(run, guarantee).ifPresent(nanos -> after.put(guarantee, nanos));
            }
        }
        return seen(run, after, folder);
    }

    private static Seen seen(Run run, Map<String, Long> after, Optional<String> folder) {
        Map<String, Answer> answers = new LinkedHashMap<>();
        for (Judged judged : run.judged()) {
            answers.put(judged.verdict().guarantee(), judged.verdict().answer());
        }
        run.failures().forEach(failure -> answers.put(failure.guarantee(), Answer.UNKNOWN));
        Evidence evidence = Evidence.of(run.history());
        long faults = evidence.byFault().keySet().stream()
                .map(Fault::confirmedAt)
                .filter(Optional::isPresent)
                .count();
        return new Seen(
                run.plan().seed(),
                run.plan().workload().name(),
                evidence.total().ok(),
                faults,
                answers,
                run.missing(),
                after,
                folder);
    }

    /** A verdict lists the anomalies that are told best first, not the first ones. */
    private static OptionalLong firstAnomalyNanos(Run run, String guarantee) {
        History history = run.history();
        if (!history.realTime()) {
            return OptionalLong.empty();
        }
        return run.verdictWithAllAnomalies(Guarantee.named(guarantee)).stream()
                .flatMap(verdict -> verdict.anomalies().stream())
                .mapToLong(anomaly -> history.endedNanos(
                        anomaly.operations().get(anomaly.operations().size() - 1)))
                .map(endedNanos -> endedNanos - history.invokedNanos(0))
                .min();
    }
}
