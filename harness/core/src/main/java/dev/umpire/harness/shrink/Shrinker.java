package dev.umpire.harness.shrink;

import dev.umpire.harness.environment.LoopInterruptedException;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.Script;
import dev.umpire.harness.run.Run;
import dev.umpire.harness.run.RunException;
import dev.umpire.harness.target.Setting;
import dev.umpire.harness.target.Settings;
import dev.umpire.harness.target.SettingsResolver;
import dev.umpire.harness.target.Target;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntFunction;

/** Leaves out of a schedule what is not needed to break one guarantee in the way in which it does. Not thread-safe. */
public final class Shrinker {
    /** A schedule larger than this is tried with many other delays. */
    private static final Size LARGE = new Size(12, 2, 4, Integer.MAX_VALUE, Integer.MAX_VALUE);

    /** Delays differ with the seed: what hid behind many requests may need them no more. */
    private static final int FEW_SEEDS = 8;

    private static final int SOME_SEEDS = 30;
    private static final int MANY_SEEDS = 200;
    private static final int WITNESS_SEEDS = 300;

    private final Target target;
    private final Attempts attempts;
    private final long firstSeed;
    private Candidate best;
    private long seed;

    /** Runs a plan by a script in memory; called from several threads at once. */
    @FunctionalInterface
    public interface Simulator {
        Run simulate(Plan plan, Optional<Script> script, Target target) throws RunException;
    }

    /** Is told how far it is, on the calling thread. */
    @FunctionalInterface
    public interface Watch {
        /**
         * A run more was made.
         *
         * @param runs how many there were
         * @param smallest what is left of the schedule
         */
        void tried(int runs, Size smallest);
    }

    private Shrinker(Candidate whole, String guarantee, Target target, Simulator simulator, int mostRuns, Watch watch) {
        this.target = target;
        this.attempts =
                new Attempts(guarantee, target, simulator, mostRuns, runs -> watch.tried(runs, this.best.size()));
        this.best = whole;
        this.firstSeed = whole.plan().seed();
        this.seed = firstSeed;
    }

    /**
     * A small schedule that breaks a guarantee as this one does: with an anomaly of a kind that this one shows. The answer depends on nothing but what is given, and not on
     * how many cores there are. A thread that is interrupted once the schedule was seen to break it gets the smallest so far.
     *
     * @param mostRuns how many runs it may take; 1 or more
     * @return empty if the run of the schedule itself does not break it
     * @throws LoopInterruptedException if the calling thread is interrupted before that is known
     */
    public static Optional<Shrunk> of(
            Plan plan, Script script, String guarantee, Target target, Simulator simulator, int mostRuns, Watch watch) {
        Candidate whole = new Candidate(plan.judgedBy(List.of(guarantee)), script.withoutIntended());
        Shrinker shrinker = new Shrinker(whole, guarantee, target, simulator, mostRuns, watch);
        return shrinker.begin() ? Optional.of(shrinker.shrunk(guarantee)) : Optional.empty();
    }

    /** A schedule may be carried out a little otherwise than it was drawn; then other delays may show the same. */
    private boolean begin() {
        OptionalInt breaks = attempts.first(FEW_SEEDS, number -> best.withSeed(firstSeed + number));
        breaks.ifPresent(number -> take(best.withSeed(firstSeed + number)));
        attempts.broken(best).ifPresent(broken -> attempts.showOnly(broken.kinds()));
        return breaks.isPresent();
    }

    private Shrunk shrunk(String guarantee) {
        Shrunk.End end;
        try {
            leaveOutWhatCanGo();
            end = attempts.exhausted() ? Shrunk.End.BOUND_REACHED : Shrunk.End.MINIMAL;
        } catch (LoopInterruptedException e) {
            end = Shrunk.End.INTERRUPTED;
        }
        List<Candidate> removals =
                removals().stream().map(removal -> removal.withSeed(seed)).toList();
        int impossible = end == Shrunk.End.MINIMAL ? attempts.impossible(removals) : 0;
        return new Shrunk(best.plan(), best.script(), guarantee, attempts.runs(), end, removals.size(), impossible);
    }

