package dev.umpire.checkers.online;

import dev.umpire.checkers.staleness.Bound;
import dev.umpire.checkers.staleness.BoundedStaleness;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.histories.value.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Bounded staleness of one key, under real-time write order.
 *
 * <p><b>Algorithm.</b> Acknowledged writes are numbered in the order of their acknowledgements. Newer than a write are those
 * that were invoked after its acknowledgement: all with larger numbers, but for the few that were open then, whose numbers it
 * keeps. The first newer one is known when it is acknowledged, as those without one wait in the order of their
 * acknowledgements. O(1) an event, and what overlaps.
 */
final class StalenessJudge implements KeyJudge<StalenessJudge.NumberedWrite> {
    private static final int MOST_RECENT = 100_000;
    /** How many acknowledged writes beyond the bound are kept to tell a violation. */
    private static final int TOLD = 64;

    private final Bound bound;
    /** Acknowledged, and the newest of them overlaps what is under way, or there is no newer one yet. */
    private final Deque<NumberedWrite> recent = new ArrayDeque<>();

    private final Deque<NumberedWrite> newest = new ArrayDeque<>();
    private final Deque<Operation> lastAcknowledged = new ArrayDeque<>();
    private long acknowledged;
    private long reads;
    private Optional<Operation> firstEver = Optional.empty();
    private long forgottenNumber = -1;
    private long forgottenLate;
    private long forgottenSince = Long.MIN_VALUE;
    private long forgottenUntil = -1;
    private Set<Operation> violation = Set.of();

    /** A write with what is newer. */
    static final class NumberedWrite extends Write {
        long number = -1;
        /** Numbers of writes that were open when this one was acknowledged. */
        final List<Long> late = new ArrayList<>(0);

        /** The first newer write. */
        Optional<Operation> newer = Optional.empty();

        long readsWhileOpen;
        boolean recent;

        NumberedWrite(Operation operation) {
            super(operation);
        }
    }

    private StalenessJudge(Bound bound) {
        this.bound = bound;
    }

    /** @param name of the guarantee, with its bound */
    static OnlineChecker checker(String name, Bound bound, CheckOptions options, Value initial, int window) {
        return new OnlineRegisters<>(new Rules<>(
                name,
                options,
                initial,
                Rules.Values.ONCE,
                Rules.Others.APART,
                window,
                Optional.of(options.writeOrder().phrase()),
                "nobody read anything: nothing could have been violated",
                (history, asked) -> BoundedStaleness.check(history, asked, bound),
                () -> new StalenessJudge(bound)));
    }

    private boolean inTime() {
        return bound.unit() == Bound.Unit.NANOS;
    }

    @Override
    public NumberedWrite begun(Operation operation) {
        return new NumberedWrite(operation);
    }

    @Override
    public Optional<String> settled(NumberedWrite write, Open open) {
        if (write.isFailed()) {
            reads -= write.readsWhileOpen;
        }
        if (write.state() != Write.State.ACKNOWLEDGED) {
            return Optional.empty();
        }
        Operation operation = write.operation();
        if (inTime() && time(operation).isEmpty()) {
            return Optional.of("has acknowledgements without a time");
        }
        write.number = acknowledged++;
        firstEver = firstEver.isPresent() ? firstEver : Optional.of(operation);
        while (!newest.isEmpty() && newest.element().acknowledged() < write.invoked()) {
            newest.remove().newer = Optional.of(operation);
        }
        newest.add(write);
        for (NumberedWrite other : recent) {
            if (other.acknowledged() > write.invoked()) {
                other.late.add(write.number);
            }
        }
        recent.add(write);
        write.recent = true;
        drop(open);
        if (!inTime()) {
            lastAcknowledged.add(operation);
            if (lastAcknowledged.size() > Math.min(bound.amount(), MOST_RECENT) + TOLD) {
                lastAcknowledged.remove();
            }
        }
        return recent.size() > MOST_RECENT
                ? Optional.of("was written too often while one operation was under way")
                : Optional.empty();
    }

    /** Drops those that were acknowledged before everything that is under way was invoked. */
    private void drop(Open open) {
        while (!recent.isEmpty() && recent.element().acknowledged() < open.anywhere()) {
            recent.remove().recent = false;
        }
    }

