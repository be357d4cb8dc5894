package dev.umpire.harness.shrink;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.Script;
import dev.umpire.harness.run.Run;
import dev.umpire.harness.run.RunException;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Target;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** Leaves out of a schedule what is not needed to break one guarantee. Not thread-safe. */
public final class Shrinker {
    /** A schedule larger than this is tried with other delays: what hid behind many requests may need them no more. */
    private static final int FEW_ASKS = 12;

    private static final int FEW_STRIKES = 2;
    private static final int FEW_SESSIONS = 4;
    private static final int OTHER_SEEDS = 12;

    private final Target target;
    private final Simulator simulator;
    private final String guarantee;
    private final int mostRuns;
    private Plan plan;
    private Script script;
    private int runs;

    /** Runs a plan by a script in memory. */
    @FunctionalInterface
    public interface Simulator {
        Run simulate(Plan plan, Optional<Script> script, Target target) throws RunException;
    }

    private Shrinker(Plan plan, Script script, String guarantee, Target target, Simulator simulator, int mostRuns) {
        this.plan = plan.judgedBy(List.of(guarantee));
        this.script = script;
        this.guarantee = guarantee;
        this.target = target;
        this.simulator = simulator;
        this.mostRuns = mostRuns;
    }

    /**
     * A small schedule that breaks a guarantee as this one does.
     *
     * @param mostRuns how many runs it may take; 1 or more
     * @return empty if the run of the schedule itself does not break it
     */
    public static Optional<Shrunk> of(
            Plan plan, Script script, String guarantee, Target target, Simulator simulator, int mostRuns) {
        Shrinker shrinker = new Shrinker(plan, script, guarantee, target, simulator, mostRuns);
        if (!shrinker.breaks(shrinker.plan, script)) {
            return Optional.empty();
        }
        return Optional.of(shrinker.shrunk());
    }

    private Shrunk shrunk() {
        cutTheTail();
        boolean minimal = untilNothingCanGo();
        Shrunk best = new Shrunk(plan, script, guarantee, runs, minimal);
        long firstSeed = plan.seed();
        for (int i = 1; i <= OTHER_SEEDS && isLarge(best.script()) && runs < mostRuns; i++) {
            Plan other = best.plan().withSeed(firstSeed + i);
            if (breaks(other, best.script())) {
                plan = other;
                script = best.script();
                boolean otherMinimal = untilNothingCanGo();
                if (size(script) < size(best.script())) {
                    best = new Shrunk(plan, script, guarantee, runs, otherMinimal);
                }
            }
        }
        return new Shrunk(best.plan(), best.script(), guarantee, runs, best.minimal());
    }

    private static boolean isLarge(Script script) {
        return script.asks().size() > FEW_ASKS || script.strikes().size() > FEW_STRIKES;
    }

    private static int size(Script script) {
        return script.asks().size() + script.strikes().size();
    }

    /** Leaves out what came after the anomaly: half of the requests, a quarter more or less, and so on. */
    private void cutTheTail() {
        int kept = script.asks().size();
        for (int step = kept / 2; step > 0; step /= 2) {
            while (kept > step && attempt(first(kept - step))) {
                kept -= step;
            }
        }
    }

    private Script first(int count) {
        List<Script.Ask> asks = script.asks().subList(0, count);
        long end = count == 0 ? 0 : asks.get(count - 1).atNanos();
        return new Script(
                asks,
                script.strikes().stream()
                        .filter(strike -> strike.fromNanos() <= end)
                        .toList());
    }

    /** Leaves out whatever can be, large parts first; whether that nothing more can go was tried to the end. */
    private boolean untilNothingCanGo() {
        int before;
        boolean merged;
        do {
            before = size(script);
            withoutGroups(ask -> List.of(Value.of(ask.session())));
            withoutGroups(ask -> keys(ask.request()));
            strikes();
            asks();
            merged = mergeSessions();
        } while ((merged || size(script) < before) && runs < mostRuns);
        return runs < mostRuns;
    }

    /** Leaves out all that one session asks, or all that is asked of one key. */
    private void withoutGroups(Function<Script.Ask, List<Value>> groups) {
        Set<Value> all = new LinkedHashSet<>();
        script.asks().forEach(ask -> all.addAll(groups.apply(ask)));
        for (Value group : all) {
            attempt(new Script(
                    script.asks().stream()
                            .filter(ask -> !groups.apply(ask).contains(group))
                            .toList(),
                    script.strikes()));
        }
    }

    private static List<Value> keys(Request request) {
        if (request.key().isPresent()) {
            return List.of(request.key().get());
        }
        return request.argument() instanceof Value.Sequence keys ? keys.elements() : List.of();
    }

    /** Where there are many sessions, lets one ask what another asked; true if that goes. */
    private boolean mergeSessions() {
        List<Integer> sessions = script.asks().stream()
                .map(Script.Ask::session)
                .distinct()
                .sorted()
                .toList();
        if (sessions.size() <= FEW_SESSIONS) {
            return false;
        }
        for (int from : sessions) {
            for (int to : sessions) {
                Script merged = merged(from, to);
                if (from != to && runs < mostRuns && breaks(plan, merged)) {
                    script = merged;
                    return true;
                }
            }
        }
        return false;
    }

    private Script merged(int from, int to) {
        return new Script(
                script.asks().stream()
                        .map(ask -> ask.session() == from
                                ? new Script.Ask(to, ask.atNanos(), ask.home(), ask.request())
                                : ask)
                        .toList(),
                script.strikes());
    }

    private void strikes() {
        shrink(script.strikes(), strikes -> new Script(script.asks(), strikes));
    }

    private void asks() {
        shrink(script.asks(), asks -> new Script(asks, script.strikes()));
    }

    /** Leaves out parts of a list, halves first and single elements in the end. */
    private <T> void shrink(List<T> whole, Function<List<T>, Script> with) {
        List<T> left = whole;
        for (int part = Math.max(1, (left.size() + 1) / 2); part > 0; part = part == 1 ? 0 : (part + 1) / 2) {
            for (int from = 0; from < left.size(); ) {
                List<T> fewer = new ArrayList<>(left.subList(0, from));
                fewer.addAll(left.subList(Math.min(left.size(), from + part), left.size()));
                if (attempt(with.apply(fewer))) {
                    left = fewer;
                } else {
                    from += part;
                }
            }
        }
    }

    private boolean attempt(Script smaller) {
        if (runs >= mostRuns || size(smaller) == size(script) || !breaks(plan, smaller)) {
            return false;
        }
        script = smaller;
        return true;
    }

    private boolean breaks(Plan candidate, Script of) {
        runs++;
        Predicate<String> name = guarantee::equals;
        try {
            return simulator.simulate(candidate, Optional.of(of), target).judged().stream()
                    .anyMatch(one -> name.test(one.verdict().guarantee())
                            && one.verdict().answer() == Answer.INVALID);
        } catch (RunException e) {
            // a schedule that cannot be carried out shows nothing
            return false;
        }
    }
}
