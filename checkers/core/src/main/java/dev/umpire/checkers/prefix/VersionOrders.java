package dev.umpire.checkers.prefix;

import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.Arrays;

/**
 * For each key, one order in which its writes may have taken effect, how it is known, and how much of it is certain.
 *
 * <p>Where the store reported versions or positions for every acknowledged write of a key, they are the order; writes of
 * unknown outcome without one may stand anywhere. The reads of a list show the order of what they show, whatever was
 * reported; what none shows stands behind, by its position where those are reported. Versions of lists are not used.
 * Elsewhere the order is a guess: by the first event that proves that a
 * write had taken effect. The guess never contradicts happens-before or the write order assumption.
 */
final class VersionOrders {

    /** How the order of a key's writes is known. */
    enum Source {
        INFERRED,
        /** By the reads of a list. */
        TRACED,
        VERSIONS,
        POSITIONS
    }

    final Recorded recorded;
    final WriteOrder assumption;
    /** By key. */
    final Source[] source;
    /** The reported version or position that is used, or {@link History#ABSENT}; by write, empty where none is used. */
    private final long[] mark;
    /** Index into {@link #ordered} by key; one more at the end. */
    final int[] start;
    /** The writes, key by key, each key's in its order. */
    final int[] ordered;
    /** Whether no other order of the key's writes is possible; by key. */
    final boolean[] known;
    /** The place of each write in {@link #ordered}. */
    final int[] place;
    /** How many keys have versions that contradict each other. */
    final int divergentKeys;

    private VersionOrders(Recorded recorded, WriteOrder assumption, Source[] given) {
        this.recorded = recorded;
        this.assumption = assumption;
        int keys = recorded.judged.length;
        start = new int[keys + 1];
        for (int write = 0; write < recorded.writes; write++) {
            start[recorded.writeKey[write] + 1]++;
        }
        for (int key = 0; key < keys; key++) {
            start[key + 1] += start[key];
        }
        ordered = new int[recorded.writes];
        int[] fill = start.clone();
        for (int write : Evidence.order(recorded, assumption)) {
            ordered[fill[recorded.writeKey[write]]++] = write;
        }

        source = given.length == 0 ? new Source[keys] : given;
        if (given.length == 0) {
            Arrays.setAll(source, key -> recorded.lists.isList(key) ? Source.TRACED : Source.INFERRED);
        }
        if (reports(recorded)) {
            mark = new long[recorded.writes];
            divergentKeys = useReports(given.length == 0);
        } else {
            mark = new long[0];
            divergentKeys = 0;
        }
        for (int key = 0; key < keys && !recorded.isPlain(); key++) {
            if (recorded.lists.isList(key)) {
                orderByReads(key);
            }
        }
        place = new int[recorded.writes];
        for (int i = 0; i < ordered.length; i++) {
            place[ordered[i]] = i;
        }
        known = new boolean[keys];
        for (int key = 0; key < keys; key++) {
            known[key] = nothingElseIsPossible(key);
        }
    }

    /** Puts what the reads of the list show first, in their order. */
    private void orderByReads(int key) {
        int[] shown = recorded.shown[key];
        int at = start[key + 1];
        for (int i = start[key + 1] - 1; i >= start[key]; i--) {
            if (recorded.placeShown(ordered[i]) < 0) {
                ordered[--at] = ordered[i];
            }
        }
        System.arraycopy(shown, 0, ordered, start[key], shown.length);
    }

    private static boolean reports(Recorded recorded) {
        for (int i = 0; i < recorded.size(); i++) {
            int operation = recorded.operation(i);
            if (recorded.history.version(operation) != History.ABSENT
                    || recorded.history.position(operation) != History.ABSENT) {
                return true;
            }
        }
        return false;
    }

    /** Orders the writes by what was reported of them; returns how many keys have versions that contradict each other. */
    private int useReports(boolean choose) {
        ReportedMarks reported = new ReportedMarks(recorded);
        int divergent = 0;
        for (int key = 0; key < source.length; key++) {
            if (choose) {
                if (complete(key, reported.position)) {
                    source[key] = Source.POSITIONS;
                } else if (source[key] != Source.TRACED && complete(key, reported.version)) {
                    if (reported.divergent(start[key], start[key + 1], ordered)) {
                        divergent++;
                    } else {
                        source[key] = Source.VERSIONS;
                    }
                }
            }
            for (int i = start[key]; i < start[key + 1]; i++) {
                int write = ordered[i];
                mark[write] = source[key] == Source.POSITIONS
                        ? reported.position[write]
                        : source[key] == Source.VERSIONS ? reported.version[write] : History.ABSENT;
            }
            if (source[key] == Source.VERSIONS || source[key] == Source.POSITIONS) {
                orderByMarks(start[key], start[key + 1]);
            }
        }
        return divergent;
    }