    private static OptionalLong time(Operation write) {
        return write.completion().orElse(write.invocation()).time();
    }

    @Override
    public Optional<String> read(Read<NumberedWrite> read) {
        Operation operation = read.operation();
        drop(read.open());
        Optional<NumberedWrite> source = read.source();
        switch (read.from()) {
            case NOBODY, FAILED_WRITE -> {
                return Optional.empty();
            }
            case PERHAPS_FORGOTTEN -> {
                return Optional.of("was read with a value of which it is not remembered whether it was written");
            }
            case FORGOTTEN -> {
                return readForgotten(operation);
            }
            case INITIAL, WRITE -> reads++;
        }
        source.filter(Write::isOpen).ifPresent(write -> write.readsWhileOpen++);
        Optional<Operation> newer = source.isPresent() ? source.get().newer : firstEver;
        if (newer.isEmpty() || newer.get().ended() > operation.invoked()) {
            return inTime() && operation.invocation().time().isEmpty()
                    ? Optional.of("has reads without a time")
                    : Optional.empty();
        }
        if (inTime()) {
            OptionalLong asked = operation.invocation().time();
            if (asked.isEmpty()) {
                return Optional.of("has reads without a time");
            }
            if (asked.getAsLong() - time(newer.get()).orElseThrow() > bound.amount()) {
                violated(source, List.of(newer.get()), operation);
            }
        } else if (newerVersions(source, before(operation)) > bound.amount()) {
            violated(source, lastAcknowledged, operation);
        }
        return Optional.empty();
    }

    /** How many writes were acknowledged before the operation was invoked. */
    private long before(Operation operation) {
        long before = acknowledged;
        for (NumberedWrite write : recent) {
            before -= write.acknowledged() > operation.invoked() ? 1 : 0;
        }
        return before;
    }

    private static long newerVersions(Optional<NumberedWrite> source, long before) {
        if (source.isEmpty()) {
            return before;
        }
        NumberedWrite write = source.get();
        long newer = before - write.number - 1;
        for (long number : write.late) {
            newer -= number < before ? 1 : 0;
        }
        return newer;
    }

    /** All that is known is when, at the latest, there was a newer value, and how many there are at least. */
    private Optional<String> readForgotten(Operation operation) {
        boolean stale;
        if (inTime()) {
            OptionalLong asked = operation.invocation().time();
            stale = asked.isPresent()
                    && forgottenUntil < operation.invoked()
                    && asked.getAsLong() - forgottenSince > bound.amount();
        } else {
            stale = before(operation) - forgottenNumber - 1 - forgottenLate > bound.amount();
        }
        if (!stale) {
            return Optional.of("was read with a value that was replaced too long ago to be remembered");
        }
        reads++;
        violated(Optional.empty(), List.of(), operation);
        return Optional.empty();
    }

    private void violated(Optional<NumberedWrite> source, Collection<Operation> newer, Operation read) {
        if (violation.isEmpty()) {
            violation = new LinkedHashSet<>(newer);
            source.ifPresent(write -> violation.add(write.operation()));
            violation.add(read);
        }
    }

    @Override
    public boolean isBroken() {
        return !violation.isEmpty();
    }

    @Override
    public long obliged() {
        return reads;
    }

    @Override
    public long examined() {
        return reads;
    }

    @Override
    public boolean mayForget(NumberedWrite write) {
        return write.isFailed() || (write.newer.isPresent() && !write.recent);
    }

    @Override
    public void forget(NumberedWrite write) {
        if (write.isFailed()) {
            return;
        }
        Operation newer = write.newer.orElseThrow();
        forgottenNumber = Math.max(forgottenNumber, write.number);
        forgottenLate = Math.max(forgottenLate, write.late.size());
        forgottenUntil = Math.max(forgottenUntil, newer.ended());
        forgottenSince = Math.max(forgottenSince, time(newer).orElse(Long.MIN_VALUE));
    }

    @Override
    public Collection<Operation> evidence() {
        return violation;
    }

    @Override
    public long retained() {
        long retained = (long) recent.size() + newest.size() + lastAcknowledged.size() + violation.size();
        for (NumberedWrite write : recent) {
            retained += write.late.size();
        }
        return retained;
    }
}
