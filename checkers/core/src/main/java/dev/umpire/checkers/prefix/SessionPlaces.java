package dev.umpire.checkers.prefix;

import dev.umpire.checkers.graph.EdgeSink;
import java.util.Arrays;

/**
 * Places never go back along a session: each observation comes after those that its session had completed before it
 * began. The place of a cas is its write. O(n) edges.
 */
final class SessionPlaces implements Timeline.Listener {
    private static final int NOTHING = -1;

    private final Recorded recorded;
    /** The node of each operation under judgement that observes something. */
    private final int[] node;

    private final Knowledge knowledge;
    private final int[] changesAtInvocation;

    private SessionPlaces(Recorded recorded, Observers observers, int firstFree, EdgeSink edges) {
        this.recorded = recorded;
        node = new int[recorded.size()];
        Arrays.fill(node, NOTHING);
        for (int observation = 0; observation < recorded.observations.length; observation++) {
            node[recorded.observations[observation]] = observers.place(observation);
        }
        changesAtInvocation = new int[recorded.size()];
        knowledge = new Knowledge(recorded.history.sessionCount(), firstFree, !observers.anyAtCas(), edges);
    }

    /**
     * Tells the edges; those that lead to a node before those that leave it.
     *
     * @param firstFree the number of the first node that only passes order on
     * @return the first number that is still free
     */
    static int tell(Recorded recorded, Observers observers, int firstFree, EdgeSink edges) {
        SessionPlaces places = new SessionPlaces(recorded, observers, firstFree, edges);
        Timeline.tell(recorded, places);
        return places.knowledge.nextNode();
    }

    @Override
    public void invoked(int i, int write) {
        if (write >= 0 && recorded.casRead[write] != Recorded.NO_CAS) {
            node[i] = write;
        }
        if (node[i] != NOTHING) {
            int session = recorded.history.session(recorded.operation(i));
            knowledge.precede(session, node[i]);
            changesAtInvocation[i] = knowledge.changes(session);
        }
    }

    @Override
    public void completed(int i, int write) {
        if (node[i] != NOTHING) {
            knowledge.replace(recorded.history.session(recorded.operation(i)), node[i], changesAtInvocation[i]);
        }
    }
}
