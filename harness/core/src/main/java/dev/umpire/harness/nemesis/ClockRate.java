package dev.umpire.harness.nemesis;

import dev.umpire.harness.target.ClockReading;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Observation;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * At which rate wall clocks ran between two readings of each. What the readings may be wrong by, together, over the time between
 * them is what the rate may be wrong by: of 2 ms and 4 s 500 ppm. Beside that a clock that nobody has set wrong is a little off by
 * itself.
 */
final class ClockRate {

    private static final long MILLION = 1_000_000;

    /** What the crystal of an ordinary machine is off by at most, in parts per million. */
    private static final long OWN_ERROR = 100;

    private ClockRate() {}

    /**
     * What a clock told.
     *
     * @param atNanos when it did, of the run's clock
     */
    record Reading(long atNanos, ClockReading clock) {}

    /**
     * How far clocks were ahead, each at a moment of its own.
     *
     * @param askedNanos when the first was asked, of the run's clock
     * @param ofNodes without those that did not tell it
     */
    record Readings(long askedNanos, Map<Node, Reading> ofNodes) {
        /** Of no clock. */
        static final Readings NONE = new Readings(0, Map.of());
    }

    /**
     * Whether clocks ran at the rate that is expected: positive where all did, unknown where some readings are too near to tell that
     * from another rate, and none says otherwise.
     *
     * @param expected parts per million too fast; negative: too slow
     * @param other the rate at which they would run if what was to be done had not been
     */
    static Observation between(Readings earlier, Readings later, Collection<Node> nodes, int expected, int other) {
        List<Observation> each = nodes.stream()
                .map(node -> between(earlier, later, node, expected, other))
                .toList();
        List<Observation> wrong =
                each.stream().filter(one -> one.known() && !one.positive()).toList();
        if (!wrong.isEmpty()) {
            return new Observation(false, together(wrong));
        }
        return each.stream().allMatch(Observation::known)
                ? new Observation(true, together(each))
                : Observation.unknown(together(each));
    }

    private static String together(List<Observation> some) {
        return some.stream().map(Observation::evidence).collect(Collectors.joining("; "));
    }

    private static Observation between(Readings earlier, Readings later, Node node, int expected, int other) {
        Reading begun = earlier.ofNodes().get(node);
        Reading ended = later.ofNodes().get(node);
        if (begun == null || ended == null || ended.atNanos() <= begun.atNanos()) {
            return Observation.unknown("the rate of the clock of " + node + " was not measured");
        }
        long elapsedNanos = ended.atNanos() - begun.atNanos();
        ClockReading first = begun.clock();
        ClockReading last = ended.clock();
        long found = perMillion(last.ahead().minus(first.ahead()).toNanos(), elapsedNanos);
        long error = OWN_ERROR + perMillion(first.error().plus(last.error()).toNanos(), elapsedNanos);
        String told = "the clock of " + node + " ran at " + signed(found) + " ppm, give or take " + error + ", over "
                + TimeUnit.NANOSECONDS.toMillis(elapsedNanos) + " ms";
        boolean asExpected = Math.abs(found - expected) <= error;
        boolean asOther = Math.abs(found - other) <= error;
        if (asExpected && asOther) {
            return Observation.unknown(
                    told + ", too short a time to tell " + signed(expected) + " from " + signed(other));
        }
        return new Observation(asExpected, asExpected ? told : told + ", expected " + signed(expected));
    }

    private static long perMillion(long nanos, long ofNanos) {
        return Math.round((double) nanos * MILLION / ofNanos);
    }

    private static String signed(long number) {
        return number < 0 ? "−" + -number : "+" + number;
    }
}
