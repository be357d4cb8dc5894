package dev.umpire.checkers.order;

import dev.umpire.checkers.register.Register;
import dev.umpire.checkers.register.SessionLists;
import dev.umpire.histories.Outcome;
import java.util.Arrays;
import java.util.function.IntPredicate;

/** The OK accesses of one session in the order of their completions, handed out up to a moment. */
public final class Completions {
    private final Register register;
    private final int[] accesses;
    private final int count;
    private final boolean sequential;
    private int at;

    /** The session's OK accesses that are wanted. */
    public Completions(Register register, SessionLists sessions, int session, IntPredicate wanted) {
        this.register = register;
        int from = sessions.from(session);
        int to = sessions.to(session);
        int[] found = new int[to - from];
        int size = 0;
        boolean inOrder = true;
        boolean apart = true;
        for (int i = from; i < to; i++) {
            int a = sessions.access(i);
            if (register.outcome(a) != Outcome.OK || !wanted.test(a)) {
                continue;
            }
            if (size > 0) {
                int before = register.completed(found[size - 1]);
                inOrder &= before < register.completed(a);
                apart &= before < register.invoked(a);
            }
            found[size++] = a;
        }
        accesses = inOrder ? found : sorted(register, found, size);
        count = size;
        sequential = apart;
    }

    private static int[] sorted(Register register, int[] found, int size) {
        long[] keyed = new long[size];
        for (int i = 0; i < size; i++) {
            keyed[i] = ((long) register.completed(found[i]) << 32) | found[i];
        }
        Arrays.sort(keyed);
        int[] sorted = new int[size];
        for (int i = 0; i < size; i++) {
            sorted[i] = (int) keyed[i];
        }
        return sorted;
    }

    /** Whether each of them completed before the next was invoked. */
    public boolean isSequential() {
        return sequential;
    }

    /** The next access that completed before the position; -1 if there is none. */
    public int next(int position) {
        return at < count && register.completed(accesses[at]) < position ? accesses[at++] : -1;
    }
}
