package dev.umpire.checkers.session;

import dev.umpire.checkers.order.VersionGraph;
import dev.umpire.checkers.register.RecordedOrder;
import dev.umpire.checkers.register.Register;
import dev.umpire.checkers.register.TracedOrder;
import dev.umpire.checkers.session.Inclusions.Inclusion;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.histories.History;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the operations behind an edge of the version graph. O(accesses) for each edge. */
final class EdgeReasons {

    /** Why a write stands before another. */
    enum Kind {
        /** The earlier one is the initial value. */
        INITIAL,
        /** Reported, or assumed from time. */
        SOURCE,
        /** A session wrote the earlier one and then read the later one. */
        OWN_WRITE,
        /** A session read the earlier one and then the later one. */
        OWN_READ,
        /** A session wrote the earlier one and then the later one. */
        WRITES_IN_ORDER,
        /** A session read the earlier one and then wrote the later one. */
        WRITE_AFTER_READ,
        /** A read of the later one has to include the earlier one, for what its observation showed of another key. */
        INCLUDED
    }

    /**
     * Why a write stands before another.
     *
     * @param earlier the write, or the number that stands for the initial value
     * @param later the other write
     * @param first the access that wrote or read the earlier value
     * @param second the access that wrote or read the later one; equal to {@code first} for INITIAL
     * @param operations what is needed to show it
     * @param inclusion for INCLUDED, how
     */
    record Reason(
            Kind kind,
            int earlier,
            int later,
            int first,
            int second,
            List<Integer> operations,
            Optional<Inclusion> inclusion) {
        Reason {
            operations = List.copyOf(operations);
        }

        Reason(Kind kind, int earlier, int later, int first, int second, List<Integer> operations) {
            this(kind, earlier, later, first, second, operations, Optional.empty());
        }
    }

    private final Register register;
    private final Bindings bindings;
    private final BitSet flagged;
    private final Optional<Inclusions> inclusions;
    private final VersionGraph graph;

    EdgeReasons(
            Register register, Bindings bindings, BitSet flagged, Optional<Inclusions> inclusions, VersionGraph graph) {
        this.register = register;
        this.bindings = bindings;
        this.flagged = flagged;
        this.inclusions = inclusions;
        this.graph = graph;
    }

    /**
     * The reason of an edge between two chains, told by any of their writes; or, for two writes of one chain, of the edge
     * between just these two.
     */
    Reason of(int first, int second) {
        boolean oneChain = graph.chains().head(first) == graph.chains().head(second);
        List<Integer> earlier = oneChain ? List.of(first) : members(first);
        List<Integer> later = oneChain ? List.of(second) : members(second);
        if (earlier.get(0) == graph.chains().initial()) {
            int access = register.accessOfWrite(later.get(0));
            return new Reason(
                    Kind.INITIAL, earlier.get(0), later.get(0), access, access, List.of(register.operation(access)));
        }
        Reason reason = bySource(earlier, later);
        if (reason == null && bindings.ownWrites()) {
            reason = byReads(Kind.OWN_WRITE, earlier, later);
        }
        if (reason == null && bindings.ownReads()) {
            reason = byReads(Kind.OWN_READ, earlier, later);
        }
        if (reason == null && bindings.writesInOrder()) {
            reason = byWrites(Kind.WRITES_IN_ORDER, earlier, later);
        }
        if (reason == null && bindings.writesAfterReads()) {
            reason = byWrites(Kind.WRITE_AFTER_READ, earlier, later);
        }
        if (reason == null && inclusions.isPresent()) {
            reason = byInclusion(inclusions.get(), earlier, later);
        }
        if (reason == null) {
            throw new IllegalStateException("edge: found no reason for write " + first + " before write " + second
                    + " of key " + register.key() + ", expected one, as the graph has the edge");
        }
        return reason;
    }

    private List<Integer> members(int write) {
        List<Integer> members = new ArrayList<>();
        for (int w = graph.chains().head(write); w >= 0; w = graph.chains().next(w)) {
            members.add(w);
        }
        return members;
    }

    private @Nullable Reason bySource(List<Integer> earlier, List<Integer> later) {
        boolean perSession = !graph.source().isRecorded() && graph.source().assumption() == WriteOrder.SESSION;
        Map<Integer, Integer> earliest = new HashMap<>();
        for (int w : earlier) {
            if (w < graph.chains().initial()) {
                int group = perSession ? register.session(register.accessOfWrite(w)) : 0;
                earliest.merge(group, w, (a, b) -> rankAsEarlier(a) <= rankAsEarlier(b) ? a : b);
            }
        }
        Reason best = null;
        long bestRank = Long.MIN_VALUE;
        for (int w : later) {
            if (w == graph.chains().initial()) {
                continue;
            }
            int group = perSession ? register.session(register.accessOfWrite(w)) : 0;
            Integer from = earliest.get(group);
            if (from != null && graph.source().before(register, from, w) && rankAsLater(w) > bestRank) {
                best = new Reason(
                        Kind.SOURCE,
                        from,
                        w,
                        register.accessOfWrite(from),
                        register.accessOfWrite(w),
                        List.of(register.operationOfWrite(from), register.operationOfWrite(w)));
                bestRank = rankAsLater(w);
            }
        }
        Optional<TracedOrder> traced = graph.source().traced();
        if (best != null && traced.isPresent() && bindings.bindsWrites()) {
            List<Integer> operations = new ArrayList<>(best.operations());
            operations.addAll(reader(traced.get().isShown(best.later()) ? best.later() : best.earlier()));
            best = new Reason(Kind.SOURCE, best.earlier(), best.later(), best.first(), best.second(), operations);
        }
        return best;
    }

