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
            boolean byTheStore = fault.kind().equals("failover");
            int start = byTheStore ? fault.injected() : fault.healed();
            if (!acknowledgedBefore(fault.injected()) || isOtherInForce(fault, start)) {
                continue;
            }
            Optional<Waited> waited = byTheStore ? longestWait(fault) : wait(start, true);
            if (waited.isEmpty()) {
                continue;
            }
            int deadline = waited.get().from() + bound;
            if (waited.get().ended() && waited.get().until() <= deadline) {
                within = Optional.of(true);
            } else if (waited.get().until() > deadline && !isOtherInjected(fault, start, deadline)) {
                within = Optional.of(false);
            }
            held += within.isPresent() && within.get() ? 1 : 0;
            broken += within.isPresent() && !within.get() ? 1 : 0;
            undecided += within.isPresent() ? 0 : 1;
        }
        return new Counts(held, broken, undecided);
    }

    /** From when on somebody asked, and when one was acknowledged or else the last was given up. */
    private record Waited(int from, int until, boolean ended) {
        int upTo(int moment) {
            return Math.max(0, Math.min(until, moment) - from);
        }
    }

    /** The wait from a moment on; at the moment of an acknowledgement for the next one after it. */
    private Optional<Waited> wait(int start, boolean mayEndAtOnce) {
        for (int end = start + (mayEndAtOnce ? 0 : 1); end <= last; end++) {
            if (acknowledgedIn(end, end)) {
                int until = end;
                return asked(start).map(from -> new Waited(from, until, true));
            }
        }
        return asked(start).map(from -> new Waited(from, Math.max(from, last), false));
    }

    /** Of those that begin until the heal and the next fault the one that is longest as far as to that fault. */
    private Optional<Waited> longestWait(Struck fault) {
        int next = othersThan(fault).stream()
                .mapToInt(Struck::injected)
                .filter(injected -> injected > fault.injected())
                .min()
                .orElse(Integer.MAX_VALUE);
        Optional<Waited> longest = Optional.empty();
        for (int start = fault.injected(); start < Math.min(fault.healed(), next); start++) {
            for (boolean mayEndAtOnce :
                    start == fault.injected() ? new boolean[] {true, false} : new boolean[] {false}) {
                if (!mayEndAtOnce && !acknowledgedIn(start, start)) {
                    continue;
                }
                Optional<Waited> wait =
                        wait(start, mayEndAtOnce).filter(one -> one.from() < Math.min(fault.healed(), next));
                if (wait.isPresent() && (longest.isEmpty() || isLonger(wait.get(), longest.get(), next))) {
                    longest = wait;
                }
            }
        }
        return longest;
    }

    private static boolean isLonger(Waited one, Waited other, int next) {
        if (one.upTo(next) != other.upTo(next)) {
            return one.upTo(next) > other.upTo(next);
        }
        int longer = Integer.compare(one.until() - one.from(), other.until() - other.from());
        return longer > 0 || (longer == 0 && !one.ended() && other.ended());
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
