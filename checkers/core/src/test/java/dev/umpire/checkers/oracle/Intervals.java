package dev.umpire.checkers.oracle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** When operations begin and end: drawn at random, one at a time in each of a few lanes. */
public final class Intervals {
    private final List<Integer> stamps = new ArrayList<>();
    private final int[] lane;

    private Intervals(int count) {
        lane = new int[count];
    }

    /** So many operations, numbered as they begin. */
    public static Intervals draw(Random random, int count, int lanes) {
        Intervals intervals = new Intervals(count);
        int[] open = new int[lanes];
        Arrays.fill(open, -1);
        int begun = 0;
        while (begun < count || Arrays.stream(open).anyMatch(operation -> operation >= 0)) {
            int next = random.nextInt(lanes);
            if (open[next] >= 0) {
                intervals.stamps.add(open[next]);
                open[next] = -1;
            } else if (begun < count) {
                intervals.lane[begun] = next;
                open[next] = begun;
                intervals.stamps.add(begun++);
            }
        }
        return intervals;
    }

    public int lane(int operation) {
        return lane[operation];
    }

    /** The position among all beginnings and ends, from 0. */
    public int invoked(int operation) {
        return stamps.indexOf(operation);
    }

    /** As {@link #invoked}. */
    public int completed(int operation) {
        return stamps.lastIndexOf(operation);
    }
}
