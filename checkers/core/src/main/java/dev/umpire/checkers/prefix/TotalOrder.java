package dev.umpire.checkers.prefix;

import dev.umpire.checkers.graph.EdgeSink;
import dev.umpire.histories.History;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

/**
 * One order of all writes, compared with what was seen: either the one that the store reported, by the position of every
 * write, or a guess, by the first proof that a write had taken effect.
 */
final class TotalOrder {
    private static final long BEFORE_ALL = Long.MIN_VALUE;
    private static final long BITS_A_WRITE = 64;

    private final Recorded recorded;
    private final VersionOrders versions;
    private final boolean reported;

    private TotalOrder(Recorded recorded, VersionOrders versions, boolean reported) {
        this.recorded = recorded;
        this.versions = versions;
        this.reported = reported;
    }

    /** The order of the reported positions, if every write has a position of its own, of registers without transactions. */
    static Optional<TotalOrder> reported(Recorded recorded, VersionOrders versions) {
        if (recorded.writes == 0 || !recorded.isPlain() || !versions.uses(VersionOrders.Source.POSITIONS)) {
            return Optional.empty();
        }
        for (int write = 0; write < recorded.writes; write++) {
            if (!versions.hasPosition(write)) {
                return Optional.empty();
            }
        }
        return areDistinct(versions.marks()) ? Optional.of(new TotalOrder(recorded, versions, true)) : Optional.empty();
    }

    /**
     * The order of first proofs, where it certainly extends happens-before and real time: nothing is reported, and
     * without a cas, a list and a transaction that writes a proof never comes before the invocation. Explains it everything, the guarantee holds; else nothing
     * is known.
     */
    static Optional<TotalOrder> guessed(Recorded recorded, VersionOrders versions) {
        if (versions.uses(VersionOrders.Source.POSITIONS) || versions.uses(VersionOrders.Source.VERSIONS)) {
            return Optional.empty();
        }
        return recorded.anyCas() || !recorded.isPlain()
                ? Optional.empty()
                : Optional.of(new TotalOrder(recorded, versions, false));
    }

    /** Whether no two marks are equal; it may sort them. */
    static boolean areDistinct(long[] marks) {
        boolean ascending = true;
        for (int i = 1; i < marks.length && ascending; i++) {
            ascending = marks[i - 1] < marks[i];
        }
        if (ascending) {
            return true;
        }
        long least = Arrays.stream(marks).min().orElse(0);
        long most = Arrays.stream(marks).max().orElse(0);
        if (most - least >= 0 && most - least < Math.min(Integer.MAX_VALUE, BITS_A_WRITE * marks.length)) {
            BitSet taken = new BitSet((int) (most - least) + 1);
            for (long mark : marks) {
                if (taken.get((int) (mark - least))) {
                    return false;
                }
                taken.set((int) (mark - least));
            }
            return true;
        }
        Arrays.sort(marks);
        for (int i = 1; i < marks.length; i++) {
            if (marks[i] == marks[i - 1]) {
                return false;
            }
        }
        return true;
    }

    /** Whether this order explains everything that was seen, and extends what it must. Linear. */
    boolean explains() {
        Nearest first = new Nearest(1, true);
        contradictions(first);
        return first.count() == 0 && (!reported || extendsHappensBefore());
    }

    /**
     * What this order does not explain, each with the operations that show it: for an observation a write that it saw, the
     * write that replaced another one that it saw, and that one; for a cas what it read and what came next; for an
     * observation that went back also the earlier one; for a write before one that was acknowledged earlier, both.
     */
    void contradictions(Nearest found) {
        for (int i : recorded.observations) {
            int latest = latest(i);
            int replaced = replaced(i);
            if (latest >= 0 && place(latest) >= end(i, replaced)) {
                found.add(operations(recorded.operation(i), latest, next(i, replaced), writeAt(replaced)));
                if (found.isEnough()) {
                    return;
                }
            }
        }
        for (int write = 0; write < recorded.writes && recorded.anyCas(); write++) {
            int seen = recorded.casRead[write];
            if (seen != Recorded.NO_CAS) {
                int next = seen == Recorded.INITIAL ? versions.first(recorded.writeKey[write]) : versions.next(seen);
                if (next != write) {
                    found.add(operations(recorded.writeOperation[write], seen, next, -1));
                }
            }
        }
        if (recorded.promise == Promise.STRICT && reported) {
            Timeline.tell(recorded, new AgainstTime(found));
        }
        if (recorded.promise == Promise.MONOTONIC && !found.isEnough()) {
            Timeline.tell(recorded, new Places(found));
        }
    }

    /** Where a write stands; writes differ. */
    private long place(int write) {
        return reported ? versions.mark(write) : ((long) recorded.evidence[write] << 32) | write;
    }

    /** The last of the writes that the i-th operation saw, or -1. */
    private int latest(int i) {
        int latest = -1;
        for (int entry = recorded.entryStart[i]; entry < recorded.entryStart[i + 1]; entry++) {
            int seen = recorded.entryWrite[entry];
            if (seen >= 0 && (latest < 0 || place(seen) > place(latest))) {
                latest = seen;
            }
        }
        return latest;
    }

    /** The entry of the i-th operation whose value was replaced first, or -1 if none was. */
    private int replaced(int i) {
        int first = -1;
        long end = Long.MAX_VALUE;
        for (int entry = recorded.entryStart[i]; entry < recorded.entryStart[i + 1]; entry++) {
            if (recorded.entryWrite[entry] != Recorded.LEFT_OUT) {
                int next = next(i, entry);
                if (next >= 0 && place(next) < end) {
                    end = place(next);
                    first = entry;
                }
            }
        }
        return first;
    }

