package dev.umpire.checkers.session;

import dev.umpire.checkers.order.Completions;
import dev.umpire.checkers.order.OrderSource;
import dev.umpire.checkers.register.RecordedOrder;
import dev.umpire.checkers.register.Register;
import dev.umpire.checkers.register.SessionLists;
import dev.umpire.histories.History;
import java.util.BitSet;

/** One pass over each session of a key: who is obliged, and who plainly breaks the guarantee. */
final class SessionSweep {
    private static final int NONE = -1;

    private final Register register;
    private final Bindings bindings;
    private final SessionLists sessions;
    private final BitSet flagged = new BitSet();

    SessionSweep(Register register, Bindings bindings) {
        this.register = register;
        this.bindings = bindings;
        sessions = register.sessions();
    }

    /** How many good reads come after an own acknowledged write, or after an own good read. */
    long obliged() {
        long obliged = 0;
        for (int s = 0; s < sessions.count(); s++) {
            int earliest = History.NEVER;
            for (int i = sessions.from(s); i < sessions.to(s); i++) {
                int a = sessions.access(i);
                if (register.isGoodRead(a) && earliest < register.invoked(a)) {
                    obliged++;
                }
                boolean obliges = (bindings.ownWrites() && register.writeOf(a) >= 0)
                        || (bindings.ownReads() && register.isGoodRead(a));
                if (obliges) {
                    // an unknown outcome never completes, so it obliges nobody
                    earliest = Math.min(earliest, register.completed(a));
                }
            }
        }
        return obliged;
    }

    /** How many acknowledged writes come after an own write, or an own read, that a recorded order puts before or behind them. */
    long obligedWrites(OrderSource source) {
        if (source.recorded().isEmpty()) {
            return 0;
        }
        RecordedOrder recorded = source.recorded().get();
        long obliged = 0;
        for (int s = 0; s < sessions.count(); s++) {
            Completions earlier = new Completions(register, sessions, s, a -> bound(a) >= 0);
            long least = Long.MAX_VALUE;
            long most = Long.MIN_VALUE;
            for (int i = sessions.from(s); i < sessions.to(s); i++) {
                int write = register.writeOf(sessions.access(i));
                if (write < 0 || !register.isAcknowledged(write) || recorded.rank(write) == History.ABSENT) {
                    continue;
                }
                int invoked = register.invoked(sessions.access(i));
                for (int a = earlier.next(invoked); a != NONE; a = earlier.next(invoked)) {
                    for (long rank : ranks(recorded, a)) {
                        if (rank != History.ABSENT) {
                            least = Math.min(least, rank);
                            most = Math.max(most, rank);
                        }
                    }
                }
                boolean fixed = least <= most && (least != recorded.rank(write) || most != recorded.rank(write));
                obliged += fixed ? 1 : 0;
            }
        }
        return obliged;
    }

    /** Whether any acknowledged write comes after an own write, or an own read of a write, that binds it. */
    boolean bindsWrites() {
        for (int s = 0; s < sessions.count(); s++) {
            int earliest = History.NEVER;
            for (int i = sessions.from(s); i < sessions.to(s); i++) {
                int a = sessions.access(i);
                int write = register.writeOf(a);
                if (write >= 0 && register.isAcknowledged(write) && earliest < register.invoked(a)) {
                    return true;
                }
                earliest = bound(a) >= 0 ? Math.min(earliest, register.completed(a)) : earliest;
            }
        }
        return false;
    }

    private long[] ranks(RecordedOrder recorded, int access) {
        boolean wrote = bindings.writesInOrder() && register.writeOf(access) >= 0;
        boolean saw = bindings.writesAfterReads() && register.isGoodRead(access) && register.source(access) >= 0;
        return new long[] {
            wrote ? recorded.rank(register.writeOf(access)) : History.ABSENT,
            saw ? recorded.rank(register.source(access)) : History.ABSENT
        };
    }

