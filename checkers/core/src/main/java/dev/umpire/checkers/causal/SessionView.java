package dev.umpire.checkers.causal;

import dev.umpire.checkers.graph.Digraph;
import java.util.Arrays;
import java.util.BitSet;
import org.agrona.collections.IntArrayList;

/**
 * Whether one order of all writes and of the reads of one session extends a given order, so that each of these reads
 * returns the latest write of its key; the reads of the session are taken in one given sequence.
 *
 * <p>Every node gets a level: 2i, if it must come before the session's i-th read (but not before an earlier one), and the
 * i-th read itself gets 2i + 1. What must come before is the least that satisfies these rules (the happens-before relation of
 * a session in Bouajjani et al., POPL 2017; the read-centric closure of Wei et al., TPDS 2016):
 * <ul>
 *   <li>whatever precedes a node in the given order is on its level or a lower one;
 *   <li>if the i-th read returned the write w of x, every other write of x that comes before the i-th read is on the
 *       level of w or a lower one, and before w.
 *   <li>if the i-th read returned a list, every append to it that comes before the i-th read is one of its elements, and each
 *       element is on the level of the next one or a lower one, and before it.
 * </ul>
 * There is such an order iff no read would have to come before an earlier one, no write of x before a read of the initial
 * value of x, no append before a read of a list that lacks it, and the second and third rule make no cycle within a level: level by level, topologically sorted, is then the order.
 *
 * <p>Reads are added one after the other. A read that returns a write that is new to the session costs the newly needed
 * nodes once; only what must be put before an older write is moved to a lower level, again and again in the worst case.
 * Memory is linear in the history, whatever the number of sessions.
 */
final class SessionView {
    private static final int UNPLACED = Integer.MAX_VALUE;

    private final Nodes nodes;
    private final SessionOrder sessions;
    private final boolean causal;
    private final Steps steps;
    private final int[] place;
    private final int[] level;
    /** By node: its number among the reads of the session, or -1. */
    private final int[] number;
    /** By node: the event that gave it its level. */
    private final int[] eventOf;

    /** By key: the writes that were placed, with a level that each does not exceed; the levels never fall along the list. */
    private final IntArrayList[] placed;

    private final IntArrayList[] placedLevel;
    /** By key: the reads of the session, by their entries in {@code nodes.reader}. */
    private final IntArrayList[] readsOfKey;

    private final IntArrayList touchedKeys = new IntArrayList();

    /** By node: the last look at a list that it is an element of. */
    private final int[] elementOf;

    private int look;

    private final IntArrayList stack = new IntArrayList();
    /** Why nodes were placed: four numbers an event, see {@link #event}. */
    private final IntArrayList events = new IntArrayList();

    private int[] violation = new int[0];

    /**
     * A view that can be asked again for every session.
     *
     * @param causal whether reads of other sessions order what they returned before what their sessions did afterwards
     * @param place the place of every node in an order that all edges follow
     */
    SessionView(Nodes nodes, SessionOrder sessions, boolean causal, int[] place, Steps steps) {
        this.nodes = nodes;
        this.sessions = sessions;
        this.causal = causal;
        this.place = place;
        this.steps = steps;
        level = new int[nodes.size];
        number = new int[nodes.size];
        Arrays.fill(number, -1);
        eventOf = new int[nodes.size];
        elementOf = new int[nodes.size];
        int keys = nodes.history.keyCount();
        placed = new IntArrayList[keys];
        placedLevel = new IntArrayList[keys];
        readsOfKey = new IntArrayList[keys];
    }