    private void leaveOutWhatCanGo() {
        lowerSizes();
        keepTheWitness(FEW_SEEDS);
        cutTheTail();
        untilNothingCanGo();
        if (isLarge()) {
            keepTheWitness(WITNESS_SEEDS);
            untilNothingCanGo();
        }
        withOtherDelays();
        do {
            draw();
            untilNothingCanGo();
        } while (!attempts.exhausted() && firstOf(removals()));
    }

    private void take(Candidate smaller) {
        best = smaller;
        seed = smaller.plan().seed();
    }

    /** Takes the first of these that breaks the guarantee; whether there is one. */
    private boolean firstOf(List<Candidate> candidates) {
        OptionalInt breaks = attempts.first(
                candidates.size(), number -> candidates.get(number).withSeed(seed));
        breaks.ifPresent(number -> take(candidates.get(number).withSeed(seed)));
        return breaks.isPresent();
    }

    /** Takes what one of these makes of the best, again and again, until none breaks the guarantee. */
    private boolean firstOfAgain(Function<Candidate, List<Candidate>> smaller) {
        boolean any = false;
        while (firstOf(smaller.apply(best))) {
            any = true;
        }
        return any;
    }

    /** Lowers the settings that are mere sizes; whether any could be. */
    private boolean lowerSizes() {
        boolean any = false;
        Settings settings = SettingsResolver.resolve(target, best.plan().settings());
        for (Setting setting : target.settings()) {
            if (setting.mereSize() && settings.values().containsKey(setting.name())) {
                List<Candidate> lower = new ArrayList<>();
                for (int size = 1; size < settings.number(setting.name()); size *= 2) {
                    lower.add(new Candidate(
                            best.plan().withSetting(setting.name(), Integer.toString(size)), best.script()));
                }
                any |= firstOf(lower);
            }
        }
        return any;
    }

    /** Only what the checker speaks of, with some seeds: its operations, or the changes of its key before them too. */
    private void keepTheWitness(int seeds) {
        List<Candidate> witnesses = attempts.broken(best)
                .map(broken ->
                        Witness.of(best, broken.history(), broken.anomalies().get(0)))
                .orElse(List.of());
        IntFunction<Candidate> numbered =
                number -> witnesses.get(number % witnesses.size()).withSeed(firstSeed + number / witnesses.size());
        attempts.first(witnesses.size() * seeds, numbered).ifPresent(number -> take(numbered.apply(number)));
    }

    /** Leaves out what came after the anomaly: half of the requests, a quarter more or less, and so on. */
    private void cutTheTail() {
        int kept = best.script().asks().size();
        for (int step = kept / 2; step > 0; step /= 2) {
            while (kept > step && firstOf(List.of(first(kept - step)))) {
                kept -= step;
            }
        }
    }

    private Candidate first(int count) {
        List<Script.Ask> asks = best.script().asks().subList(0, count);
        long end = asks.get(count - 1).atNanos();
        return best.with(
                asks,
                best.script().strikes().stream()
                        .filter(strike -> strike.fromNanos() <= end)
                        .toList());
    }

    private void untilNothingCanGo() {
        boolean smaller = true;
        while (smaller && !attempts.exhausted()) {
            smaller = leaveOut();
        }
    }

    /** What is still too large, or could be smaller without much ado, may be so with other delays. */
    private void withOtherDelays() {
        for (int i = 1; i <= (isLarge() ? MANY_SEEDS : SOME_SEEDS) && !attempts.exhausted(); i++) {
            long before = seed;
            seed = firstSeed + i;
            if (leaveOut()) {
                untilNothingCanGo();
            } else {
                seed = before;
            }
        }
    }