    /** The write that replaced what the entry shows, or -1. */
    private int next(int i, int entry) {
        if (entry < 0) {
            return -1;
        }
        int seen = recorded.entryWrite[entry];
        return seen == Recorded.INITIAL ? versions.first(recorded.entryKey(i, entry)) : versions.next(seen);
    }

    private int writeAt(int entry) {
        return entry < 0 ? -1 : Math.max(-1, recorded.entryWrite[entry]);
    }

    /** The place at which the state that the i-th operation saw had ended. */
    private long end(int i, int replaced) {
        int next = next(i, replaced);
        return next < 0 ? Long.MAX_VALUE : place(next);
    }

    private int[] operations(int observer, int... writes) {
        int[] operations = new int[writes.length + 1];
        int count = 0;
        operations[count++] = observer;
        for (int write : writes) {
            if (write >= 0) {
                operations[count++] = recorded.writeOperation[write];
            }
        }
        return Arrays.stream(operations, 0, count).distinct().sorted().toArray();
    }

    /** Writes that stand before one that was acknowledged before they were invoked. */
    private final class AgainstTime implements Timeline.Listener {
        private final Nearest found;
        private int last = -1;

        AgainstTime(Nearest found) {
            this.found = found;
        }

        @Override
        public void invoked(int i, int write) {
            if (write >= 0 && last >= 0 && place(write) < place(last) && !found.isEnough()) {
                found.add(operations(recorded.operation(i), last));
            }
        }

        @Override
        public void completed(int i, int write) {
            if (write >= 0 && (last < 0 || place(write) > place(last))) {
                last = write;
            }
        }
    }

    /**
     * Gives each observation the first place that is not before those that its session had reached; {@code found} are
     * those for which the state that they saw had ended there.
     */
    private final class Places implements Timeline.Listener {
        private static final int NOWHERE = -1;

        private final Nearest found;
        /** By session the operation that brought it to the place that it has reached. */
        private final int[] reachedBy;

        private final long[] reached;
        /** By operation under judgement, what its session had reached when it began. */
        private final int[] startedFrom = new int[recorded.size()];

        Places(Nearest found) {
            this.found = found;
            reachedBy = new int[recorded.history.sessionCount()];
            Arrays.fill(reachedBy, NOWHERE);
            reached = new long[reachedBy.length];
            Arrays.fill(reached, BEFORE_ALL);
        }

        @Override
        public void invoked(int i, int write) {
            startedFrom[i] = reachedBy[recorded.history.session(recorded.operation(i))];
        }

        @Override
        public void completed(int i, int write) {
            if (found.isEnough() || (write >= 0 && recorded.casRead[write] == Recorded.NO_CAS)) {
                return;
            }
            int latest = latest(i);
            // a cas stands immediately before its write
            long own = write >= 0 ? place(write) - 1 : latest < 0 ? BEFORE_ALL : place(latest);
            long end = write >= 0 ? place(write) : end(i, replaced(i));
            int before = startedFrom[i];
            if (before != NOWHERE && placeOf(before) >= end && own < end) {
                int replaced = write >= 0 ? -1 : replaced(i);
                int other = writeOf(before);
                found.add(withEarlier(
                        recorded.operation(before),
                        operations(
                                recorded.operation(i),
                                other >= 0 ? other : latest(before),
                                write >= 0 ? write : next(i, replaced),
                                write >= 0 ? -1 : writeAt(replaced))));
            }
            int session = recorded.history.session(recorded.operation(i));
            if (own > reached[session]) {
                reached[session] = own;
                reachedBy[session] = i;
            }
        }

        private long placeOf(int i) {
            int write = writeOf(i);
            return write >= 0 ? place(write) - 1 : place(latest(i));
        }

        /** The write of the i-th operation, a cas, or -1. */
        private int writeOf(int i) {
            if (!recorded.anyCas() || recorded.history.writeCount(recorded.operation(i)) == 0) {
                return -1;
            }
            return Arrays.binarySearch(recorded.writeOperation, recorded.operation(i));
        }

        private int[] withEarlier(int earlier, int[] operations) {
            int[] all = Arrays.copyOf(operations, operations.length + 1);
            all[operations.length] = earlier;
            return Arrays.stream(all).distinct().sorted().toArray();
        }
    }

    /** A fold hands on the largest position that it was given. */
    private boolean extendsHappensBefore() {
        LatestPositions latest = new LatestPositions();
        new HappensBefore(recorded).tell(recorded.writes, latest);
        return latest.extended;
    }

    private final class LatestPositions implements EdgeSink {
        private final int writes = recorded.writes;
        private long[] ofFold = new long[16];
        private boolean extended = true;

        LatestPositions() {
            Arrays.fill(ofFold, History.ABSENT);
        }

        @Override
        public void add(int before, int after) {
            long from = before < writes ? place(before) : ofFold[before - writes];
            if (after < writes) {
                extended &= from < place(after);
                return;
            }
            int fold = after - writes;
            if (fold >= ofFold.length) {
                int length = ofFold.length;
                ofFold = Arrays.copyOf(ofFold, 2 * fold);
                Arrays.fill(ofFold, length, ofFold.length, History.ABSENT);
            }
            ofFold[fold] = Math.max(ofFold[fold], from);
        }
    }
}