    /**
     * Whether there is such an order; not to be believed when the steps are spent.
     *
     * @param reads the reads of one session, all of them, in an order that extends the session's
     */
    boolean holds(int[] reads) {
        Arrays.fill(level, UNPLACED);
        events.clear();
        stack.clear();
        violation = new int[0];
        for (int i = 0; i < touchedKeys.size(); i++) {
            int key = touchedKeys.getInt(i);
            placed[key].clear();
            placedLevel[key].clear();
            readsOfKey[key].clear();
        }
        touchedKeys.clear();
        for (int i = 0; i < reads.length; i++) {
            number[reads[i]] = i;
        }
        boolean good = true;
        for (int i = 0; i < reads.length && good && !steps.spent(); i++) {
            good = read(reads[i], i);
        }
        good = good && !steps.spent() && levelsHold();
        for (int read : reads) {
            number[read] = -1;
        }
        return good;
    }

    /**
     * The nodes from which it follows that there is no such order, in no order; to be asked after {@link #holds} has said
     * no.
     */
    int[] violation() {
        return violation;
    }

    private boolean read(int v, int i) {
        eventOf[v] = event(v, -1, -1, -1);
        if (!lowerAllBefore(v, 2 * i) || !drain()) {
            return false;
        }
        level[v] = 2 * i + 1;
        for (int r = nodes.readStart[v], end; r < nodes.readStart[v + 1]; r = end) {
            end = nodes.endOfRead(r);
            int key = nodes.readKey[r];
            touch(key);
            readsOfKey[key].addInt(r);
            if (nodes.isList(key)) {
                if (!readList(v, r, end)) {
                    return false;
                }
                continue;
            }
            int source = nodes.readSource[r];
            if (source == Nodes.INITIAL) {
                if (!placed[key].isEmpty()) {
                    return violated(eventOf[placed[key].getInt(0)], eventOf[v]);
                }
            } else if (!lowerOthers(key, source, r, 2 * i) || !drain()) {
                return false;
            }
        }
        for (int w = nodes.writeStart[v]; w < nodes.writeStart[v + 1]; w++) {
            add(nodes.writeKey[w], v, 2 * i + 1);
        }
        return true;
    }

    /** A list has all appends that come before its read and no others, each before the next. */
    private boolean readList(int v, int first, int end) {
        look++;
        steps.take(end - first);
        for (int e = first; e < end && nodes.readSource[e] != Nodes.INITIAL; e++) {
            elementOf[nodes.readSource[e]] = look;
        }
        IntArrayList writes = placed[nodes.readKey[first]];
        steps.take(writes.size());
        for (int i = 0; i < writes.size(); i++) {
            if (elementOf[writes.getInt(i)] != look) {
                return violated(eventOf[writes.getInt(i)], eventOf[v]);
            }
        }
        for (int e = first + 1; e < end; e++) {
            if (!lowerElementBefore(e) || !drain()) {
                return false;
            }
        }
        return true;
    }

    /** The element before this one is on its level, or a lower one. */
    private boolean lowerElementBefore(int e) {
        int least = level[nodes.readSource[e]] & ~1;
        int before = nodes.readSource[e - 1];
        return level[before] <= least || move(before, least, -1, nodes.readSource[e], e);
    }

    /** An append has come to an earlier level: a list that was read after that level has it, behind what is before it there. */
    private boolean keepList(int v, int first) {
        int end = nodes.endOfRead(first);
        for (int e = first; e < end; e++) {
            steps.take();
            if (nodes.readSource[e] == v) {
                return e == first || lowerElementBefore(e);
            }
        }
        return violated(eventOf[v], eventOf[nodes.reader[first]]);
    }

    private void touch(int key) {
        if (placed[key] == null) {
            placed[key] = new IntArrayList();
            placedLevel[key] = new IntArrayList();
            readsOfKey[key] = new IntArrayList();
        }
        if (placed[key].isEmpty() && readsOfKey[key].isEmpty()) {
            touchedKeys.addInt(key);
        }
    }

