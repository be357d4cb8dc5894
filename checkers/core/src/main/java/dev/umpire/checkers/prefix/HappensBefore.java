package dev.umpire.checkers.prefix;

import dev.umpire.checkers.graph.EdgeSink;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.Arrays;

/**
 * Happens-before between writes: {@code (so ∪ wr)+}, where a read only passes on what its session knew after it.
 *
 * <p>A session's knowledge is the list of the writes that it has made or seen since its last acknowledged write. Every
 * write of the session comes after all of them and after what its own transaction read, and replaces them once it is
 * acknowledged; a list that several writes of
 * unknown outcome follow is folded into one node. O(n) edges.
 */
final class HappensBefore {
    private final Recorded recorded;
    /** When each session invoked its last write; -1 if it made none. */
    private final int[] lastWriteInvoked;

    HappensBefore(Recorded recorded) {
        this.recorded = recorded;
        History history = recorded.history;
        lastWriteInvoked = new int[history.sessionCount()];
        Arrays.fill(lastWriteInvoked, -1);
        for (int write = 0; write < recorded.realWrites; write++) {
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
        return sessions.knowledge.nextNode();
    }

    private final class Sessions implements Timeline.Listener {
        private final EdgeSink edges;
        private final Knowledge knowledge;
        private final int[] changesAtInvocation = new int[recorded.writes];

        Sessions(int firstFree, EdgeSink edges) {
            this.edges = edges;
            knowledge = new Knowledge(recorded.history.sessionCount(), firstFree, true, edges);
        }

        @Override
        public void invoked(int i, int write) {
            if (write < 0) {
                return;
            }
            int operation = recorded.operation(i);
            int session = recorded.history.session(operation);
            if (recorded.history.outcome(operation) == Outcome.INFO) {
                knowledge.fold(session);
            }
            knowledge.precede(session, write);
            if (recorded.casRead[write] >= 0) {
                edges.add(recorded.node(recorded.casRead[write]), write);
            }
            for (int entry = recorded.entryStart[i];
                    entry < recorded.entryStart[i + 1] && !recorded.isPlain();
                    entry++) {
                if (recorded.entryWrite[entry] >= 0) {
                    edges.add(recorded.node(recorded.entryWrite[entry]), write);
                }
            }
            changesAtInvocation[write] = knowledge.changes(session);
        }

        @Override
        public void completed(int i, int write) {
            int operation = recorded.operation(i);
            int session = recorded.history.session(operation);
            if (write >= 0) {
                knowledge.replace(session, write, changesAtInvocation[write]);
            } else if (lastWriteInvoked[session] > recorded.history.completed(operation)) {
                for (int entry = recorded.entryStart[i]; entry < recorded.entryStart[i + 1]; entry++) {
                    if (recorded.entryWrite[entry] >= 0) {
                        knowledge.learn(session, recorded.node(recorded.entryWrite[entry]));
                    }
                }
            }
        }
    }
}
