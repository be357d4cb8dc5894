package dev.umpire.harness.shrink;

import dev.umpire.harness.plan.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** The same things in the same order, with less time between them. */
final class Times {
    private static final long[] GAPS_NANOS = {
        100_000, 1_000_000, 5_000_000, 20_000_000, 50_000_000, 100_000_000, 200_000_000, 500_000_000, 1_000_000_000
    };

    private Times() {}

    /** Schedules in which no gap is longer than some time, those with the shortest first. */
    static List<Candidate> nearer(Candidate candidate) {
        List<Candidate> nearer = new ArrayList<>();
        for (long gapNanos : GAPS_NANOS) {
            if (longest(candidate) > gapNanos) {
                nearer.add(limited(candidate, gapNanos, 0, Long.MAX_VALUE));
            }
        }
        return nearer;
    }

    /** Schedules in which one gap is shorter than it was. */
    static List<Candidate> nearerOnce(Candidate candidate) {
        List<Candidate> nearer = new ArrayList<>();
        long before = 0;
        for (long moment : moments(candidate)) {
            for (long gapNanos : GAPS_NANOS) {
                if (moment - before > 2 * gapNanos) {
                    nearer.add(limited(candidate, gapNanos, before, moment));
                }
            }
            before = moment;
        }
        return nearer;
    }

    private static long longest(Candidate candidate) {
        long longest = 0;
        long before = 0;
        for (long moment : moments(candidate)) {
            longest = Math.max(longest, moment - before);
            before = moment;
        }
        return longest;
    }

    private static SortedSet<Long> moments(Candidate candidate) {
        SortedSet<Long> moments = new TreeSet<>();
        candidate.script().asks().forEach(ask -> moments.add(ask.atNanos()));
        candidate.script().strikes().forEach(strike -> {
            moments.add(strike.fromNanos());
            moments.add(strike.untilNanos());
        });
        return moments;
    }

    /** Limits the gaps that end after {@code from} and not after {@code until}. */
    private static Candidate limited(Candidate candidate, long gapNanos, long from, long until) {
        SortedSet<Long> moments = moments(candidate);
        List<Script.Ask> asks = candidate.script().asks().stream()
                .map(ask -> new Script.Ask(
                        ask.session(), moved(ask.atNanos(), moments, gapNanos, from, until), ask.home(), ask.request()))
                .toList();
        List<Script.Strike> strikes = candidate.script().strikes().stream()
                .map(strike -> strike.during(
                        moved(strike.fromNanos(), moments, gapNanos, from, until),
                        moved(strike.untilNanos(), moments, gapNanos, from, until)))
                .toList();
        return candidate.with(asks, strikes);
    }

    private static long moved(long nanos, SortedSet<Long> moments, long gapNanos, long from, long until) {
        long moved = 0;
        long before = 0;
        for (long moment : moments.headSet(nanos + 1)) {
            long gap = moment - before;
            moved += moment > from && moment <= until ? Math.min(gap, gapNanos) : gap;
            before = moment;
        }
        return moved;
    }
}