    static VersionOrders of(Recorded recorded, WriteOrder assumption) {
        return new VersionOrders(recorded, assumption, new Source[0]);
    }

    /** The orders of a part of the history, known in the way that they are known here. */
    VersionOrders restrictedTo(Recorded part) {
        return new VersionOrders(part, assumption, source);
    }

    /** The reported version or position of a write that is used, or {@link History#ABSENT}. */
    long mark(int write) {
        return mark.length == 0 ? History.ABSENT : mark[write];
    }

    /** The marks of all writes. */
    long[] marks() {
        long[] marks = new long[recorded.writes];
        Arrays.setAll(marks, this::mark);
        return marks;
    }

    /** The next write of the key, or -1. */
    int next(int write) {
        int at = place[write] + 1;
        return at < start[recorded.writeKey[write] + 1] ? ordered[at] : -1;
    }

    /** The first write of the key, or -1. */
    int first(int key) {
        return start[key] < start[key + 1] ? ordered[start[key]] : -1;
    }

    /** Whether the write is ordered by its reported position. */
    boolean hasPosition(int write) {
        return source[recorded.writeKey[write]] == Source.POSITIONS && mark(write) != History.ABSENT;
    }

    boolean allKnown() {
        for (boolean each : known) {
            if (!each) {
                return false;
            }
        }
        return true;
    }

    /** Whether a key with writes has this source. */
    boolean uses(Source sought) {
        for (int key = 0; key < source.length; key++) {
            if (source[key] == sought && start[key] < start[key + 1]) {
                return true;
            }
        }
        return false;
    }

