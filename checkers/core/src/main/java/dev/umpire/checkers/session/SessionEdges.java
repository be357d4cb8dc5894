package dev.umpire.checkers.session;

import dev.umpire.checkers.order.Completions;
import dev.umpire.checkers.order.OrderSource;
import dev.umpire.checkers.order.Sources;
import dev.umpire.checkers.order.VersionGraph;
import dev.umpire.checkers.register.RecordedOrder;
import dev.umpire.checkers.register.Register;
import dev.umpire.checkers.register.SessionLists;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.histories.History;
import java.util.BitSet;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The edges that session guarantees force on the version order of a key.
 *
 * <p>Of many own writes, an edge from the last is enough where the source of order puts the others before it; of many own
 * reads, an edge from the last is enough where none overlap, as each is bound to the one before. Otherwise all of them
 * are {@link Sources}.
 */
final class SessionEdges {
    private static final int NONE = -1;

    private final Register register;
    private final Bindings bindings;
    private final BitSet flagged;
    private final SessionLists sessions;

    SessionEdges(Register register, Bindings bindings, BitSet flagged) {
        this.register = register;
        this.bindings = bindings;
        this.flagged = flagged;
        sessions = register.sessions();
    }

    void addTo(VersionGraph graph) {
        for (int s = 0; s < sessions.count(); s++) {
            if (bindings.ownWrites()) {
                addOwnWrites(graph, s);
            }
            if (bindings.ownReads()) {
                addOwnReads(graph, s);
            }
            if (bindings.writesInOrder()) {
                addBeforeWrites(graph, s, a -> register.writeOf(a) >= 0, register::writeOf);
            }
            if (bindings.writesAfterReads()) {
                addBeforeWrites(graph, s, a -> register.isGoodRead(a) && register.source(a) >= 0, register::source);
            }
        }
    }

    private boolean isBound(int access) {
        return register.isGoodRead(access) && !flagged.get(access);
    }

    private void addOwnWrites(VersionGraph graph, int session) {
        Completions writes = new Completions(register, sessions, session, a -> register.writeOf(a) >= 0);
        OrderSource source = graph.source();
        boolean oneIsEnough = source.isRecorded() || (writes.isSequential() && source.assumption() != WriteOrder.NONE);
        Sources all = oneIsEnough ? null : graph.newSources();
        int newest = NONE;
        for (int i = sessions.from(session); i < sessions.to(session); i++) {
            int read = sessions.access(i);
            if (!isBound(read)) {
                continue;
            }
            int invoked = register.invoked(read);
            for (int a = writes.next(invoked); a != NONE; a = writes.next(invoked)) {
                int write = register.writeOf(a);
                if (all != null) {
                    all.add(write);
                } else if (newest == NONE || isNewer(source, write, newest)) {
                    newest = write;
                }
            }
            bind(graph, all, newest, register.source(read));
        }
    }

    private static boolean isNewer(OrderSource source, int write, int than) {
        if (source.recorded().isPresent()) {
            RecordedOrder recorded = source.recorded().get();
            return recorded.rank(than) == History.ABSENT || recorded.before(than, write);
        }
        return true;
    }

    private void addOwnReads(VersionGraph graph, int session) {
        Completions reads = new Completions(register, sessions, session, this::isBound);
        Sources all = reads.isSequential() ? null : graph.newSources();
        int last = NONE;
        for (int i = sessions.from(session); i < sessions.to(session); i++) {
            int read = sessions.access(i);
            if (!isBound(read)) {
                continue;
            }
            int invoked = register.invoked(read);
            for (int a = reads.next(invoked); a != NONE; a = reads.next(invoked)) {
                if (register.source(a) == Register.INITIAL) {
                    continue;
                }
                last = register.source(a);
                if (all != null) {
                    all.add(last);
                }
            }
            bind(graph, all, last, register.source(read));
        }
    }

    /** What a session wrote or saw stands before each write that it makes later. */
    private void addBeforeWrites(VersionGraph graph, int session, IntPredicate wanted, IntUnaryOperator writeBehind) {
        Completions earlier = new Completions(register, sessions, session, wanted);
        Sources all = graph.newSources();
        boolean any = false;
        for (int i = sessions.from(session); i < sessions.to(session); i++) {
            int write = register.writeOf(sessions.access(i));
            if (write < 0 || !register.isAcknowledged(write)) {
                continue;
            }
            int invoked = register.invoked(sessions.access(i));
            for (int a = earlier.next(invoked); a != NONE; a = earlier.next(invoked)) {
                all.add(writeBehind.applyAsInt(a));
                any = true;
            }
            if (any) {
                all.before(write);
            }
        }
    }

    private static void bind(VersionGraph graph, @Nullable Sources all, int one, int value) {
        if (value == Register.INITIAL) {
            // after any source it would have been flagged
            return;
        }
        if (all != null) {
            all.before(value);
        } else if (one != NONE) {
            graph.addEdge(one, value);
        }
    }
}
