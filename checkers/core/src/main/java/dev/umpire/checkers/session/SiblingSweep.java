package dev.umpire.checkers.session;

import dev.umpire.checkers.order.CausalPast;
import dev.umpire.checkers.register.Register;
import dev.umpire.checkers.register.SessionLists;
import dev.umpire.checkers.register.SiblingReads;
import dev.umpire.checkers.register.SiblingReads.Shown;
import dev.umpire.histories.History;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Read-your-writes and monotonic-reads of a key whose reads return siblings.
 *
 * <p><b>Definition.</b> Versions are ordered by {@link CausalPast}, whatever the write order assumption: a version is replaced by what
 * was written by somebody who knew of it, and by nothing else. A read covers a version that it returned, or that lies in the past of
 * one that it returned. In session order, a read covers every acknowledged own write before it (read-your-writes), and all
 * that an own read before it returned (monotonic-reads).
 *
 * <p><b>Algorithm.</b> One pass for each session: to cover is to cover what was covered by that, so that the last own write and the
 * last read that broke nothing stand for all before them. O(reads &times; siblings<sup>2</sup>); O(operations) more for each seen
 * write of unknown outcome that a later read does not return.
 *
 * <p><b>Witness.</b> The own write, or the own read, and the read that lacks it.
 */
final class SiblingSweep {
    private static final int NONE = -1;

    private final Register register;
    private final Bindings bindings;
    private final SiblingReads reads;
    private final SessionLists sessions;

    SiblingSweep(Register register, Bindings bindings) {
        this.register = register;
        this.bindings = bindings;
        reads = new SiblingReads(register);
        sessions = register.sessions();
    }

    /**
     * A read that lacks something.
     *
     * @param binding the access, before it in its session, by which it is bound
     * @param write the number of the write that it lacks
     */
    record Lack(int binding, int read, int write) {}

    /** How many good reads there are. */
    long examined() {
        long examined = 0;
        for (int a = 0; a < register.size(); a++) {
            examined += reads.isGood(a) ? 1 : 0;
        }
        return examined;
    }

    /** How many reads are left out, as they returned what no store can have. */
    long leftOut() {
        long leftOut = 0;
        for (int a = 0; a < register.size(); a++) {
            leftOut += register.read(a) != History.NONE && !reads.isGood(a) ? 1 : 0;
        }
        return leftOut;
    }

    /** How many good reads come after an own acknowledged write, or after an own good read, that binds them. */
    long obliged() {
        long obliged = 0;
        for (int s = 0; s < sessions.count(); s++) {
            boolean bound = false;
            for (int i = sessions.from(s); i < sessions.to(s); i++) {
                int a = sessions.access(i);
                boolean good = reads.isGood(a);
                obliged += bound && good ? 1 : 0;
                bound |= (bindings.ownWrites() && isAcknowledgedWrite(a)) || (bindings.ownReads() && good);
            }
        }
        return obliged;
    }

    /** The reads that break what binds them, in the order of sessions; one that does binds no other. */
    List<Lack> lacks(CausalPast past) {
        List<Lack> lacks = new ArrayList<>();
        for (int s = 0; s < sessions.count(); s++) {
            int ownWrite = NONE;
            int ownRead = NONE;
            for (int i = sessions.from(s); i < sessions.to(s); i++) {
                int a = sessions.access(i);
                if (isAcknowledgedWrite(a)) {
                    ownWrite = bindings.ownWrites() ? a : NONE;
                } else if (reads.isGood(a)) {
                    Optional<Lack> lack = lack(ownWrite, ownRead, a, past);
                    lack.ifPresent(lacks::add);
                    ownRead = lack.isEmpty() && bindings.ownReads() ? a : ownRead;
                }
            }
        }
        return lacks;
    }

    private boolean isAcknowledgedWrite(int access) {
        return register.writeOf(access) >= 0 && register.isAcknowledged(register.writeOf(access));
    }

    private Optional<Lack> lack(int ownWrite, int ownRead, int read, CausalPast past) {
        if (ownWrite != NONE && !isCovered(register.writeOf(ownWrite), read, past)) {
            return Optional.of(new Lack(ownWrite, read, register.writeOf(ownWrite)));
        }
        return ownRead == NONE
                ? Optional.empty()
                : reads.shown(ownRead).stream()
                        .map(Shown::source)
                        .filter(write -> !isCovered(write, read, past))
                        .findFirst()
                        .map(write -> new Lack(ownRead, read, write));
    }

    private boolean isCovered(int write, int read, CausalPast past) {
        return reads.shown(read).stream()
                .map(Shown::source)
                .anyMatch(shown -> shown == write
                        || past.isBefore(register.operationOfWrite(write), register.operationOfWrite(shown)));
    }
}
