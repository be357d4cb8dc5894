package dev.umpire.harness.explore;

import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.plan.Script;
import java.util.ArrayList;
import java.util.List;

/** Schedules that are like one that saw something new. Pure: the draw decides. */
final class Mutation {
    private static final double KEPT_AS_IT_IS = 0.5;
    private static final double DOUBLED = 0.25;
    private static final long MOST_SHIFT_NANOS = 300_000_000;

    private Mutation() {}

    /** The same requests; of the faults some come earlier or later, and some twice. */
    static Script of(Script script, KeyedRandom.Stream stream) {
        List<Script.Strike> strikes = new ArrayList<>();
        long last = script.asks().isEmpty()
                ? 0
                : script.asks().get(script.asks().size() - 1).atNanos();
        for (int i = 0; i < script.strikes().size(); i++) {
            Script.Strike strike = script.strikes().get(i);
            KeyedRandom.Stream draws = stream.split(i);
            strikes.add(
                    draws.chance(KEPT_AS_IT_IS, 0)
                            ? strike
                            : from(strike, strike.fromNanos() + draws.between(-MOST_SHIFT_NANOS, MOST_SHIFT_NANOS, 1)));
            if (draws.chance(DOUBLED, 2)) {
                strikes.add(from(strike, draws.between(0, Math.max(1, last), 3)));
            }
        }
        return new Script(script.asks(), apart(strikes));
    }

    private static Script.Strike from(Script.Strike strike, long nanos) {
        long fromNanos = Math.max(0, nanos);
        return new Script.Strike(
                strike.kind(),
                strike.nodes(),
                strike.links(),
                strike.shape(),
                strike.amount(),
                strike.rate(),
                fromNanos,
                fromNanos + strike.untilNanos() - strike.fromNanos());
    }

    /** Leaves out what overlaps with an earlier one that strikes nodes or is of the same kind: a majority stays up. */
    private static List<Script.Strike> apart(List<Script.Strike> strikes) {
        List<Script.Strike> kept = new ArrayList<>();
        for (Script.Strike strike : new Script(List.of(), strikes).strikes()) {
            boolean overlaps = kept.stream()
                    .anyMatch(other -> other.untilNanos() >= strike.fromNanos()
                            && (other.kind() == strike.kind()
                                    || (!other.nodes().isEmpty()
                                            && !strike.nodes().isEmpty())));
            if (!overlaps) {
                kept.add(strike);
            }
        }
        return kept;
    }
}
