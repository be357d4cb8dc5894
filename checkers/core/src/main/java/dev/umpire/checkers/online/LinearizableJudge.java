package dev.umpire.checkers.online;

import dev.umpire.checkers.linearizable.Linearizable;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.histories.value.Value;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Linearizability of one register.
 *
 * <p><b>Algorithm.</b> {@link Zone}s: a register is linearizable iff every value that was read was written, by a write that
 * was invoked before the read was completed, and no two zones would each have to come before the other. Only a read can
 * make two zones contradict one another: it is compared with all others that it can meet. Of those that were completed
 * before everything that is under way was invoked only the two with the latest invocations can matter, as every read that
 * is still to come is invoked behind their completions; so the others are forgotten.
 */
final class LinearizableJudge implements KeyJudge<LinearizableJudge.ZoneWrite> {
    private static final int MOST_RECENT = 100_000;

    private final Zone initial = Zone.ofInitial();
    /** With a first completion not before the oldest operation that is under way, in the order of these. */
    private final Deque<Zone> recent = new ArrayDeque<>();
    /** Of those with an earlier one the latest invocation, and the second of another zone. */
    private Zone latest = initial;

    private Optional<Zone> second = Optional.empty();
    private long horizon = -1;
    private long reads;
    private Set<Operation> violation = new LinkedHashSet<>();

    /** A write with its zone. */
    static final class ZoneWrite extends Write {
        final Zone zone;
        /** While it is open, the last of its reads. */
        Optional<Operation> readWhileOpen = Optional.empty();

        ZoneWrite(Operation operation) {
            super(operation);
            zone = Zone.of(operation);
        }
    }

    static OnlineChecker checker(CheckOptions options, Value initial, int window) {
        return new OnlineRegisters<>(new Rules<>(
                Linearizable.NAME,
                options,
                initial,
                Rules.Values.ONCE,
                Rules.Others.TOGETHER,
                window,
                Optional.empty(),
                "vacuous: no operation had something to violate",
                Linearizable::check,
                LinearizableJudge::new));
    }

    @Override
    public ZoneWrite begun(Operation operation) {
        return new ZoneWrite(operation);
    }

    @Override
    public Optional<String> settled(ZoneWrite write, Open open) {
        drop(open);
        if (write.state() == Write.State.ACKNOWLEDGED) {
            complete(write.zone, write.operation());
        } else if (write.isFailed() && write.readWhileOpen.isPresent()) {
            violated(List.of(write.operation(), write.readWhileOpen.get()));
        }
        write.readWhileOpen = Optional.empty();
        return tooMany();
    }

    private void complete(Zone zone, Operation operation) {
        boolean first = zone.firstCompletion() == Operation.NEVER;
        zone.complete(operation);
        if (first) {
            recent.add(zone);
            zone.isRecent(true);
        }
    }

    @Override
    public Optional<String> read(Read<ZoneWrite> read) {
        reads++;
        drop(read.open());
        switch (read.from()) {
            case NOBODY -> violated(List.of(read.operation()));
            case FAILED_WRITE -> violated(List.of(read.source().orElseThrow().operation(), read.operation()));
            case PERHAPS_FORGOTTEN -> {
                return Optional.of("was read with a value of which it is not remembered whether it was written");
            }
            case FORGOTTEN -> {
                if (latest.lastInvocation() <= horizon) {
                    return Optional.of("was read with a value that was replaced too long ago to be remembered");
                }
                violated(List.of(read.operation()));
            }
            case INITIAL -> joined(initial, read.operation());
            case WRITE -> {
                ZoneWrite write = read.source().orElseThrow();
                if (write.isOpen()) {
                    write.readWhileOpen = Optional.of(read.operation());
                }
                joined(write.zone, read.operation());
            }
        }
        return tooMany();
    }

    /** What was completed before everything that is under way was invoked is recent no more. */
    private void drop(Open open) {
        while (!recent.isEmpty() && recent.element().firstCompletion() < open.anywhere()) {
            Zone zone = recent.remove();
            zone.isRecent(false);
            settle(zone);
        }
    }

    private void joined(Zone zone, Operation read) {
        complete(zone, read);
        for (Zone other : recent) {
            compare(zone, other, read);
        }
        compare(zone, latest, read);
        second.ifPresent(other -> compare(zone, other, read));
        if (zone != latest && !zone.isRecent()) {
            settle(zone);
        }
    }

    private void compare(Zone zone, Zone other, Operation read) {
        if (zone != other && zone.contradicts(other)) {
            Set<Operation> operations = new LinkedHashSet<>(zone.operations());
            operations.addAll(other.operations());
            operations.add(read);
            violated(operations);
        }
    }

    /** The zone is no recent one; it is among the latest if its invocation is. */
    private void settle(Zone zone) {
        if (zone == latest) {
            return;
        }
        if (zone.lastInvocation() > latest.lastInvocation()) {
            second = Optional.of(latest);
            latest = zone;
        } else if (second.isEmpty() || zone.lastInvocation() > second.get().lastInvocation()) {
            second = Optional.of(zone);
        }
    }

    private void violated(Collection<Operation> operations) {
        if (violation.isEmpty()) {
            violation = new LinkedHashSet<>(operations);
        }
    }

    private Optional<String> tooMany() {
        return recent.size() > MOST_RECENT
                ? Optional.of("was written too often while one operation was under way")
                : Optional.empty();
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
    public boolean mayForget(ZoneWrite write) {
        Zone zone = write.zone;
        return write.isFailed()
                || (zone != latest && second.filter(zone::equals).isEmpty() && !zone.isRecent());
    }

    @Override
    public void forget(ZoneWrite write) {
        if (!write.isFailed()) {
            horizon = Math.max(horizon, write.zone.firstCompletion());
        }
    }

    @Override
    public Collection<Operation> evidence() {
        return violation;
    }

    @Override
    public long retained() {
        return recent.size() + 2L + violation.size();
    }
}
