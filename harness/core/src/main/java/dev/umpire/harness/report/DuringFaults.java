package dev.umpire.harness.report;

import dev.umpire.checkers.evidence.Counts;
import dev.umpire.checkers.evidence.Evidence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All faults of one kind in a run.
 *
 * @param kind {@code partition}, {@code crash}, ...
 * @param times how often it was injected
 * @param confirmed how often a probe saw it in force
 * @param longestNanos the longest time in force; 0 where no times are recorded
 * @param byFunction what ended how while it was in force
 */
public record DuringFaults(String kind, int times, int confirmed, long longestNanos, Map<String, Counts> byFunction) {
    public DuringFaults {
        byFunction = Collections.unmodifiableMap(new TreeMap<>(byFunction));
    }

    /** The faults of a run by their kinds, in the order of the first of each. */
    public static List<DuringFaults> of(Evidence evidence) {
        Map<String, DuringFaults> byKind = new LinkedHashMap<>();
        evidence.byFault()
                .forEach((fault, counts) -> byKind.merge(
                        fault.kind(),
                        new DuringFaults(
                                fault.kind(),
                                1,
                                fault.confirmedAt().isPresent() ? 1 : 0,
                                fault.inForceNanos().orElse(0),
                                counts),
                        DuringFaults::and));
        return List.copyOf(byKind.values());
    }

    /** Operations that were acknowledged while it was in force. */
    public long ok() {
        return byFunction.values().stream().mapToLong(Counts::ok).sum();
    }

    /** {@code 3 × (at most 6.2 s, confirmed), during them 4,120 operations ok (3,000 read, 1,120 write)}. */
    public String sentence() {
        return SafeText.clipped(kind) + " " + times + " × ("
                + (longestNanos == 0 ? "" : "at most " + Numbers.seconds(longestNanos) + ", ")
                + (confirmed == times ? "" : confirmed + " ") + "confirmed), during them "
                + Numbers.counted(ok(), "operation") + " ok (" + functions(byFunction) + ")";
    }

    /** {@code 3,000 read, 1,120 write}: how many of each function were acknowledged. */
    public static String functions(Map<String, Counts> byFunction) {
        List<String> words = new ArrayList<>();
        byFunction.forEach(
                (function, counts) -> words.add(Numbers.grouped(counts.ok()) + " " + SafeText.clipped(function)));
        return words.isEmpty() ? "none" : String.join(", ", words);
    }

    private DuringFaults and(DuringFaults other) {
        Map<String, Counts> sum = new TreeMap<>(byFunction);
        other.byFunction.forEach((function, counts) -> sum.merge(
                function, counts, (a, b) -> new Counts(a.ok() + b.ok(), a.fail() + b.fail(), a.info() + b.info())));
        return new DuringFaults(
                kind,
                times + other.times,
                confirmed + other.confirmed,
                Math.max(longestNanos, other.longestNanos),
                sum);
    }
}
