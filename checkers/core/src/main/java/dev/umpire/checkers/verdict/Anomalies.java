package dev.umpire.checkers.verdict;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Supplier;

/**
 * Counts anomalies and keeps the best few: those with the fewest witness operations, then the nearest, then the first.
 *
 * <p>The sentence of an anomaly is made only for those that are kept at the end; a broken history has hundreds of
 * thousands of the others.
 */
public final class Anomalies {
    private record Candidate(int operations, long distance, long order, Supplier<Anomaly> anomaly) {}

    private static final Comparator<Candidate> BEST_FIRST = Comparator.comparingInt(Candidate::operations)
            .thenComparingLong(Candidate::distance)
            .thenComparingLong(Candidate::order);

    private final int limit;
    private final PriorityQueue<Candidate> worstFirst = new PriorityQueue<>(BEST_FIRST.reversed());
    private long count;
    private boolean isLowerBound;

    /**
     * An empty collection.
     *
     * @param limit how many are kept; 1 or more
     */
    public Anomalies(int limit) {
        this.limit = limit;
    }

    /**
     * Counts one, and keeps it if it is among the best so far.
     *
     * @param operations how many witness operations it has
     * @param distance how far apart they are, in positions of the recording
     * @param anomaly makes it, if it is still kept at the end
     */
    public void add(int operations, long distance, Supplier<Anomaly> anomaly) {
        Candidate candidate = new Candidate(operations, distance, count, anomaly);
        count++;
        if (worstFirst.size() < limit) {
            worstFirst.add(candidate);
        } else {
            Candidate worst = worstFirst.peek();
            if (worst != null && BEST_FIRST.compare(candidate, worst) < 0) {
                worstFirst.poll();
                worstFirst.add(candidate);
            }
        }
    }

    /** How many are kept. */
    public int limit() {
        return limit;
    }

    /** Whether {@link #add} would keep one with so many operations; makes searching for a witness worth while. */
    public boolean wants(int operations) {
        Candidate worst = worstFirst.peek();
        return worstFirst.size() < limit || worst == null || operations <= worst.operations();
    }

    /** Counts one that is not worth listing. */
    public void countUnlisted() {
        count++;
    }

    /** Says that there may be more than are added: what hangs together was counted once, or was not looked into any further. */
    public void moreMayExist() {
        isLowerBound = true;
    }

    /** Whether {@link #count} is only the least that there are. */
    public boolean isLowerBound() {
        return isLowerBound;
    }

    /** How many were added. */
    public long count() {
        return count;
    }

    /** The kept ones, best first. */
    public List<Anomaly> listed() {
        List<Candidate> sorted = new ArrayList<>(worstFirst);
        sorted.sort(BEST_FIRST);
        return sorted.stream().map(candidate -> candidate.anomaly().get()).toList();
    }
}
