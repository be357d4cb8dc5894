package dev.umpire.checkers.bank;

import java.math.BigInteger;
import java.util.List;

/** Of readings those nearest to another whose sum is the usual one. */
final class Nearest {
    private final List<Reading> readings;
    /** Of each reading the place of the last one before it that has the usual sum, or -1. */
    private final int[] before;
    /** The first one after it, or the number of readings. */
    private final int[] after;

    Nearest(List<Reading> readings, BigInteger usual) {
        this.readings = readings;
        before = new int[readings.size()];
        after = new int[readings.size()];
        int last = -1;
        for (int i = 0; i < before.length; i++) {
            last = readings.get(i).sum().equals(usual) ? i : last;
            before[i] = last;
        }
        int next = readings.size();
        for (int i = after.length - 1; i >= 0; i--) {
            next = readings.get(i).sum().equals(usual) ? i : next;
            after[i] = next;
        }
    }

    /** The nearest to the reading at this place; there is one. */
    Reading to(int place) {
        boolean nearerBefore = after[place] == readings.size()
                || (before[place] >= 0 && place - before[place] <= after[place] - place);
        return readings.get(nearerBefore ? before[place] : after[place]);
    }
}
