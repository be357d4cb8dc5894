package dev.umpire.harness.diff;

import dev.umpire.harness.report.Percentiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A distribution of times on both sides.
 *
 * @param what {@code latency of read}, {@code staleness of reads}
 * @param a in nanoseconds; empty: nothing was measured there
 * @param b in nanoseconds; empty: nothing was measured there
 */
public record MeasuredChange(String what, Optional<Percentiles> a, Optional<Percentiles> b) {

    /** What was measured on either side, in the order of the names. */
    static List<MeasuredChange> of(Map<String, Percentiles> a, Map<String, Percentiles> b) {
        Set<String> names = new TreeSet<>(a.keySet());
        names.addAll(b.keySet());
        List<MeasuredChange> changes = new ArrayList<>();
        for (String name : names) {
            changes.add(new MeasuredChange(name, Optional.ofNullable(a.get(name)), Optional.ofNullable(b.get(name))));
        }
        return changes;
    }

    public boolean isSame() {
        return a.equals(b);
    }
}