    private long rankAsEarlier(int write) {
        Optional<RecordedOrder> recorded = graph.source().recorded();
        if (recorded.isPresent()) {
            long rank = recorded.get().rank(write);
            return rank == History.ABSENT ? Long.MAX_VALUE : rank;
        }
        return register.completed(register.accessOfWrite(write));
    }

    private long rankAsLater(int write) {
        Optional<RecordedOrder> recorded = graph.source().recorded();
        return recorded.isPresent() ? recorded.get().rank(write) : register.invoked(register.accessOfWrite(write));
    }

    /** Of all pairs of a session's earlier access and its later read, one that is nearest in the recording. */
    private @Nullable Reason byReads(Kind kind, List<Integer> earlier, List<Integer> later) {
        BitSet first = new BitSet();
        earlier.forEach(first::set);
        BitSet second = new BitSet();
        later.forEach(second::set);
        Map<Integer, Integer> earliestOfSession = new HashMap<>();
        for (int a = 0; a < register.size(); a++) {
            int w = kind == Kind.OWN_WRITE ? register.writeOf(a) : isBound(a) ? register.source(a) : -1;
            if (w >= 0 && first.get(w)) {
                earliestOfSession.merge(
                        register.session(a), a, (x, y) -> register.completed(x) <= register.completed(y) ? x : y);
            }
        }
        for (int a = 0; a < register.size(); a++) {
            if (!isBound(a) || register.source(a) < 0 || !second.get(register.source(a))) {
                continue;
            }
            Integer from = earliestOfSession.get(register.session(a));
            if (from != null && register.completed(from) < register.invoked(a)) {
                int w = kind == Kind.OWN_WRITE ? register.writeOf(from) : register.source(from);
                return new Reason(kind, w, register.source(a), from, a, operations(from, a));
            }
        }
        return null;
    }

    /** Of a session's earlier access and its later write, the first pair of the session that was done first. */
    private @Nullable Reason byWrites(Kind kind, List<Integer> earlier, List<Integer> later) {
        Map<Integer, Integer> earliestOfSession = new HashMap<>();
        for (int a = 0; a < register.size(); a++) {
            int w = kind == Kind.WRITES_IN_ORDER
                    ? register.writeOf(a)
                    : register.isGoodRead(a) ? register.source(a) : -1;
            if (w >= 0 && earlier.contains(w)) {
                earliestOfSession.merge(
                        register.session(a), a, (x, y) -> register.completed(x) <= register.completed(y) ? x : y);
            }
        }
        for (int a = 0; a < register.size(); a++) {
            int write = register.writeOf(a);
            boolean bound = write >= 0 && register.isAcknowledged(write) && later.contains(write);
            Integer from = bound ? earliestOfSession.get(register.session(a)) : null;
            if (from != null && register.completed(from) < register.invoked(a)) {
                int w = kind == Kind.WRITES_IN_ORDER ? register.writeOf(from) : register.source(from);
                return new Reason(kind, w, write, from, a, operations(from, a));
            }
        }
        return null;
    }

    private List<Integer> operations(int first, int second) {
        return List.of(register.operation(first), register.operation(second));
    }

    private @Nullable Reason byInclusion(Inclusions included, List<Integer> earlier, List<Integer> later) {
        Optional<Inclusion> found = included.between(earlier::contains, later::contains, flagged);
        if (found.isEmpty()) {
            return null;
        }
        Inclusion inclusion = found.get();
        return new Reason(
                Kind.INCLUDED,
                included.deeds().write(inclusion.deed()),
                register.source(inclusion.read()),
                included.deeds().access(inclusion.deed()),
                inclusion.read(),
                included.operations(inclusion),
                found);
    }

    /** The first read that shows that a write took effect. */
    private List<Integer> reader(int write) {
        Optional<TracedOrder> traced = graph.source().traced();
        for (int a = 0; a < register.size(); a++) {
            boolean shows = register.isGoodRead(a)
                    && register.source(a) >= 0
                    && (register.source(a) == write
                            || (traced.isPresent()
                                    && traced.get().isShown(write)
                                    && traced.get().rank(register.source(a))
                                            >= traced.get().rank(write)));
            if (shows) {
                return List.of(register.operation(a));
            }
        }
        return List.of();
    }

    private boolean isBound(int access) {
        return register.isGoodRead(access) && !flagged.get(access);
    }
}
