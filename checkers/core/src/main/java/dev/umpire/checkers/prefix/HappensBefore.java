package dev.umpire.checkers.prefix;

import dev.umpire.checkers.graph.Edges;
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

    /** The edges, between writes and folds. */
    final Edges edges;
    /** One more than the largest node; folds are numbered from the first free node. */
    final int nodes;

    private final Recorded recorded;
    private final int[][] knowledge;
    private final int[] knows;
    /** How often the knowledge of a session has changed. */
    private final int[] changes;

    private final int[] lastWriteInvoked;
    private int nextNode;

    /**
     * Finds the edges.
     *
     * @param timeline as of {@link Timeline}
     * @param firstFree the number of the first fold
     */
    HappensBefore(Recorded recorded, int[] timeline, int firstFree) {
        this.recorded = recorded;
        History history = recorded.history;
        int sessions = history.sessionCount();
        edges = new Edges(recorded.writes * 2);
        knowledge = new int[sessions][];
        knows = new int[sessions];
        changes = new int[sessions];
        lastWriteInvoked = new int[sessions];
        nextNode = firstFree;
        Arrays.fill(lastWriteInvoked, -1);
        for (int write = 0; write < recorded.writes; write++) {
            int operation = recorded.writeOperation[write];
            lastWriteInvoked[history.session(operation)] = history.invoked(operation);
        }
        int[] writeOf = new int[recorded.operations.length];
        Arrays.fill(writeOf, -1);
        for (int write = 0, i = 0; write < recorded.writes; i++) {
            if (recorded.operations[i] == recorded.writeOperation[write]) {
                writeOf[i] = write++;
            }
        }
        int[] changesAtInvocation = new int[recorded.writes];
        for (int event : timeline) {
            int i = event >> 1;
            int write = writeOf[i];
            int session = history.session(recorded.operations[i]);
            if ((event & 1) == 0) {
                if (write >= 0) {
                    invoke(write, session);
                    changesAtInvocation[write] = changes[session];
                }
            } else if (write >= 0) {
                if (changesAtInvocation[write] == changes[session]) {
                    knows[session] = 0;
                }
                learn(session, write);
            } else if (lastWriteInvoked[session] > history.completed(recorded.operations[i])) {
                for (int entry = recorded.entryStart[i]; entry < recorded.entryStart[i + 1]; entry++) {
                    if (recorded.entryWrite[entry] >= 0) {
                        learn(session, recorded.entryWrite[entry]);
                    }
                }
            }
        }
        nodes = nextNode;
    }

    private void invoke(int write, int session) {
        if (recorded.history.outcome(recorded.writeOperation[write]) == Outcome.INFO && knows[session] > 1) {
            fold(session);
        }
        for (int i = 0; i < knows[session]; i++) {
            edges.add(knowledge[session][i], write);
        }
        if (recorded.casRead[write] >= 0) {
            edges.add(recorded.casRead[write], write);
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
        for (int i = 0; i < knows[session]; i++) {
            edges.add(knowledge[session][i], fold);
        }
        knowledge[session][0] = fold;
        knows[session] = 1;
    }
}
