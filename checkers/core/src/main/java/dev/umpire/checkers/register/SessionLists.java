package dev.umpire.checkers.register;

import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.Arrays;
import org.agrona.collections.Int2IntHashMap;

/**
 * The accesses of a register, session by session: what did not fail, in the order of invocations.
 *
 * <p>O(accesses) time; 4 bytes an access.
 */
public final class SessionLists {
    private final int[] start;
    private final int[] accesses;

    SessionLists(Register register) {
        int size = register.size();
        Int2IntHashMap rankOfSession = new Int2IntHashMap(History.NONE);
        int[] count = new int[16];
        int sessions = 0;
        for (int a = 0; a < size; a++) {
            if (register.outcome(a) == Outcome.FAIL) {
                continue;
            }
            int rank = rankOfSession.get(register.session(a));
            if (rank == History.NONE) {
                rank = sessions++;
                rankOfSession.put(register.session(a), rank);
                if (sessions > count.length) {
                    count = Arrays.copyOf(count, 2 * count.length);
                }
            }
            count[rank]++;
        }
        start = new int[sessions + 1];
        for (int s = 0; s < sessions; s++) {
            start[s + 1] = start[s] + count[s];
        }
        accesses = new int[start[sessions]];
        int[] next = Arrays.copyOf(start, sessions + 1);
        for (int a = 0; a < size; a++) {
            if (register.outcome(a) != Outcome.FAIL) {
                accesses[next[rankOfSession.get(register.session(a))]++] = a;
            }
        }
    }

    /** How many sessions touch the key. */
    public int count() {
        return start.length - 1;
    }

    /** The accesses of the {@code s}-th session stand from {@code from(s)} to before {@code to(s)}. */
    public int from(int s) {
        return start[s];
    }

    public int to(int s) {
        return start[s + 1];
    }

    public int access(int at) {
        return accesses[at];
    }
}