    private int bound(int access) {
        if (bindings.writesInOrder() && register.writeOf(access) >= 0) {
            return register.writeOf(access);
        }
        return bindings.writesAfterReads() && register.isGoodRead(access) ? register.source(access) : NONE;
    }

    /** The reads that were flagged; empty before {@link #flag}. */
    BitSet flagged() {
        return flagged;
    }

    /** Reports every read that breaks the guarantee plainly. */
    void flag(OrderSource source, SessionAnomalies found) {
        Newest newestWrite = new Newest(source);
        Newest newestSeen = new Newest(source);
        SeenInSession seen = new SeenInSession(register);
        for (int s = 0; s < sessions.count(); s++) {
            Completions writes =
                    new Completions(register, sessions, s, a -> bindings.ownWrites() && register.writeOf(a) >= 0);
            Completions reads =
                    new Completions(register, sessions, s, a -> bindings.ownReads() && register.isGoodRead(a));
            newestWrite.clear();
            newestSeen.clear();
            seen.begin();
            int lastWrite = NONE;
            for (int i = sessions.from(s); i < sessions.to(s); i++) {
                int read = sessions.access(i);
                if (!register.isGoodRead(read)) {
                    continue;
                }
                int invoked = register.invoked(read);
                for (int a = writes.next(invoked); a != NONE; a = writes.next(invoked)) {
                    newestWrite.see(register.writeOf(a), a);
                    lastWrite = a;
                }
                for (int a = reads.next(invoked); a != NONE; a = reads.next(invoked)) {
                    if (!flagged.get(a)) {
                        seen.see(a);
                        if (register.source(a) != Register.INITIAL) {
                            newestSeen.see(register.source(a), a);
                        }
                    }
                }
                if (isFlagged(source, found, newestWrite, newestSeen, seen, lastWrite, read)) {
                    flagged.set(read);
                }
            }
        }
    }

    private boolean isFlagged(
            OrderSource source,
            SessionAnomalies found,
            Newest newestWrite,
            Newest newestSeen,
            SeenInSession seen,
            int lastWrite,
            int read) {
        int value = register.source(read);
        if (value == Register.INITIAL) {
            if (lastWrite != NONE) {
                found.ownWriteMissing(lastWrite, read);
                return true;
            }
            int other = seen.latestOther(Register.INITIAL);
            if (other != NONE) {
                found.backToInitial(other, read);
                return true;
            }
            return false;
        }
        if (newestWrite.write != NONE && source.before(register, value, newestWrite.write)) {
            found.staleOwnRead(newestWrite.access, read);
            return true;
        }
        if (newestSeen.write != NONE && source.before(register, value, newestSeen.write)) {
            found.backInTime(newestSeen.access, read);
            return true;
        }
        int first = seen.first(value);
        int other = seen.latestOther(value);
        if (first != NONE && other != NONE && register.completed(first) < register.invoked(other)) {
            found.backAndForth(first, other, read);
            return true;
        }
        return false;
    }

    /** The newest of some writes, as far as the source of order can tell: the largest number, or the last invoked. */
    private static final class Newest {
        private final OrderSource source;
        private int write = NONE;
        private int access = NONE;

        private Newest(OrderSource source) {
            this.source = source;
        }

        private void clear() {
            write = NONE;
            access = NONE;
        }

        /** The access wrote or returned the write. */
        private void see(int seenWrite, int byAccess) {
            if (write == NONE || isNewer(seenWrite)) {
                write = seenWrite;
                access = byAccess;
            }
        }

        private boolean isNewer(int candidate) {
            if (source.recorded().isPresent()) {
                RecordedOrder recorded = source.recorded().get();
                return recorded.rank(candidate) != History.ABSENT
                        && (recorded.rank(write) == History.ABSENT || recorded.before(write, candidate));
            }
            // the same write again: the nearer access makes the better witness; otherwise writes are in the order of
            // their invocations
            return candidate >= write;
        }
    }
}
