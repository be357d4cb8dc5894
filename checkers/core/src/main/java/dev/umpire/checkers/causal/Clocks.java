package dev.umpire.checkers.causal;

import java.util.Arrays;

/**
 * Vector clocks over the causal order: how many nodes of each chain are in a node's causal past.
 *
 * <p>The nodes are visited in an order of {@link CausalOrder}, once for every block of chains. A chain has one row of
 * counts, which it shares with those of its nodes that are still to be read, until it learns something new; a row goes
 * back to the pool when nobody needs it any more. O(nodes · chains) time; the rows that are needed at once, times the
 * width of a block, stay below {@link #MOST_CELLS}, so that more chains cost passes and not memory.
 */
final class Clocks {
    private static final int MOST_CELLS = 1 << 24;
    /** How many chains a block has at most. */
    static final int WIDEST = 64;

    private static final int ZEROS = 0;

    /** Looks at every node, in a causal order. */
    interface Visitor {
        /** Another block of chains begins. */
        void begin();

        /** The node's past is known, and that of every source of its reads; its own writes are not in it. */
        void visit(int node);
    }

    private final CausalOrder causal;
    private final int[] chain;
    private final int[] rank;
    /** How many nodes merge the row of each. */
    private final int[] uses;

    private final int[] left;
    private final int[] rowOfNode;
    private final int[] rowOfChain;
    private final int widest;

    private int firstChain;
    private int width;
    private int[] cells = new int[0];
    private int[] holders = new int[0];
    private int[] free = new int[0];
    private int freeCount;
    private int rows;
    private int current;

    /**
     * The clocks of a causal order without a cycle.
     *
     * @param most how many chains are looked at in one pass at most; 1 to {@link #WIDEST}
     */
    Clocks(CausalOrder causal, int most) {
        this.causal = causal;
        chain = causal.sessions.chain;
        rank = causal.sessions.rank;
        int size = causal.nodes.size;
        uses = new int[size];
        left = new int[size];
        rowOfNode = new int[size];
        rowOfChain = new int[causal.sessions.chains()];
        causal.tell((before, after) -> uses[before]++);
        for (int v = 0; v < size; v++) {
            SessionOrder sessions = causal.sessions;
            for (int i = sessions.start[v]; i < sessions.start[v + 1]; i++) {
                if (chain[sessions.predecessor[i]] == chain[v]) {
                    uses[sessions.predecessor[i]]--;
                }
            }
        }
        int chains = causal.sessions.chains();
        widest = Math.max(1, Math.min(Math.min(chains, most), MOST_CELLS / (mostRows() + chains + 1)));
    }

    /** How many nodes' rows are needed at the same time. */
    private int mostRows() {
        System.arraycopy(uses, 0, left, 0, uses.length);
        int live = 0;
        int most = 0;
        for (int v : causal.order) {
            live -= release(v, false);
            if (uses[v] > 0) {
                most = Math.max(most, ++live);
            }
        }
        return most;
    }

    /** Visits every node once for each block of chains. */
    void run(Visitor visitor) {
        for (int first = 0; first < causal.sessions.chains(); first += widest) {
            firstChain = first;
            width = Math.min(widest, causal.sessions.chains() - first);
            rows = 0;
            freeCount = 0;
            newRow();
            holders[ZEROS] = Integer.MAX_VALUE / 2; // everybody's
            Arrays.fill(cells, 0, width, 0);
            Arrays.fill(rowOfChain, ZEROS);
            System.arraycopy(uses, 0, left, 0, uses.length);
            visitor.begin();
            pass(visitor);
        }
    }

    private void pass(Visitor visitor) {
        Nodes nodes = causal.nodes;
        SessionOrder sessions = causal.sessions;
        for (int v : causal.order) {
            current = v;
            for (int i = sessions.start[v]; i < sessions.start[v + 1]; i++) {
                learn(chain[v], sessions.predecessor[i]);
            }
            for (int r = nodes.readStart[v]; r < nodes.readStart[v + 1]; r++) {
                if (nodes.readSource[r] >= 0) {
                    learn(chain[v], nodes.readSource[r]);
                }
            }
            visitor.visit(v);
            release(v, true);
            if (uses[v] > 0) {
                rowOfNode[v] = rowOfChain[chain[v]];
                holders[rowOfNode[v]]++;
            }
        }
    }

