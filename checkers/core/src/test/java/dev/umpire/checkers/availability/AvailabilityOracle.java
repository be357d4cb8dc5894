package dev.umpire.checkers.availability;

import dev.umpire.histories.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The definitions, word by word, over whole milliseconds: every moment is looked at, one after another.
 *
 * <p>Histories hold one function, and all operations have both events.
 */
final class AvailabilityOracle {

    /** An operation from its invocation to its last event. */
    record Asked(int from, int until, Outcome outcome) {
        boolean isUnderWay(int moment) {
            return from <= moment && moment < until;
        }

        /** Whether it is invoked then and has its last event at once. */
        boolean isOnlyAt(int moment) {
            return from == moment && moment == until;
        }
    }

    /** A fault that a probe saw in force. */
    record Struck(String kind, int injected, int confirmed, int healed) {
        boolean isInForce(int moment) {
            return injected <= moment && moment < healed;
        }
    }

    /** How many were within the bound, beyond it, and could not be told. */
    record Counts(long held, long broken, long undecided) {}

    private final List<Asked> operations;
    private final List<Struck> faults;
    private final int last;

    AvailabilityOracle(List<Asked> operations, List<Struck> faults) {
        this.operations = operations;
        this.faults = faults;
        last = operations.stream().mapToInt(Asked::until).max().orElse(-1);
    }

    Counts recoveries(int bound) {
        long held = 0;
        long broken = 0;
        long undecided = 0;
        for (Struck fault : faults) {
            Optional<Boolean> within = Optional.empty();
            int start = fault.kind().equals("failover") ? fault.injected() : fault.healed();
            Optional<Integer> asked = asked(start);
            if (!acknowledgedBefore(fault.injected()) || isOtherInForce(fault, start) || asked.isEmpty()) {
                continue;
            }
            int deadline = asked.get() + bound;
            if (acknowledgedIn(start, deadline)) {
                within = Optional.of(true);
            } else if (last > deadline && !isOtherInjected(fault, start, deadline)) {
                within = Optional.of(false);
            }
            held += within.isPresent() && within.get() ? 1 : 0;
            broken += within.isPresent() && !within.get() ? 1 : 0;
            undecided += within.isPresent() ? 0 : 1;
        }
        return new Counts(held, broken, undecided);
    }

    Counts silences(int bound) {
        if (operations.stream().noneMatch(one -> one.outcome() == Outcome.OK)) {
            return new Counts(0, 0, 1);
        }
        List<Integer> acknowledged = new ArrayList<>(operations.stream()
                .filter(one -> one.outcome() == Outcome.OK)
                .map(Asked::until)
                .sorted()
                .toList());
        acknowledged.add(0, -1);
        long held = 0;
        long broken = 0;
        for (int i = 0; i < acknowledged.size(); i++) {
            Optional<Integer> asked = asked(acknowledged.get(i));
            if (asked.isEmpty()) {
                continue;
            }
            boolean more = i + 1 < acknowledged.size();
            int end = more ? acknowledged.get(i + 1) : last;
            boolean late = end - asked.get() > bound;
            broken += late ? 1 : 0;
            held += !late && more ? 1 : 0;
        }
        return new Counts(held, broken, 0);
    }

    private Optional<Integer> asked(int from) {
        for (int moment = from; moment <= last; moment++) {
            int now = moment;
            if (operations.stream().anyMatch(one -> one.isUnderWay(now) || (now > from && one.isOnlyAt(now)))) {
                return Optional.of(moment);
            }
        }
        return Optional.empty();
    }

    private boolean acknowledgedBefore(int moment) {
        return operations.stream().anyMatch(one -> one.outcome() == Outcome.OK && one.until() < moment);
    }

    private boolean acknowledgedIn(int from, int until) {
        return operations.stream()
                .anyMatch(one -> one.outcome() == Outcome.OK && from <= one.until() && one.until() <= until);
    }

    private boolean isOtherInForce(Struck fault, int moment) {
        return othersThan(fault).stream().anyMatch(other -> other.isInForce(moment));
    }

    private boolean isOtherInjected(Struck fault, int after, int deadline) {
        return othersThan(fault).stream().anyMatch(other -> other.injected() > after && other.injected() < deadline);
    }

    /** All but one that is equal to it. */
    private List<Struck> othersThan(Struck fault) {
        List<Struck> others = new ArrayList<>(faults);
        others.remove(fault);
        return others;
    }
}
