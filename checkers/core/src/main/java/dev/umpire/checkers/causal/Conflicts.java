package dev.umpire.checkers.causal;

import dev.umpire.checkers.graph.EdgeSink;
import java.util.Arrays;
import org.agrona.collections.IntArrayList;

/**
 * What reads say about the order of writes: a read of x that returned w, with another write u of x in its causal past, puts
 * u before w (the conflict relation, {@code cf}); a read of the initial value has no write of x in its past. A list puts each
 * of its elements before the next one, and there is no other append to it in the past of its read.
 *
 * <p>Of each chain only the last such u is told, as the chain orders the others; and none that is in the past of w anyway.
 * For each read the writes of its key that are not known to be in the past of w are looked at one by one where they are
 * few, else chain by chain. O(reads · chains) at most, and hardly more than O(reads) where writes of a key seldom meet.
 */
final class Conflicts implements Clocks.Visitor {
    /** How many conflicts are kept; a history with more is not judged. */
    private static final int MOST = 1 << 25;

    private final Nodes nodes;
    private final CausalOrder causal;
    private final Clocks clocks;
    private final int[] chain;
    private final int[] rank;

    /** The earlier write of each conflict; the later one is the source of its read. */
    final IntArrayList earlier = new IntArrayList();

    /** The read of each conflict. */
    final IntArrayList read = new IntArrayList();

    /** The write in the past of each read of the initial value that has one. */
    final IntArrayList written = new IntArrayList();

    /** The reads of the initial value that have a write in their past. */
    final IntArrayList initialRead = new IntArrayList();

    /** The reads of lists, by their first element, in whose past is an append that the list lacks. */
    final IntArrayList incompleteRead = new IntArrayList();

    /** The append that each of them lacks. */
    final IntArrayList lacking = new IntArrayList();

    /** By node: the last look at a list that it is an element of. */
    private int[] elementOf = new int[0];

    private boolean complete = true;

    /** The writes of the block's chains, key by key, each key's in causal order; filled as they are visited. */
    private final int[] listStart;

    private int[] list = new int[0];
    /** How many of a key's writes were visited. */
    private final int[] listed;
    /** By write: how many of its key's writes, from the first, are certainly in its past. */
    private final int[] prefix;
    /** The same writes, each key's by chain. */
    private int[] byChain = new int[0];

    private final int[] lookedAt = new int[64];
    private int look;

    Conflicts(CausalOrder causal, Clocks clocks) {
        this.causal = causal;
        this.clocks = clocks;
        nodes = causal.nodes;
        chain = causal.sessions.chain;
        rank = causal.sessions.rank;
        listStart = new int[nodes.history.keyCount() + 1];
        listed = new int[nodes.history.keyCount()];
        prefix = new int[nodes.writeKey.length];
    }

    /** Whether all conflicts are there. */
    boolean complete() {
        return complete;
    }

    /** The later write of a conflict. */
    int later(int conflict) {
        return nodes.readSource[read.getInt(conflict)];
    }

    int size() {
        return read.size();
    }

    void tell(EdgeSink edges) {
        for (int i = 0; i < read.size(); i++) {
            edges.add(earlier.getInt(i), later(i));
        }
    }