    /** Whether it is assumed where some write of a key stands beside another one. */
    boolean usesAssumption() {
        int[] free = new int[source.length];
        for (int write = 0; write < recorded.writes; write++) {
            int key = recorded.writeKey[write];
            if (isAssumed(write) && (source[key] == Source.INFERRED || ++free[key] > 1)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the assumption, the reports or the reads of a list put one write of a key before another of the same key. */
    boolean certainlyBefore(int first, int second) {
        if (recorded.placeShown(first) >= 0 || recorded.placeShown(second) >= 0) {
            return isShownBefore(first, second);
        }
        Source known = source[recorded.writeKey[first]];
        if (known == Source.POSITIONS || known == Source.VERSIONS) {
            return mark(first) != History.ABSENT && mark(second) != History.ABSENT && mark(first) < mark(second);
        }
        return recorded.before(first, second)
                && (assumption == WriteOrder.REAL_TIME || recorded.sameSession(first, second));
    }

    /** Whether some read of their list shows the first append, and not the second or the second behind it. */
    boolean isShownBefore(int first, int second) {
        int place = recorded.placeShown(first);
        return place >= 0
                && recorded.writeKey[first] == recorded.writeKey[second]
                && (recorded.placeShown(second) < 0 || place < recorded.placeShown(second));
    }

    /** Whether nothing but the assumption says where the write stands. */
    boolean isAssumed(int write) {
        Source known = source[recorded.writeKey[write]];
        return (known == Source.INFERRED || known == Source.TRACED) && recorded.placeShown(write) < 0;
    }

    /** Puts these writes of one key, which stand side by side, into this order. */
    void reorder(int[] writesInOrder) {
        int at = Integer.MAX_VALUE;
        for (int write : writesInOrder) {
            at = Math.min(at, place[write]);
        }
        for (int write : writesInOrder) {
            ordered[at] = write;
            place[write] = at++;
        }
    }

    private boolean complete(int key, long[] marks) {
        boolean any = false;
        for (int i = start[key]; i < start[key + 1]; i++) {
            if (marks[ordered[i]] != History.ABSENT) {
                any = true;
            } else if (recorded.acknowledged(ordered[i])) {
                return false;
            }
        }
        return any;
    }

    /** Sorts by mark; those without one are put in by the first proof of their effect. */
    private void orderByMarks(int from, int to) {
        int[] inEvidenceOrder = Arrays.copyOfRange(ordered, from, to);
        int[] marked = Arrays.stream(inEvidenceOrder)
                .filter(write -> mark(write) != History.ABSENT)
                .toArray();
        sortByMark(marked);
        int[] unmarked = Arrays.stream(inEvidenceOrder)
                .filter(write -> mark(write) == History.ABSENT)
                .toArray();
        int m = 0;
        int u = 0;
        for (int at = from; at < to; at++) {
            boolean takeMarked = u == unmarked.length
                    || (m < marked.length && recorded.evidence[marked[m]] <= recorded.evidence[unmarked[u]]);
            ordered[at] = takeMarked ? marked[m++] : unmarked[u++];
        }
    }

    /** Sorts writes by their marks. */
    void sortByMark(int[] marked) {
        boolean sorted = true;
        for (int i = 1; i < marked.length && sorted; i++) {
            sorted = mark(marked[i - 1]) <= mark(marked[i]);
        }
        if (!sorted) {
            long least = Arrays.stream(marked).mapToLong(this::mark).min().orElseThrow();
            long most = Arrays.stream(marked).mapToLong(this::mark).max().orElseThrow();
            if (most - least >= 0 && most - least < Integer.MAX_VALUE) {
                sortBySmallMark(marked, least);
                return;
            }
            Integer[] boxed = Arrays.stream(marked).boxed().toArray(Integer[]::new);
            Arrays.sort(boxed, (a, b) -> Long.compare(mark(a), mark(b)));
            Arrays.setAll(marked, i -> boxed[i]);
        }
    }

    private void sortBySmallMark(int[] marked, long least) {
        long[] keyed = new long[marked.length];
        for (int i = 0; i < marked.length; i++) {
            keyed[i] = ((mark(marked[i]) - least) << 32) | i;
        }
        Arrays.sort(keyed);
        int[] before = marked.clone();
        for (int i = 0; i < marked.length; i++) {
            marked[i] = before[(int) keyed[i]];
        }
    }

    private boolean nothingElseIsPossible(int key) {
        for (int i = start[key] + 1; i < start[key + 1]; i++) {
            int earlier = ordered[i - 1];
            int later = ordered[i];
            boolean reported = source[key] == Source.POSITIONS || source[key] == Source.VERSIONS;
            boolean fixed = (reported && !recorded.lists.isList(key))
                    ? mark(earlier) != History.ABSENT && mark(later) != History.ABSENT
                    : certainlyBefore(earlier, later);
            if (!fixed) {
                return false;
            }
        }
        return true;
    }

    /** What the store reported of each write. */
    private static final class ReportedMarks {
        private final long[] position;
        private final long[] version;
        private final boolean[] contradicted;

        ReportedMarks(Recorded recorded) {
            History history = recorded.history;
            position = new long[recorded.writes];
            version = new long[recorded.writes];
            contradicted = new boolean[recorded.writes];
            for (int write = 0; write < recorded.writes; write++) {
                position[write] = history.position(recorded.writeOperation[write]);
                version[write] = history.version(recorded.writeOperation[write]);
            }
            for (int i = 0; i < recorded.size(); i++) {
                int operation = recorded.operation(i);
                int entry = recorded.entryStart[i];
                if (recorded.entryStart[i + 1] - entry != 1
                        || recorded.entryWrite[entry] < 0
                        || history.writeCount(operation) > 0
                        || history.version(operation) == History.ABSENT
                        || history.outcome(operation) != Outcome.OK) {
                    continue;
                }
                int write = recorded.entryWrite[entry];
                if (version[write] != History.ABSENT && version[write] != history.version(operation)) {
                    contradicted[write] = true;
                }
                version[write] = history.version(operation);
            }
        }

        boolean divergent(int from, int to, int[] ordered) {
            long[] versions = new long[to - from];
            for (int i = from; i < to; i++) {
                versions[i - from] = version[ordered[i]];
                if (contradicted[ordered[i]]) {
                    return true;
                }
            }
            Arrays.sort(versions);
            for (int i = 1; i < versions.length; i++) {
                if (versions[i] == versions[i - 1] && versions[i] != History.ABSENT) {
                    return true;
                }
            }
            return false;
        }
    }
}