    /** One use less of everything that the node merged; returns how many nodes are needed no more. */
    private int release(int v, boolean withRows) {
        Nodes nodes = causal.nodes;
        SessionOrder sessions = causal.sessions;
        int released = 0;
        for (int i = sessions.start[v]; i < sessions.start[v + 1]; i++) {
            int before = sessions.predecessor[i];
            if (chain[before] != chain[v] && --left[before] == 0) {
                released++;
                if (withRows) {
                    drop(rowOfNode[before]);
                }
            }
        }
        for (int r = nodes.readStart[v]; r < nodes.readStart[v + 1]; r++) {
            int before = nodes.readSource[r];
            if (before >= 0 && --left[before] == 0) {
                released++;
                if (withRows) {
                    drop(rowOfNode[before]);
                }
            }
        }
        return released;
    }

    private void learn(int c, int from) {
        if (chain[from] == c) {
            return;
        }
        int row = rowOfChain[c];
        int other = rowOfNode[from];
        int column = chain[from] - firstChain;
        boolean within = column >= 0 && column < width;
        if (within) {
            if (cells[row * width + column] > rank[from]) {
                return; // whoever knows the node knows its past
            }
        } else if (row == other || covers(row, other)) {
            return;
        }
        if (holders[row] > 1) {
            int own = newRow();
            System.arraycopy(cells, row * width, cells, own * width, width);
            drop(row);
            rowOfChain[c] = own;
            row = own;
        }
        int to = row * width;
        int at = other * width;
        for (int i = 0; i < width; i++) {
            cells[to + i] = Math.max(cells[to + i], cells[at + i]);
        }
        if (within) {
            cells[to + column] = rank[from] + 1;
        }
    }

    private boolean covers(int row, int other) {
        for (int i = 0; i < width; i++) {
            if (cells[other * width + i] > cells[row * width + i]) {
                return false;
            }
        }
        return true;
    }

    private int newRow() {
        int row = freeCount > 0 ? free[--freeCount] : rows++;
        if ((row + 1) * width > cells.length) {
            cells = Arrays.copyOf(cells, Math.max((row + 1) * width, cells.length + (cells.length >> 1)));
        }
        if (row >= holders.length) {
            holders = Arrays.copyOf(holders, Math.max(64, 2 * row));
        }
        holders[row] = 1;
        return row;
    }

    private void drop(int row) {
        if (row != ZEROS && --holders[row] == 0) {
            if (freeCount == free.length) {
                free = Arrays.copyOf(free, Math.max(64, 2 * freeCount));
            }
            free[freeCount++] = row;
        }
    }

    /** Whether the chain belongs to the block of this pass. */
    boolean covers(int someChain) {
        return someChain >= firstChain && someChain < firstChain + width;
    }

    /** The first chain of the block. */
    int firstChain() {
        return firstChain;
    }

    /** How many chains the block has. */
    int width() {
        return width;
    }

    /** How many nodes of a chain of the block are in the past of the node that is visited. */
    int known(int someChain) {
        return someChain == chain[current]
                ? rank[current]
                : cells[rowOfChain[chain[current]] * width + someChain - firstChain];
    }

    /** Whether a node, of a chain of the block, is in the past of the node that is visited. */
    boolean isKnown(int node) {
        return known(chain[node]) > rank[node];
    }

    /** Whether a node, of a chain of the block, is in the past of one from which the visited one reads. */
    boolean isKnownTo(int source, int node) {
        return chain[node] == chain[source]
                ? rank[node] < rank[source]
                : cells[rowOfNode[source] * width + chain[node] - firstChain] > rank[node];
    }

    /** Whether the row of the node will be needed, as somebody reads from it. */
    boolean isUsed(int node) {
        return uses[node] > 0;
    }
}
