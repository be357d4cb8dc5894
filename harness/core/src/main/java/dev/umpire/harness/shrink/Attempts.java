package dev.umpire.harness.shrink;

import dev.umpire.checkers.Guarantee;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.harness.environment.LoopInterruptedException;
import dev.umpire.harness.environment.SideBySide;
import dev.umpire.harness.run.Judged;
import dev.umpire.harness.run.Run;
import dev.umpire.harness.run.RunException;
import dev.umpire.harness.target.Target;
import dev.umpire.histories.History;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

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
    /** Those that no run could be made of, which are among these. */
    private final Set<Candidate> impossible = ConcurrentHashMap.newKeySet();

    private final IntConsumer watch;
    private int runs;
    /** What candidates are to show; empty: whatever breaks the guarantee. */
    private Set<String> kinds = Set.of();

    private record Tried(int number, Candidate candidate, boolean broken) {}

    /** @param watch is told after each run how many there were */
    Attempts(String guarantee, Target target, Shrinker.Simulator simulator, int mostRuns, IntConsumer watch) {
        this.guarantee = Guarantee.named(guarantee).name();
        this.target = target;
        this.simulator = simulator;
        this.mostRuns = mostRuns;
        this.watch = watch;
    }

    /** From now on a candidate breaks the guarantee if it shows an anomaly of one of these kinds. */
    void showOnly(Set<String> anomalyKinds) {
        kinds = Set.copyOf(anomalyKinds);
    }

    int runs() {
        return runs;
    }

    boolean exhausted() {
        return runs >= mostRuns;
    }

    /** How many of these were tried, and no run could be made of them. */
    int impossible(Collection<Candidate> candidates) {
        return (int) candidates.stream().filter(impossible::contains).count();
    }

    /**
     * The number of the first that breaks the guarantee; empty: none does, or so many runs are not to be made.
     *
     * @throws LoopInterruptedException if the calling thread is interrupted
     */
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
        // whether two of the same were run side by side is a matter of timing: they count once
        boolean fresh = tried.broken() || kept.add(tried.candidate());
        runs += fresh ? 1 : 0;
        watch.accept(runs);
        return !tried.broken() && !exhausted();
    }

    private Tried tried(int number, Candidate candidate) {
        return new Tried(
                number,
                candidate,
                !kept.contains(candidate) && broken(candidate).isPresent());
    }

    /**
     * What is wrong with a run.
     *
     * @param history what happened
     * @param anomalies of the kinds that are to be shown, as the checker names them; one or more
     */
    record Broken(History history, List<Anomaly> anomalies) {
        Set<String> kinds() {
            return anomalies.stream().map(Anomaly::kind).collect(Collectors.toSet());
        }
    }

    /**
     * What is wrong with a candidate's run; empty: it keeps the guarantee, or it cannot be carried out, which shows nothing.
     *
     * @throws LoopInterruptedException if the calling thread is interrupted
     */
    Optional<Broken> broken(Candidate candidate) {
        try {
            Run run = simulator.simulate(candidate.plan(), Optional.of(candidate.script()), target);
            return run.judged().stream()
                    .map(Judged::verdict)
                    .filter(verdict -> verdict.guarantee().equals(guarantee) && verdict.answer() == Answer.INVALID)
                    .map(verdict -> verdict.anomalies().stream()
                            .filter(anomaly -> kinds.isEmpty() || kinds.contains(anomaly.kind()))
                            .toList())
                    .filter(anomalies -> !anomalies.isEmpty())
                    .findFirst()
                    .map(anomalies -> new Broken(run.history(), anomalies));
        } catch (RunException | IllegalArgumentException e) {
            if (Thread.interrupted()) {
                throw new LoopInterruptedException("a run was interrupted: it says nothing");
            }
            impossible.add(candidate);
            return Optional.empty();
        }
    }
}
