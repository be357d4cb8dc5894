package dev.umpire.checkers.session;

import dev.umpire.checkers.order.Completions;
import dev.umpire.checkers.order.OrderSource;
import dev.umpire.checkers.register.RecordedOrder;
import dev.umpire.checkers.register.Register;
import dev.umpire.checkers.register.SessionLists;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.histories.History;
import java.util.function.IntPredicate;
import org.agrona.collections.Int2IntHashMap;
import org.agrona.collections.IntArrayList;

/**
 * What the sessions of one key did that whoever sees a later write of theirs has to include: their writes (monotonic-writes),
 * and what their reads returned (writes-follow-reads); session by session, in the order of completions.
 *
 * <p>Of the first so many deeds of a session it is known at once whether a write stands behind all of them anyway, and which
 * of their writes is the newest. O(accesses), and their logarithm where the operations of a session overlap.
 */
final class EarlierDeeds {
    private static final int NONE = -1;

    private final Register register;
    private final OrderSource source;
    private final Int2IntHashMap groupOfSession = new Int2IntHashMap(NONE);
    private final IntArrayList start = new IntArrayList();
    private final IntArrayList access = new IntArrayList();
    private final IntArrayList write = new IntArrayList();

    // by deed, of all of its session up to it
    private final int[] newest;
    /** The one after which it is latest that a write stands behind it, and the next such of another write. */
    private final int[] latest;

    private final int[] latestOther;

    EarlierDeeds(Register register, OrderSource source, Bindings bindings) {
        this.register = register;
        this.source = source;
        SessionLists sessions = register.sessions();
        for (int s = 0; s < sessions.count(); s++) {
            int from = access.size();
            Completions completed = new Completions(register, sessions, s, a -> true);
            for (int a = completed.next(History.NEVER); a != NONE; a = completed.next(History.NEVER)) {
                if (bindings.writesAfterReads() && register.isGoodRead(a) && register.source(a) >= 0) {
                    access.addInt(a);
                    write.addInt(register.source(a));
                }
                if (bindings.writesInOrder() && register.writeOf(a) >= 0) {
                    access.addInt(a);
                    write.addInt(register.writeOf(a));
                }
            }
            if (access.size() > from) {
                groupOfSession.put(register.session(access.getInt(from)), start.size());
                start.addInt(from);
            }
        }
        start.addInt(access.size());
        newest = new int[access.size()];
        latest = new int[access.size()];
        latestOther = new int[access.size()];
        for (int group = 0; group < groups(); group++) {
            accumulate(start.getInt(group), start.getInt(group + 1));
        }
    }

    private void accumulate(int from, int to) {
        int best = NONE;
        int last = NONE;
        int other = NONE;
        for (int i = from; i < to; i++) {
            best = best == NONE || isNewer(write(i), write(best)) ? i : best;
            newest[i] = best;
            if (last == NONE || write(last) == write(i)) {
                last = i;
            } else if (lateness(write(i)) > lateness(write(last))) {
                other = last;
                last = i;
            } else if (other == NONE || lateness(write(i)) > lateness(write(other))) {
                other = i;
            }
            latest[i] = last;
            latestOther[i] = other;
        }
    }

    private boolean isNewer(int candidate, int than) {
        if (source.recorded().isPresent()) {
            RecordedOrder recorded = source.recorded().get();
            return recorded.rank(candidate) != History.ABSENT
                    && (recorded.rank(than) == History.ABSENT || recorded.rank(candidate) >= recorded.rank(than));
        }
        return candidate >= than;
    }

    private long lateness(int ofWrite) {
        if (source.recorded().isPresent()) {
            long rank = source.recorded().get().rank(ofWrite);
            return rank == History.ABSENT ? Long.MAX_VALUE : rank;
        }
        return register.completed(register.accessOfWrite(ofWrite));
    }

    /** How many sessions did anything. */
    int groups() {
        return groupOfSession.size();
    }

    /** The number of a session among them, or -1. */
    int group(int session) {
        return groupOfSession.get(session);
    }

    /** How many deeds of a session completed before a position; {@code atLeast} of them are known to have. */
    int countBefore(int group, int position, int atLeast) {
        int from = start.getInt(group);
        int low = from + atLeast;
        int high = start.getInt(group + 1);
        for (int stride = 1; low < high && completed(Math.min(low + stride, high) - 1) < position; stride *= 2) {
            low = Math.min(low + stride, high);
        }
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (completed(middle) < position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - from;
    }

    private int completed(int deed) {
        return register.completed(access.getInt(deed));
    }

    /** The deed whose write is the newest, as far as the source of order can tell, of a session's first so many; 1 or more. */
    int newest(int group, int count) {
        return newest[start.getInt(group) + count - 1];
    }

    /** Whether the source of order puts a session's first so many writes before the given one, which may be one of them. */
    boolean areBefore(int group, int count, int later) {
        int at = start.getInt(group) + count - 1;
        int last = write(latest[at]) == later ? latestOther[at] : latest[at];
        return last == NONE || isCertainlyBefore(write(last), later);
    }

    private boolean isCertainlyBefore(int earlier, int later) {
        boolean comparable = source.isRecorded() || source.assumption() == WriteOrder.REAL_TIME;
        return comparable && source.before(register, earlier, later);
    }

    /** The first deed of a session. */
    int from(int group) {
        return start.getInt(group);
    }

    /** The access that did it. */
    int access(int deed) {
        return access.getInt(deed);
    }

    /** The write that has to be included. */
    int write(int deed) {
        return write.getInt(deed);
    }

    /** Whether the access wrote it; else it read it. */
    boolean isOwnWrite(int deed) {
        return register.writeOf(access(deed)) == write(deed);
    }

    /** By session, how many deeds come before the first that is of one of some writes, that one included; 0: there is none. */
    int[] firstOf(IntPredicate wanted) {
        int[] first = new int[groups()];
        for (int group = 0; group < first.length; group++) {
            for (int i = start.getInt(group); i < start.getInt(group + 1) && first[group] == 0; i++) {
                first[group] = wanted.test(write(i)) ? i - start.getInt(group) + 1 : 0;
            }
        }
        return first;
    }
}