    /** Does what the nodes that were moved entail, until nothing is left to do. */
    private boolean drain() {
        while (!stack.isEmpty()) {
            int v = stack.popInt();
            if (steps.spent() || !lowerAllBefore(v, level[v])) {
                return false;
            }
            for (int w = nodes.writeStart[v]; w < nodes.writeStart[v + 1]; w++) {
                if (!keepRule(v, nodes.writeKey[w])) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Moves whatever directly precedes a node to a level, unless it is on a lower one. */
    private boolean lowerAllBefore(int v, int least) {
        for (int i = sessions.start[v]; i < sessions.start[v + 1]; i++) {
            int before = sessions.predecessor[i];
            if (level[before] > least && !move(before, least, eventOf[v], -1, -1)) {
                return false;
            }
        }
        if (causal || number[v] >= 0) {
            for (int r = nodes.readStart[v]; r < nodes.readStart[v + 1]; r++) {
                int before = nodes.readSource[r];
                if (before >= 0 && level[before] > least && !move(before, least, eventOf[v], -1, -1)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** All other writes of the key that come before level {@code until} come before the source of the read. */
    private boolean lowerOthers(int key, int source, int r, int until) {
        int least = level[source] & ~1;
        IntArrayList writes = placed[key];
        IntArrayList levels = placedLevel[key];
        int at = levels.size();
        while (at > 0 && levels.getInt(at - 1) > least) {
            at--;
        }
        int count = levels.size() - at;
        if (count == 0 || (count == 1 && writes.getInt(at) == source)) {
            return true;
        }
        int[] popped = new int[count];
        int[] poppedLevel = new int[count];
        for (int i = 0; i < count; i++) {
            steps.take();
            popped[i] = writes.getInt(at + i);
            poppedLevel[i] = levels.getInt(at + i);
        }
        int put = at;
        for (int i = 0; i < count; i++) {
            if (mustMove(popped[i], source, least, until)) {
                writes.setInt(put, popped[i]);
                levels.setInt(put++, least);
            }
        }
        for (int i = 0; i < count; i++) {
            if (!mustMove(popped[i], source, least, until)) {
                writes.setInt(put, popped[i]);
                levels.setInt(put++, poppedLevel[i]);
            }
        }
        for (int i = 0; i < count; i++) {
            if (mustMove(popped[i], source, least, until)
                    && level[popped[i]] > least
                    && !move(popped[i], least, -1, source, r)) {
                return false;
            }
        }
        return true;
    }

    private boolean mustMove(int write, int source, int least, int until) {
        return write != source && (level[write] <= until || level[write] <= least);
    }

    /** A write has come to an earlier level: what the reads between say of it, and of the others if they returned it. */
    private boolean keepRule(int v, int key) {
        IntArrayList reads = readsOfKey[key];
        for (int i = reads.size() - 1; i >= 0; i--) {
            int r = reads.getInt(i);
            int at = number[nodes.reader[r]];
            if (2 * at < level[v]) {
                break;
            }
            steps.take();
            if (nodes.isList(key)) {
                if (!keepList(v, r)) {
                    return false;
                }
                continue;
            }
            int source = nodes.readSource[r];
            if (source == Nodes.INITIAL) {
                return violated(eventOf[v], eventOf[nodes.reader[r]]);
            }
            boolean kept = source == v
                    ? lowerOthers(key, v, r, 2 * at)
                    : (level[source] & ~1) >= level[v] || move(v, level[source] & ~1, -1, source, r);
            if (!kept) {
                return false;
            }
        }
        return true;
    }

    /**
     * Moves a node to a lower level; false if it is a read of the session, which cannot be moved.
     *
     * @param cause the event of the node that it directly precedes, or -1 and
     * @param source the write that it must precede, with {@code r}, the read that says so
     */
    private boolean move(int v, int least, int cause, int source, int r) {
        boolean isNew = level[v] == UNPLACED;
        int event = source >= 0
                ? event(
                        v,
                        eventOf[source],
                        eventOf[v],
                        nodes.reader[r]) // that it was before the read is an older event
                : event(v, cause, -1, -1);
        if (number[v] >= 0) {
            return violated(event, -1);
        }
        level[v] = least;
        eventOf[v] = event;
        if (isNew) {
            for (int w = nodes.writeStart[v]; w < nodes.writeStart[v + 1]; w++) {
                add(nodes.writeKey[w], v, least);
            }
        } else {
            steps.take();
        }
        stack.addInt(v);
        return true;
    }

    private void add(int key, int v, int itsLevel) {
        touch(key);
        IntArrayList levels = placedLevel[key];
        IntArrayList writes = placed[key];
        int at = levels.size();
        levels.addInt(itsLevel);
        writes.addInt(v);
        while (at > 0 && levels.getInt(at - 1) > itsLevel) {
            steps.take();
            levels.setInt(at, levels.getInt(at - 1));
            writes.setInt(at, writes.getInt(at - 1));
            at--;
            levels.setInt(at, itsLevel);
            writes.setInt(at, v);
        }
    }

    /** An edge that the second or third rule makes between two writes of one level. */
    @FunctionalInterface
    private interface RuleSink {
        void add(int before, int after, int read);
    }

    private void tellRules(RuleSink sink) {
        int[] last = new int[0];
        int[] lastRead = new int[0];
        for (int k = 0; k < touchedKeys.size(); k++) {
            int key = touchedKeys.getInt(k);
            IntArrayList reads = readsOfKey[key];
            if (reads.isEmpty() || placed[key].size() < 2) {
                continue;
            }
            if (nodes.isList(key)) {
                tellLists(reads, sink);
                continue;
            }
            int most = 2 * number[nodes.reader[reads.getInt(reads.size() - 1)]] + 1;
            if (last.length <= most) {
                last = new int[2 * most + 2];
                Arrays.fill(last, -1);
                lastRead = new int[2 * most + 2];
            }
            for (int i = 0; i < reads.size(); i++) {
                int source = nodes.readSource[reads.getInt(i)];
                if (source < 0) {
                    continue;
                }
                int its = level[source];
                if (last[its] >= 0 && last[its] != source) {
                    sink.add(last[its], source, reads.getInt(i));
                    sink.add(source, last[its], lastRead[its]);
                }
                last[its] = source;
                lastRead[its] = reads.getInt(i);
            }
            for (int i = 0; i < placed[key].size(); i++) {
                int write = placed[key].getInt(i);
                int end = level[write] < last.length ? last[level[write]] : -1;
                if (end >= 0 && end != write) {
                    sink.add(write, end, lastRead[level[write]]);
                }
            }
            for (int i = 0; i < reads.size(); i++) {
                int source = nodes.readSource[reads.getInt(i)];
                if (source >= 0) {
                    last[level[source]] = -1;
                }
            }
        }
    }

    private void tellLists(IntArrayList reads, RuleSink sink) {
        for (int i = 0; i < reads.size(); i++) {
            int first = reads.getInt(i);
            int end = nodes.endOfRead(first);
            for (int e = first + 1; e < end; e++) {
                if (level[nodes.readSource[e - 1]] == level[nodes.readSource[e]]) {
                    sink.add(nodes.readSource[e - 1], nodes.readSource[e], e);
                }
            }
        }
    }

    /** Whether on every level the writes can be sorted so that the one that is read afterwards is the last of its key. */
    private boolean levelsHold() {
        BitSet flagged = new BitSet();
        tellRules((before, after, r) -> {
            if (place[after] < place[before]) {
                flagged.set(level[before]);
            }
        });
        return flagged.isEmpty() || sorts(flagged);
    }

    private boolean sorts(BitSet flagged) {
        int[] local = new int[nodes.size];
        IntArrayList members = new IntArrayList();
        for (int v = 0; v < nodes.size; v++) {
            local[v] = level[v] != UNPLACED && flagged.get(level[v]) ? members.size() : -1;
            if (local[v] >= 0) {
                members.addInt(v);
            }
        }
        IntArrayList from = new IntArrayList();
        IntArrayList to = new IntArrayList();
        IntArrayList by = new IntArrayList();
        RuleSink link = (before, after, r) -> {
            if (local[before] >= 0 && level[before] == level[after]) {
                from.addInt(local[before]);
                to.addInt(local[after]);
                by.addInt(r);
            }
        };
        for (int m = 0; m < members.size(); m++) {
            int v = members.getInt(m);
            for (int i = sessions.start[v]; i < sessions.start[v + 1]; i++) {
                link.add(sessions.predecessor[i], v, -1);
            }
            for (int r = nodes.readStart[v]; causal && r < nodes.readStart[v + 1]; r++) {
                if (nodes.readSource[r] >= 0) {
                    link.add(nodes.readSource[r], v, -1);
                }
            }
        }
        tellRules(link);
        Digraph graph = Digraph.of(members.size(), sink -> {
            for (int i = 0; i < from.size(); i++) {
                sink.add(from.getInt(i), to.getInt(i));
            }
        });
        if (!graph.cyclic()) {
            return true;
        }
        int[] cycle = ShortestPaths.someCycle(graph);
        IntArrayList reasons = new IntArrayList();
        IntArrayList readers = new IntArrayList();
        for (int i = 0; i < cycle.length; i++) {
            int next = cycle[(i + 1) % cycle.length];
            reasons.addInt(eventOf[members.getInt(cycle[i])]);
            for (int e = 0; e < from.size(); e++) {
                if (from.getInt(e) == cycle[i] && to.getInt(e) == next && by.getInt(e) >= 0) {
                    readers.addInt(nodes.reader[by.getInt(e)]);
                    break;
                }
            }
        }
        violation = explain(reasons, readers);
        return false;
    }

    /**
     * Notes why a node was moved: because of an earlier event, or of two and a read of the session.
     *
     * @return the number of the event
     */
    private int event(int node, int cause, int other, int reader) {
        int event = events.size() / 4;
        events.addInt(node);
        events.addInt(cause);
        events.addInt(other);
        events.addInt(reader);
        return event;
    }

    private boolean violated(int event, int other) {
        IntArrayList reasons = new IntArrayList();
        reasons.addInt(event);
        if (other >= 0) {
            reasons.addInt(other);
        }
        violation = explain(reasons, new IntArrayList());
        return false;
    }

    /**
     * The nodes of which these events tell, and of which those tell that caused them; without those that only stand
     * between two of their session.
     */
    private int[] explain(IntArrayList reasons, IntArrayList also) {
        boolean[] done = new boolean[events.size() / 4];
        boolean[] in = new boolean[nodes.size];
        IntArrayList open = new IntArrayList();
        for (int i = 0; i < reasons.size(); i++) {
            open.addInt(reasons.getInt(i));
            in[events.getInt(4 * reasons.getInt(i))] = true;
        }
        for (int i = 0; i < also.size(); i++) {
            in[also.getInt(i)] = true;
        }
        while (!open.isEmpty()) {
            int event = open.popInt();
            if (done[event]) {
                continue;
            }
            done[event] = true;
            int node = events.getInt(4 * event);
            int cause = events.getInt(4 * event + 1);
            int other = events.getInt(4 * event + 2);
            if (cause < 0) {
                in[node] = true;
                continue;
            }
            open.addInt(cause);
            if (other >= 0) {
                open.addInt(other);
                in[node] = true;
                in[events.getInt(4 * cause)] = true;
                in[events.getInt(4 * event + 3)] = true;
            } else if (!nodes.sessionOrder(node, events.getInt(4 * cause))) {
                in[node] = true;
                in[events.getInt(4 * cause)] = true;
            }
        }
        IntArrayList all = new IntArrayList();
        for (int v = 0; v < in.length; v++) {
            if (in[v]) {
                all.addInt(v);
            }
        }
        return all.toIntArray();
    }
}
