package dev.umpire.harness.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A class of a distribution.
 *
 * @param upTo the largest value that belongs to it; 0 alone is a class
 * @param count how many values belong to it
 * @param share of all values, 0 to 1
 */
record Share(long upTo, long count, double share) {

    /**
     * Zero, then classes whose bounds grow by three and by ten, up to the largest value.
     *
     * @param sorted smallest first, none below 0
     * @param first the bound of the first class above zero; 1 or more
     */
    static List<Share> of(long[] sorted, long first) {
        List<Share> shares = new ArrayList<>();
        long upTo = 0;
        int at = 0;
        while (at < sorted.length) {
            int begin = at;
            while (at < sorted.length && sorted[at] <= upTo) {
                at++;
            }
            shares.add(new Share(upTo, at - begin, (at - begin) / (double) sorted.length));
            upTo = upTo == 0 ? first : Long.toString(upTo / first).startsWith("1") ? 3 * upTo : upTo / 3 * 10;
        }
        return shares;
    }
}
