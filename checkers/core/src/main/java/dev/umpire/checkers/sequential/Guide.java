package dev.umpire.checkers.sequential;

import dev.umpire.checkers.graph.Digraph;
import dev.umpire.checkers.joined.ReadsFrom;
import java.util.Arrays;

/** Tells a search which writes no order can place next, where every read is joined to its write. */
interface Guide {

    /** Knows nothing, and allows everything. */
    Guide NONE = new Guide() {
        @Override
        public boolean allows(int node) {
            return true;
        }

        @Override
        public void placed(int node) {}

        @Override
        public void lifted(int node) {}
    };

    /** Whether some order may have the node here. */
    boolean allows(int node);

    /** The node was placed. */
    void placed(int node);

    /** The node that was placed last is no longer. */
    void lifted(int node);

    /** Whether no order begins as the present one does. */
    default boolean isHopeless() {
        return false;
    }

    /** The guide of constraints that have no cycle: whatever stands before a node, and whoever still has to read. */
    static Guide of(ReadsFrom readsFrom, Digraph constraints) {
        return new Joined(readsFrom, constraints);
    }

    /** Counts what is missing before each node, and the readers of each present value. */
    final class Joined implements Guide {
        private final ReadsFrom readsFrom;
        private final Digraph graph;
        private final int[] missing;
        /** Of each write of a key how many reads of it are not placed; after them the same of initial values by key. */
        private final int[] unread;

        private final int[] presentOfKey;
        /** Of each write the value that it replaced. */
        private final int[] replaced;

        private Joined(ReadsFrom readsFrom, Digraph graph) {
            this.readsFrom = readsFrom;
            this.graph = graph;
            int size = graph.size();
            int writes = readsFrom.writeKey.length;
            int keys = readsFrom.lanes.history.keyCount();
            missing = new int[size];
            for (int slot = 0; slot < graph.firstSlot(size); slot++) {
                missing[graph.successor(slot)]++;
            }
            unread = new int[writes + keys];
            for (int r = 0; r < readsFrom.readKey.length; r++) {
                unread[slotOf(r)]++;
            }
            presentOfKey = new int[keys];
            Arrays.setAll(presentOfKey, key -> writes + key);
            replaced = new int[writes];
        }

        @Override
        public boolean allows(int node) {
            if (missing[node] > 0) {
                return false;
            }
            for (int w = readsFrom.firstWrite[node]; w < readsFrom.firstWrite[node + 1]; w++) {
                int present = presentOfKey[readsFrom.writeKey[w]];
                int own = 0;
                for (int r = readsFrom.firstRead[node]; r < readsFrom.firstRead[node + 1]; r++) {
                    own += slotOf(r) == present ? 1 : 0;
                }
                if (unread[present] > own) {
                    return false;
                }
            }
            return true;
        }

        private int slotOf(int read) {
            return readsFrom.readSource[read] >= 0
                    ? readsFrom.readWrite[read]
                    : readsFrom.writeKey.length + readsFrom.readKey[read];
        }

        @Override
        public void placed(int node) {
            count(node, -1);
            for (int w = readsFrom.firstWrite[node]; w < readsFrom.firstWrite[node + 1]; w++) {
                int key = readsFrom.writeKey[w];
                replaced[w] = presentOfKey[key];
                presentOfKey[key] = w;
            }
        }

        @Override
        public void lifted(int node) {
            count(node, 1);
            for (int w = readsFrom.firstWrite[node]; w < readsFrom.firstWrite[node + 1]; w++) {
                presentOfKey[readsFrom.writeKey[w]] = replaced[w];
            }
        }

        private void count(int node, int change) {
            for (int r = readsFrom.firstRead[node]; r < readsFrom.firstRead[node + 1]; r++) {
                unread[slotOf(r)] += change;
            }
            for (int slot = graph.firstSlot(node); slot < graph.firstSlot(node + 1); slot++) {
                missing[graph.successor(slot)] += change;
            }
        }
    }
}
