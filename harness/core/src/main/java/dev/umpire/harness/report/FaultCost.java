package dev.umpire.harness.report;

import dev.umpire.checkers.Guarantee;
import dev.umpire.checkers.availability.FaultAvailability;
import dev.umpire.checkers.availability.Silence;
import dev.umpire.harness.run.Judged;
import dev.umpire.harness.run.Judgement;
import dev.umpire.histories.History;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What all faults of one kind cost those who asked.
 *
 * @param kind {@code partition}, {@code crash}, ...
 * @param longestSilence the longest time until the next fault in which somebody asked and nobody was acknowledged; empty where nobody asked
 * @param recoveries after how many of them the store was asked again with no other fault in force
 * @param recovered after how many of these it acknowledged all functions again before the next fault or the end
 * @param slowestRecovery the slowest of all; one that did not end is slower than any that did
 * @param lostWrites acknowledged writes that were shown to be lost to them, a lower bound; empty: durability was not judged
 */
public record FaultCost(
        String kind,
        Optional<Silence> longestSilence,
        long recoveries,
        long recovered,
        Optional<Silence> slowestRecovery,
        OptionalLong lostWrites) {
    /** The column heads of {@link #cells}. */
    public static final List<String> HEAD = List.of(
            "availability",
            "longest without an acknowledgement",
            "recovered before the next fault",
            "acknowledged writes lost");

    /** What the columns say, in one sentence; the definitions are those of {@link FaultAvailability}. */
    public static final String MEANING =
            "Longest: a function was asked and nobody acknowledged it, between the injection and the next fault;"
                    + " recovered: each function was acknowledged again before the next fault, at most so long after the"
                    + " heal (of what a store mends by itself: the longest silence that began between injection and heal);"
                    + " lost: acknowledged and gone, as durability shows, a lower bound.";

    /** The faults of a history one by one, in their order. */
    static List<FaultAvailability> each(History history, List<Judged> judged) {
        return FaultAvailability.of(
                history, new Judgement(judged, List.of()).verdictWithAllAnomalies(history, Guarantee.DURABILITY));
    }

    /**
     * The faults of a history by their kinds, in the order of the first of each.
     *
     * @param judged its verdicts; durability tells what was lost
     */
    public static List<FaultCost> of(History history, List<Judged> judged) {
        Map<String, List<FaultAvailability>> byKind = new LinkedHashMap<>();
        each(history, judged)
                .forEach(one -> byKind.computeIfAbsent(one.fault().kind(), unused -> new ArrayList<>())
                        .add(one));
        List<FaultCost> costs = new ArrayList<>();
        byKind.forEach((kind, faults) -> costs.add(sum(kind, faults)));
        return costs;
    }

    private static FaultCost sum(String kind, List<FaultAvailability> faults) {
        List<Silence> recoveries = faults.stream()
                .flatMap(one -> one.recovery().stream())
                .sorted(Comparator.comparing(Silence::ended).reversed().thenComparingLong(Silence::nanos))
                .toList();
        boolean judged = faults.stream().allMatch(one -> one.lostWrites().isPresent());
        return new FaultCost(
                kind,
                faults.stream()
                        .flatMap(one -> one.longestSilence().stream())
                        .max(Comparator.comparingLong(Silence::nanos)),
                recoveries.size(),
                recoveries.stream().filter(Silence::ended).count(),
                recoveries.isEmpty() ? Optional.empty() : Optional.of(recoveries.get(recoveries.size() - 1)),
                judged
                        ? OptionalLong.of(faults.stream()
                                .mapToLong(one -> one.lostWrites().orElse(0))
                                .sum())
                        : OptionalLong.empty());
    }

    /** The row of a table: {@code partition}, {@code 380 ms (write)}, {@code 31 of 32, at most 40 ms (write)}, {@code 0}. */
    public List<String> cells() {
        return List.of(
                SafeText.clipped(kind),
                longestSilence
                        .map(one -> (one.ended() ? "" : "at least ") + told(one))
                        .orElse("nobody asked"),
                slowestRecovery
                        .map(one -> Numbers.grouped(recovered) + " of " + Numbers.grouped(recoveries)
                                + (one.ended() ? ", at most " : ", not within ") + told(one))
                        .orElse("not seen"),
                lostWrites.isEmpty()
                        ? "not judged"
                        : Numbers.grouped(lostWrites.getAsLong()) + (lostWrites.getAsLong() == 0 ? "" : " or more"));
    }

    private static String told(Silence silence) {
        return Numbers.seconds(silence.nanos()) + " (" + SafeText.clipped(silence.function()) + ")";
    }
}
