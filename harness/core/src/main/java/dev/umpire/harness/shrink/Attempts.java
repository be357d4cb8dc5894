package dev.umpire.harness.shrink;

import dev.umpire.checkers.Guarantee;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.harness.environment.SideBySide;
import dev.umpire.harness.run.Judged;
import dev.umpire.harness.run.Run;
import dev.umpire.harness.run.RunException;
import dev.umpire.harness.target.Target;
import dev.umpire.histories.History;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;

/**
 * Runs candidates on all cores and says which is the first of them, in the order in which they were named, that breaks the
 * guarantee: the answer, and the number of runs, depend on no timing. Nothing is run twice.
 */
final class Attempts {
    private static final String THREADS = "umpire-shrink";

    private final String guarantee;
    private final Target target;
    private final Shrinker.Simulator simulator;
    private final int mostRuns;
    /** Those that kept the guarantee. */
    private final Set<Candidate> kept = ConcurrentHashMap.newKeySet();

    private int runs;

    private record Tried(int number, Candidate candidate, boolean fresh, boolean broken) {}

    Attempts(String guarantee, Target target, Shrinker.Simulator simulator, int mostRuns) {
        this.guarantee = Guarantee.named(guarantee).name();
        this.target = target;
        this.simulator = simulator;
        this.mostRuns = mostRuns;
    }

    int runs() {
        return runs;
    }

    boolean exhausted() {
        return runs >= mostRuns;
    }

    /** The number of the first that breaks the guarantee; empty: none does, or so many runs are not to be made. */
    OptionalInt first(int count, IntFunction<Candidate> candidates) {
        if (count == 0 || exhausted()) {
            return OptionalInt.empty();
        }
        if (count == 1) {
            Tried tried = tried(0, candidates.apply(0));
            return wanted(tried) ? OptionalInt.empty() : found(tried);
        }
        Tried[] last = new Tried[1];
        SideBySide.inOrder(
                THREADS, 1, 0, count - 1L, number -> tried((int) number, candidates.apply((int) number)), tried -> {
                    last[0] = tried;
                    return wanted(tried);
                });
        return found(last[0]);
    }

    private static OptionalInt found(Tried tried) {
        return tried.broken() ? OptionalInt.of(tried.number()) : OptionalInt.empty();
    }

    /** Takes a result; whether more are to be looked at. */
    private boolean wanted(Tried tried) {
        runs += tried.fresh() ? 1 : 0;
        if (!tried.broken()) {
            kept.add(tried.candidate());
        }
        return !tried.broken() && !exhausted();
    }

    private Tried tried(int number, Candidate candidate) {
        return kept.contains(candidate)
                ? new Tried(number, candidate, false, false)
                : new Tried(number, candidate, true, broken(candidate).isPresent());
    }

    /**
     * What is wrong with a run.
     *
     * @param history what happened
     * @param anomaly the first that the checker names
     */
    record Broken(History history, Anomaly anomaly) {}

    /** What is wrong with a candidate's run; empty: it keeps the guarantee. */
    Optional<Broken> broken(Candidate candidate) {
        try {
            Run run = simulator.simulate(candidate.plan(), Optional.of(candidate.script()), target);
            return run.judged().stream()
                    .map(Judged::verdict)
                    .filter(verdict -> verdict.guarantee().equals(guarantee) && verdict.answer() == Answer.INVALID)
                    .findFirst()
                    .map(verdict ->
                            new Broken(run.history(), verdict.anomalies().get(0)));
        } catch (RunException | IllegalArgumentException e) {
            // a schedule that cannot be carried out, or a plan that cannot be, shows nothing
            return Optional.empty();
        }
    }
}
