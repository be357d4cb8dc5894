package dev.umpire.checkers.online;

import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Checker;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Read your writes, or monotonic reads, of one key, under real-time write order.
 *
 * <p><b>Algorithm.</b> What binds a session are its last own acknowledged writes, or its last reads; each read adds an edge
 * from what they wrote or returned to what it returned ({@link WriteGraph}). Where operations of the session overlap, all
 * bounds count that completed before the read was invoked and are not covered by another such.
 */
final class SessionJudge implements KeyJudge<OrderedWrite> {
    private static final int MOST_PENDING = 10_000;

    private final boolean ofReads;
    private final WriteGraph graph = new WriteGraph();
    private final Map<Value, OfSession> sessions = new HashMap<>();
    /** Reads of the initial value, with the bounds that forbid it; one of those that nothing can take back. */
    private final List<BackToInitial> backToInitial = new ArrayList<>(0);

    private boolean backForGood;
    /** A read of what is forgotten, with a bound that forbids it. */
    private final List<Operation> backToForgotten = new ArrayList<>(0);

    private long horizon = -1;
    private long obliged;
    private long examined;

    /** What a session did to the key. */
    private static final class OfSession {
        final List<Obligation> bounds = new ArrayList<>(2);
        final ObligedReads reads = new ObligedReads();
        long firstOwnWrite = Operation.NEVER;
    }

    private record BackToInitial(List<Obligation> bounds, Operation read) {}

    private SessionJudge(boolean ofReads) {
        this.ofReads = ofReads;
    }

    /** @param ofReads whether a session is bound by what it read, not by what it wrote */
    static OnlineChecker checker(
            String guarantee, boolean ofReads, CheckOptions options, Value initial, int window, Checker offline) {
        return new OnlineRegisters<>(new Rules<>(
                guarantee,
                options,
                initial,
                Rules.Values.ONCE,
                Rules.Others.APART,
                window,
                Optional.of(options.writeOrder().phrase()),
                "no read of a key came after " + (ofReads ? "another read" : "an acknowledged write")
                        + " of it in the same session: nothing could have been violated",
                offline,
                () -> new SessionJudge(ofReads)));
    }

    private OfSession session(Operation operation) {
        return sessions.computeIfAbsent(operation.session(), unused -> new OfSession());
    }

    // -- writes

    @Override
    public OrderedWrite begun(Operation operation) {
        return new OrderedWrite(operation);
    }

    @Override
    public Optional<String> settled(OrderedWrite write, Open open) {
        Optional<String> end = Optional.empty();
        if (write.isFailed()) {
            examined -= write.reads;
            obliged -= write.obligedReads;
            end = takeBack(write);
        } else {
            write.boundsWhileOpen.forEach(Obligation::forgetPrevious);
        }
        write.boundsWhileOpen.clear();
        if (ofReads) {
            if (write.reads > 0) {
                recount();
            }
        } else if (write.state() == Write.State.ACKNOWLEDGED) {
            OfSession session = session(write.operation());
            session.firstOwnWrite = Math.min(session.firstOwnWrite, write.acknowledged());
            prune(session, open.inSession());
            session.bounds.add(new Obligation(write, write.operation()));
        }
        return end;
    }

    private void recount() {
        obliged = 0;
        for (OfSession session : sessions.values()) {
            session.reads.settle();
            obliged += session.reads.count();
        }
    }

    /** What followed from reads of a write that failed does not. */
    private Optional<String> takeBack(OrderedWrite write) {
        for (OrderedWrite.Edge edge : graph.without(write)) {
            for (Obligation bound : edge.because().resolved()) {
                graph.add(bound, edge.to(), edge.bound());
            }
        }
        for (int i = 0; i < backToInitial.size(); i++) {
            BackToInitial one = backToInitial.get(i);
            List<Obligation> left = one.bounds().stream()
                    .flatMap(bound -> bound.resolved().stream())
                    .toList();
            backToInitial.set(i, new BackToInitial(left, one.read()));
        }
        backToInitial.removeIf(one -> one.bounds().isEmpty());
        for (OfSession session : sessions.values()) {
            List<Obligation> resolved = new ArrayList<>(session.bounds.size());
            for (Obligation bound : session.bounds) {
                if (bound.write() == write) {
                    resolved.addAll(bound.takePrevious());
                    bound.release();
                } else {
                    resolved.add(bound);
                }
            }
            session.bounds.clear();
            // what was replaced may have failed in the meantime
            resolved.forEach(bound -> session.bounds.addAll(bound.resolved()));
        }
        for (Obligation bound : write.boundsWhileOpen) {
            if (bound.isReleased()) {
                bound.forgetPrevious();
            }
        }
        return graph.review();
    }

    // -- reads

    @Override
    public Optional<String> read(Read<OrderedWrite> read) {
        return switch (read.from()) {
            case NOBODY, FAILED_WRITE -> Optional.empty();
            case FORGOTTEN, PERHAPS_FORGOTTEN -> readForgotten(read);
            case INITIAL, WRITE -> readKnown(read);
        };
    }