    private boolean isLarge() {
        Size size = best.size();
        return size.operations() > LARGE.operations()
                || size.faults() > LARGE.faults()
                || size.sessions() > LARGE.sessions();
    }

    /** Leaves out whatever can be, large parts first; whether anything could. */
    private boolean leaveOut() {
        boolean any = without(best.script().strikes(), Candidate::withStrikes);
        any |= without(best.sessions(), Candidate::ofSessions);
        any |= without(best.keys(), Candidate::ofKeys);
        any |= without(best.script().asks(), Candidate::withAsks);
        any |= firstOfAgain(Shrinker::withoutNodes);
        any |= firstOfAgain(Shrinker::withMergedSessions);
        any |= firstOfAgain(Strikes::joined);
        any |= lowerSizes();
        return any;
    }

    /** Tells the same in less time, with faults that strike less and sessions that are counted from the first. */
    private void draw() {
        Candidate renumbered = best.renumbered();
        if (!renumbered.equals(best)) {
            attempts.first(SOME_SEEDS, number -> renumbered.withSeed(firstSeed + number))
                    .ifPresent(number -> take(renumbered.withSeed(firstSeed + number)));
        }
        firstOfAgain(Strikes::narrower);
        firstOf(Times.nearer(best));
        firstOfAgain(Times::nearerOnce);
    }

    /** Leaves out parts of a list, all of it first and single elements in the end. */
    private <T> boolean without(List<T> whole, BiFunction<Candidate, List<T>, Candidate> with) {
        List<T> left = whole;
        for (int part = left.size(); part > 0; part = part == 1 ? 0 : (part + 1) / 2) {
            int passed = 0;
            OptionalInt gone;
            do {
                List<T> all = left;
                int size = part;
                int from = passed;
                int parts = (all.size() + size - 1) / size - from;
                gone = attempts.first(
                        Math.max(0, parts),
                        number -> with.apply(best, fewer(all, size, from + number))
                                .withSeed(seed));
                if (gone.isPresent()) {
                    passed += gone.getAsInt();
                    left = fewer(left, part, passed);
                    take(with.apply(best, left).withSeed(seed));
                }
            } while (gone.isPresent());
        }
        return left.size() < whole.size();
    }

    private static <T> List<T> fewer(List<T> all, int size, int part) {
        List<T> fewer = new ArrayList<>(all.subList(0, part * size));
        fewer.addAll(all.subList(Math.min(all.size(), (part + 1) * size), all.size()));
        return fewer;
    }

    private static List<Candidate> withoutNodes(Candidate candidate) {
        List<Candidate> fewer = new ArrayList<>();
        for (int node = candidate.plan().nodes() - 1; node >= 0 && Nodes.canGo(candidate); node--) {
            fewer.add(Nodes.without(candidate, node));
        }
        return fewer;
    }

    /** For any two sessions, the schedule in which one asks what both asked. */
    private static List<Candidate> withMergedSessions(Candidate candidate) {
        List<Candidate> merged = new ArrayList<>();
        for (int from : candidate.sessions()) {
            for (int to : candidate.sessions()) {
                if (from != to) {
                    merged.add(candidate.merged(from, to));
                }
            }
        }
        return merged;
    }

    /** Every schedule without one operation, one fault, one session, one key or one node. */
    private List<Candidate> removals() {
        List<Candidate> removals = new ArrayList<>();
        each(removals, best.script().asks(), Candidate::withAsks);
        each(removals, best.script().strikes(), Candidate::withStrikes);
        each(removals, best.sessions(), Candidate::ofSessions);
        List<Value> keys = best.keys();
        each(removals, keys, Candidate::ofKeys);
        removals.addAll(withoutNodes(best));
        return removals;
    }

    private <T> void each(List<Candidate> removals, List<T> all, BiFunction<Candidate, List<T>, Candidate> with) {
        for (int i = 0; i < all.size(); i++) {
            removals.add(with.apply(best, fewer(all, 1, i)));
        }
    }
}
