package dev.umpire.harness.explore;

import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.plan.Script;
import dev.umpire.harness.target.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Schedules of faults that are like one that saw something new. Pure: the draw decides. */
final class Mutation {
    private static final double KEPT_AS_IT_IS = 0.5;
    private static final double LITTLE_SHIFT = 0.5;
    private static final double OTHER_NODES = 0.25;
    private static final long MOST_LITTLE_SHIFT_NANOS = 20_000_000;
    private static final long MOST_SHIFT_NANOS = 300_000_000;
    /** How many strikes more there are, at moments at which something new was seen. */
    private static final int MORE = 3;

    private static final long MOST_BEFORE_NANOS = 2_000_000;
    private static final long MOST_AFTER_NANOS = 20_000_000;

    private Mutation() {}

    /**
     * Of the faults some come earlier or later, or strike other nodes, and some strike once more, where and
     * when something new was seen.
     *
     * @param moments at which something new was seen
     * @param nodes that may be struck
     */
    static Script of(Script script, List<Moment> moments, Set<Node> nodes, KeyedRandom.Stream stream) {
        List<Script.Strike> strikes = new ArrayList<>();
        KeyedRandom.Stream aims = stream.split(-1);
        if (!script.strikes().isEmpty() && !moments.isEmpty()) {
            for (int i = 0; i < MORE; i++) {
                KeyedRandom.Stream draws = aims.split(i);
                Moment moment = moments.get(draws.below(moments.size(), 0));
                Script.Strike strike =
                        script.strikes().get(draws.below(script.strikes().size(), 1));
                strikes.add(from(
                        strike,
                        strike.nodes().size() == 1 ? Set.of(moment.node()) : strike.nodes(),
                        moment.nanos() + draws.between(-MOST_BEFORE_NANOS, MOST_AFTER_NANOS, 2)));
            }
        }
        for (int i = 0; i < script.strikes().size(); i++) {
            Script.Strike strike = script.strikes().get(i);
            KeyedRandom.Stream draws = stream.split(i);
            long most = draws.chance(LITTLE_SHIFT, 4) ? MOST_LITTLE_SHIFT_NANOS : MOST_SHIFT_NANOS;
            long shift = draws.chance(KEPT_AS_IT_IS, 0) ? 0 : draws.between(-most, most, 1);
            Set<Node> struck = draws.chance(OTHER_NODES, 2)
                    ? others(strike.nodes().size(), List.copyOf(nodes), draws.split(3))
                    : strike.nodes();
            strikes.add(from(strike, struck, strike.fromNanos() + shift));
        }
        return Script.ofStrikes(apart(strikes));
    }

    private static Set<Node> others(int count, List<Node> nodes, KeyedRandom.Stream draws) {
        Set<Node> drawn = new TreeSet<>();
        for (int i = 0; drawn.size() < Math.min(count, nodes.size()); i++) {
            drawn.add(nodes.get(draws.below(nodes.size(), i)));
        }
        return drawn;
    }

    private static Script.Strike from(Script.Strike strike, Set<Node> nodes, long nanos) {
        long fromNanos = Math.max(0, nanos);
        return strike.on(new TreeSet<>(nodes), strike.links(), strike.shape())
                .during(fromNanos, fromNanos + strike.untilNanos() - strike.fromNanos());
    }

    /** Leaves out what overlaps with an earlier one of the list that strikes nodes or is of the same kind: a majority stays up. */
    private static List<Script.Strike> apart(List<Script.Strike> strikes) {
        List<Script.Strike> kept = new ArrayList<>();
        for (Script.Strike strike : strikes) {
            boolean overlaps = kept.stream()
                    .anyMatch(other -> other.untilNanos() >= strike.fromNanos()
                            && strike.untilNanos() >= other.fromNanos()
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