    private Optional<String> readKnown(Read<OrderedWrite> read) {
        Operation operation = read.operation();
        OfSession session = session(operation);
        prune(session, read.open().inSession());
        List<Obligation> bounds = binding(session, operation);
        count(session, read);
        if (read.source().isEmpty()) {
            if (!bounds.isEmpty() && !backForGood) {
                backToInitial.add(new BackToInitial(bounds, operation));
                backForGood = bounds.stream().anyMatch(bound -> !bound.write().isOpen());
            }
            return tooMany(session);
        }
        OrderedWrite source = read.source().get();
        for (Obligation bound : bounds) {
            graph.add(bound, source, operation);
        }
        if (ofReads) {
            session.bounds.add(new Obligation(source, operation));
        }
        return tooMany(session);
    }

    private void count(OfSession session, Read<OrderedWrite> read) {
        examined++;
        boolean afterOwnWrite = session.firstOwnWrite < read.operation().invoked();
        read.source().filter(OrderedWrite::isOpen).ifPresent(source -> {
            source.reads++;
            source.obligedReads += !ofReads && afterOwnWrite ? 1 : 0;
        });
        if (ofReads) {
            long before = session.reads.count();
            session.reads.add(read.source(), read.operation());
            obliged += session.reads.count() - before;
        } else {
            obliged += afterOwnWrite ? 1 : 0;
        }
    }

    private Optional<String> tooMany(OfSession session) {
        return session.reads.pending() > MOST_PENDING || backToInitial.size() > MOST_PENDING
                ? Optional.of("was read too often while writes of it were under way")
                : Optional.empty();
    }

    private Optional<String> readForgotten(Read<OrderedWrite> read) {
        OfSession session = session(read.operation());
        prune(session, read.open().inSession());
        List<Obligation> bounds = binding(session, read.operation());
        if (bounds.isEmpty() && !ofReads) {
            examined++;
            return Optional.empty();
        }
        for (Obligation bound : bounds) {
            boolean newer = !bound.write().isOpen() && bound.write().invoked() > horizon;
            if (read.from() == Read.From.FORGOTTEN && newer) {
                count(session, read);
                if (backToForgotten.isEmpty()) {
                    backToForgotten.add(bound.write().operation());
                    backToForgotten.add(bound.operation());
                    backToForgotten.add(read.operation());
                }
                return Optional.empty();
            }
        }
        return Optional.of("was read with a value that was replaced too long ago to be remembered");
    }

    /** Drops the bounds that are covered for all that the session may still read. */
    private void prune(OfSession session, long oldestOpen) {
        for (int i = session.bounds.size() - 1; i >= 0 && session.bounds.size() > 1; i--) {
            Obligation bound = session.bounds.get(i);
            Optional<Obligation> cover = Optional.empty();
            for (Obligation other : session.bounds) {
                boolean covers = other != bound && other.isBefore(oldestOpen) && other.covers(bound);
                if (covers && (cover.isEmpty() || cover.get().write().isOpen())) {
                    cover = Optional.of(other);
                }
            }
            if (cover.isPresent()) {
                session.bounds.remove(i);
                cover.get().replaces(bound);
            }
        }
    }

    private static List<Obligation> binding(OfSession session, Operation read) {
        List<Obligation> binding = new ArrayList<>(session.bounds.size());
        for (Obligation bound : session.bounds) {
            boolean covered = false;
            for (Obligation other : session.bounds) {
                covered |= other != bound
                        && other.isBefore(read.invoked())
                        && other.covers(bound)
                        && !other.write().isOpen();
            }
            if (bound.isBefore(read.invoked()) && !covered) {
                binding.add(bound);
            }
        }
        return binding;
    }

    // -- the answer

    @Override
    public boolean isBroken() {
        return graph.isBroken() || !backToInitial.isEmpty() || !backToForgotten.isEmpty();
    }

    @Override
    public long obliged() {
        return obliged;
    }

    @Override
    public long examined() {
        return examined;
    }

    @Override
    public boolean mayForget(OrderedWrite write) {
        return write.bounds == 0 && graph.mayForget(write);
    }

    @Override
    public void forget(OrderedWrite write) {
        if (!write.isFailed()) {
            horizon = Math.max(horizon, write.acknowledged());
        }
        graph.forget(write);
    }

    @Override
    public Collection<Operation> evidence() {
        Set<Operation> evidence = new LinkedHashSet<>();
        if (!backToInitial.isEmpty()) {
            Obligation bound = backToInitial.get(0).bounds().get(0);
            evidence.add(bound.write().operation());
            evidence.add(bound.operation());
            evidence.add(backToInitial.get(0).read());
        } else if (graph.isBroken()) {
            graph.addEvidence(evidence);
        } else {
            evidence.addAll(backToForgotten);
        }
        return evidence;
    }

    @Override
    public long retained() {
        long retained = (long) graph.edges() + backToInitial.size() + backToForgotten.size() + sessions.size();
        for (OfSession session : sessions.values()) {
            retained += session.reads.pending();
            for (Obligation bound : session.bounds) {
                retained += bound.retained();
            }
        }
        return retained;
    }
}