    /** Whether every conflict leads forward in the causal order, so that both together have no cycle. */
    boolean isForward() {
        for (int i = 0; i < read.size(); i++) {
            if (causal.place[earlier.getInt(i)] > causal.place[later(i)]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void begin() {
        Arrays.fill(listStart, 0);
        for (int v = 0; v < nodes.size; v++) {
            if (clocks.covers(chain[v])) {
                for (int w = nodes.writeStart[v]; w < nodes.writeStart[v + 1]; w++) {
                    listStart[nodes.writeKey[w] + 1]++;
                }
            }
        }
        for (int key = 0; key < listed.length; key++) {
            listStart[key + 1] += listStart[key];
        }
        if (list.length < listStart[listed.length]) {
            list = new int[listStart[listed.length]];
        }
        System.arraycopy(listStart, 0, listed, 0, listed.length);
        byChain = new int[0];
    }

    @Override
    public void visit(int v) {
        for (int r = nodes.readStart[v], end; r < nodes.readStart[v + 1]; r = end) {
            end = nodes.endOfRead(r);
            if (nodes.isList(nodes.readKey[r])) {
                lookAtList(r, end);
            } else {
                look(v, r);
            }
        }
        for (int w = nodes.writeStart[v]; w < nodes.writeStart[v + 1]; w++) {
            int key = nodes.writeKey[w];
            if (clocks.isUsed(v)) {
                prefix[w] = prefixOf(key);
            }
            if (clocks.covers(chain[v])) {
                list[listed[key]++] = v;
            }
        }
    }

    /** The visited node knows what the latest write that it knows knew, and perhaps more. */
    private int prefixOf(int key) {
        int from = listStart[key];
        int to = listed[key];
        int most = 4 * clocks.width() + 16;
        for (int i = to - 1, tries = 0; i >= from && tries < 8; i--, tries++) {
            int write = list[i];
            if (clocks.isUsed(write) && clocks.isKnown(write)) {
                from = Math.max(from, prefix[entry(write, key)]);
                break;
            }
        }
        while (from < to && most-- > 0 && clocks.isKnown(list[from])) {
            from++;
        }
        return from;
    }

    private int entry(int writer, int key) {
        int w = nodes.writeStart[writer];
        while (nodes.writeKey[w] != key) {
            w++;
        }
        return w;
    }

    private void look(int v, int r) {
        int key = nodes.readKey[r];
        int source = nodes.readSource[r];
        int from = source == Nodes.INITIAL ? listStart[key] : Math.max(listStart[key], prefix[entry(source, key)]);
        int to = listed[key];
        look++;
        if (to - from > 4 * clocks.width() + 16) {
            lookByChain(v, r);
            return;
        }
        for (int i = to - 1; i >= from; i--) {
            int u = list[i];
            int column = chain[u] - clocks.firstChain();
            if (u != source && lookedAt[column] != look && clocks.isKnown(u)) {
                lookedAt[column] = look;
                note(r, u);
            }
        }
    }

    private void lookAtList(int first, int end) {
        look++;
        if (elementOf.length == 0) {
            elementOf = new int[nodes.size];
        }
        for (int r = first; r < end && nodes.readSource[r] != Nodes.INITIAL; r++) {
            elementOf[nodes.readSource[r]] = look;
            if (r > first && clocks.firstChain() == 0) {
                if (read.size() < MOST) {
                    read.addInt(r);
                    earlier.addInt(nodes.readSource[r - 1]);
                } else {
                    complete = false;
                }
            }
        }
        int key = nodes.readKey[first];
        for (int i = listStart[key]; i < listed[key]; i++) {
            if (elementOf[list[i]] != look && clocks.isKnown(list[i])) {
                incompleteRead.addInt(first);
                lacking.addInt(list[i]);
                return;
            }
        }
    }

    private void note(int r, int u) {
        int source = nodes.readSource[r];
        if (source == Nodes.INITIAL) {
            if (initialRead.isEmpty() || initialRead.getInt(initialRead.size() - 1) != r) {
                initialRead.addInt(r);
                written.addInt(u);
            }
        } else if (!clocks.isKnownTo(source, u)) {
            if (read.size() < MOST) {
                read.addInt(r);
                earlier.addInt(u);
            } else {
                complete = false;
            }
        }
    }

    private void lookByChain(int v, int r) {
        if (byChain.length == 0) {
            sortByChain();
        }
        int key = nodes.readKey[r];
        int source = nodes.readSource[r];
        int at = listStart[key];
        int end = listStart[key + 1];
        while (at < end) {
            int c = chain[byChain[at]];
            int count = clocks.known(c);
            int next = firstBeyond(at, end, c, Integer.MAX_VALUE);
            int last = firstBeyond(at, next, c, count) - 1;
            if (last >= at && byChain[last] != source && byChain[last] != v) {
                note(r, byChain[last]);
            }
            at = next;
        }
    }

    /** The first of the writes {@code from} to {@code to} that has a higher chain, or in this one at least this rank. */
    private int firstBeyond(int from, int to, int c, int least) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            int write = byChain[middle];
            if (chain[write] < c || (chain[write] == c && rank[write] < least)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void sortByChain() {
        int[] countOfChain = new int[clocks.width() + 1];
        byChain = new int[listStart[listed.length]];
        int[] ofBlock = new int[nodes.size];
        for (int v = 0; v < nodes.size; v++) {
            if (clocks.covers(chain[v])) {
                countOfChain[chain[v] - clocks.firstChain() + 1]++;
            }
        }
        for (int c = 0; c < clocks.width(); c++) {
            countOfChain[c + 1] += countOfChain[c];
        }
        int all = countOfChain[clocks.width()];
        for (int v = 0; v < nodes.size; v++) {
            if (clocks.covers(chain[v])) {
                // nodes are numbered by invocation, so that those of one chain come in the order of their ranks
                ofBlock[countOfChain[chain[v] - clocks.firstChain()]++] = v;
            }
        }
        int[] next = Arrays.copyOf(listStart, listed.length);
        for (int i = 0; i < all; i++) {
            int v = ofBlock[i];
            for (int w = nodes.writeStart[v]; w < nodes.writeStart[v + 1]; w++) {
                byChain[next[nodes.writeKey[w]]++] = v;
            }
        }
    }
}
