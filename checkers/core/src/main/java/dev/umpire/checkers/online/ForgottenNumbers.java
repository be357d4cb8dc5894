package dev.umpire.checkers.online;

import java.util.Map;
import java.util.TreeMap;

/**
 * Numbers that were seen, in little room: runs of neighbours.
 *
 * <p>At most so many runs are kept; beyond, the two that are nearest to one another become one, within which it is no
 * longer known which numbers were seen. A number outside all runs was certainly not seen.
 */
final class ForgottenNumbers {
    private static final int MOST_RUNS = 32;

    /** What is known of a number. */
    enum Seen {
        NO,
        YES,
        PERHAPS
    }

    private record Run(long last, boolean exact) {}

    private final TreeMap<Long, Run> runs = new TreeMap<>();

    Seen of(long number) {
        Map.Entry<Long, Run> run = runs.floorEntry(number);
        if (run == null || number > run.getValue().last()) {
            return Seen.NO;
        }
        return run.getValue().exact() ? Seen.YES : Seen.PERHAPS;
    }

    /** The number was seen; it is in no exact run so far. */
    void add(long number) {
        if (of(number) != Seen.NO) {
            return;
        }
        long first = number;
        Run run = new Run(number, true);
        Map.Entry<Long, Run> below = runs.lowerEntry(number);
        if (below != null && below.getValue().exact() && below.getValue().last() == number - 1) {
            first = below.getKey();
        }
        Map.Entry<Long, Run> above = runs.higherEntry(number);
        if (above != null && above.getValue().exact() && above.getKey() - 1 == number) {
            run = above.getValue();
            runs.remove(above.getKey());
        }
        runs.put(first, run);
        if (runs.size() > MOST_RUNS) {
            joinNearest();
        }
    }

    private void joinNearest() {
        long nearest = Long.MAX_VALUE;
        long lower = 0;
        Map.Entry<Long, Run> before = null;
        for (Map.Entry<Long, Run> run : runs.entrySet()) {
            if (before != null) {
                // numbers may lie so far apart that the distance overflows; then it is negative, and not near
                long distance = run.getKey() - before.getValue().last();
                if (distance > 0 && distance <= nearest) {
                    nearest = distance;
                    lower = before.getKey();
                }
            }
            before = run;
        }
        Map.Entry<Long, Run> upper = runs.higherEntry(lower);
        if (upper != null) {
            runs.remove(upper.getKey());
            runs.put(lower, new Run(upper.getValue().last(), false));
        }
    }

    int size() {
        return runs.size();
    }
}
