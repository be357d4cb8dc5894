package dev.umpire.targets.simulated.multileader;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** Along which ways changes go from leader to leader (Kleppmann, DDIA, fig. 5-8). */
enum Topology {
    /** Every leader sends its own changes to every other. */
    ALL_TO_ALL,
    /** The first leader is the hub: the others send it theirs, it sends everything on to all. */
    STAR,
    /** Every leader sends all it has to the next; past those that do not answer, to the first that does. */
    CIRCLE;

    private static final int HUB = 0;

    /** Whether this leader passes on what it has from others. */
    boolean passesOn(int leader) {
        return this == CIRCLE || (this == STAR && leader == HUB);
    }

    /**
     * To whom a leader sends.
     *
     * @param silent whether a leader has not answered for a while
     */
    List<Integer> targets(int leader, int leaders, IntPredicate silent) {
        List<Integer> targets = new ArrayList<>();
        for (int step = 1; step < leaders; step++) {
            int other = (leader + step) % leaders;
            if (this == ALL_TO_ALL || leader == HUB || other == HUB || this == CIRCLE) {
                targets.add(other);
            }
            if (this == CIRCLE && !silent.test(other)) {
                break;
            }
        }
        return targets;
    }
}
