package dev.umpire.checkers.prefix;

import dev.umpire.checkers.graph.EdgeSink;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.Arrays;

/**
 * Happens-before between writes: {@code (so ∪ wr)+}, where a read only passes on what its session knew after it.
 *
 * <p>A session's knowledge is the list of the writes that it has made or seen since its last acknowledged write. Every
 * write of the session comes after all of them, and replaces them once it is acknowledged; a long list, or one that
 * several writes of unknown outcome follow, is folded into one node. O(n) edges for sessions that do one thing at a
 * time, and for others too, as a folded list has one element.
 */
final class HappensBefore {
    private static final int FOLD_AT = 16;

    private final Recorded recorded;
    /** When each session invoked its last write; -1 if it made none. */
    private final int[] lastWriteInvoked;

    HappensBefore(Recorded recorded) {
        this.recorded = recorded;
        History history = recorded.history;
        lastWriteInvoked = new int[history.sessionCount()];
        Arrays.fill(lastWriteInvoked, -1);
        for (int write = 0; write < recorded.writes; write++) {
            int operation = recorded.writeOperation[write];
            lastWriteInvoked[history.session(operation)] = history.invoked(operation);
        }
    }

    /**
     * Tells the edges, between writes and folds; those that lead to a node before those that leave it.
     *
     * @param firstFree the number of the first fold
     * @return the first number that is still free
     */
    int tell(int firstFree, EdgeSink edges) {
        Sessions sessions = new Sessions(firstFree, edges);
        Timeline.tell(recorded, sessions);
        return sessions.nextNode;
    }

    /** What each session knows at one time. */
    private final class Sessions implements Timeline.Listener {
        private final EdgeSink edges;
        private final int[][] knowledge;
        private final int[] knows;
        /** How often the knowledge of a session has changed. */
        private final int[] changes;

        private final int[] changesAtInvocation = new int[recorded.writes];
        private int nextNode;

        Sessions(int firstFree, EdgeSink edges) {
            this.edges = edges;
            int sessions = recorded.history.sessionCount();
            knowledge = new int[sessions][];
            knows = new int[sessions];
            changes = new int[sessions];
            nextNode = firstFree;
        }

        @Override
        public void invoked(int i, int write) {
            if (write < 0) {
                return;
            }
            int operation = recorded.operation(i);
            int session = recorded.history.session(operation);
            if (recorded.history.outcome(operation) == Outcome.INFO && knows[session] > 1) {
                fold(session);
            }
            for (int k = 0; k < knows[session]; k++) {
                edges.add(knowledge[session][k], write);
            }
            if (recorded.casRead[write] >= 0) {
                edges.add(recorded.casRead[write], write);
            }
            changesAtInvocation[write] = changes[session];
        }

        @Override
        public void completed(int i, int write) {
            int operation = recorded.operation(i);
            int session = recorded.history.session(operation);
            if (write >= 0) {
                if (changesAtInvocation[write] == changes[session]) {
                    knows[session] = 0;
                }
                learn(session, write);
            } else if (lastWriteInvoked[session] > recorded.history.completed(operation)) {
                for (int entry = recorded.entryStart[i]; entry < recorded.entryStart[i + 1]; entry++) {
                    if (recorded.entryWrite[entry] >= 0) {
                        learn(session, recorded.entryWrite[entry]);
                    }
                }
            }
        }

        private void learn(int session, int node) {
            int count = knows[session];
            if (knowledge[session] == null) {
                knowledge[session] = new int[FOLD_AT];
            }
            if (count > 0 && knowledge[session][count - 1] == node) {
                return;
            }
            if (count == FOLD_AT) {
                fold(session);
                count = 1;
            }
            knowledge[session][count] = node;
            knows[session] = count + 1;
            changes[session]++;
        }

        private void fold(int session) {
            int fold = nextNode++;
            for (int k = 0; k < knows[session]; k++) {
                edges.add(knowledge[session][k], fold);
            }
            knowledge[session][0] = fold;
            knows[session] = 1;
        }
    }
}
