package dev.umpire.harness.explore;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.environment.SideBySide;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.Script;
import dev.umpire.harness.run.Judged;
import dev.umpire.harness.run.Run;
import dev.umpire.harness.run.RunException;
import dev.umpire.harness.run.RunListener;
import dev.umpire.harness.target.NodeLogs;
import dev.umpire.harness.target.Target;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Makes runs until a budget is used up or somebody has seen enough. Not thread-safe; its runs go side by side. */
public final class Explorer {
    /** Rounds grow: what the first runs saw is made use of early, later ones keep all cores at work. */
    private static final int LEAST_RUNS_OF_A_ROUND = 2;

    private static final int MOST_RUNS_OF_A_ROUND = 16;
    private static final int MUTANTS_OF_A_RUN = 4;
    private static final int MOST_WAITING = 1_000;

    private final Plan plan;
    private final Target target;
    private final Simulator simulator;
    private final boolean steered;
    private final KeyedRandom.Stream mutations;
    private final Set<String> states = new HashSet<>();
    private final Map<String, Exploration.Answers> answers = new TreeMap<>();
    private final Deque<Candidate> mutants = new ArrayDeque<>();
    private Optional<Exploration.Found> first = Optional.empty();
    private Optional<String> firstLack = Optional.empty();
    private long lacking;
    private long runs;
    private long seeds;

    /** Runs a plan in memory, and tells what happens. */
    @FunctionalInterface
    public interface Simulator {
        Run simulate(Plan plan, Optional<Script> script, Target target, RunListener listener, NodeLogs logs)
                throws RunException;
    }

    private record Candidate(Plan plan, Optional<Script> script) {}

    private record Tried(Candidate candidate, Run run, Seen seen) {}

    /**
     * @param plan its seed is the first that is tried
     * @param steered whether a run that saw something new is varied first
     */
    public Explorer(Plan plan, Target target, Simulator simulator, boolean steered) {
        this.plan = plan;
        this.target = target;
        this.simulator = simulator;
        this.steered = steered;
        this.mutations = new KeyedRandom(plan.seed()).stream("explore/mutation");
    }

    /**
     * Makes runs.
     *
     * @param mostRuns how many at most; 1 or more
     * @param enough is told after each run, in order, what was found so far; yes: no more
     * @throws IllegalStateException if a run could not be carried out or a checker failed; the message says which
     */
    public Exploration explore(long mostRuns, Predicate<Exploration> enough) {
        boolean more = true;
        while (more && runs < mostRuns) {
            long size = Math.min(LEAST_RUNS_OF_A_ROUND + runs / 2, MOST_RUNS_OF_A_ROUND);
            List<Candidate> round = round((int) Math.min(size, mostRuns - runs));
            boolean[] goOn = {true};
            SideBySide.inOrder(
                    "umpire-explore", 0, round.size() - 1L, number -> tried(round.get((int) number)), tried -> {
                        absorb(tried);
                        goOn[0] = !enough.test(found());
                        return goOn[0];
                    });
            more = goOn[0];
        }
        return found();
    }

    /** What was found so far. */
    public Exploration found() {
        return new Exploration(runs, states.size(), answers, lacking, firstLack, first);
    }

    /** Every other one is struck much like a run that saw something new, if there is one. */
    private List<Candidate> round(int size) {
        List<Candidate> round = new ArrayList<>();
        while (round.size() < size) {
            boolean varied = steered && round.size() % 2 == 1 && !mutants.isEmpty();
            round.add(
                    varied
                            ? withNextSeed(mutants.removeFirst())
                            : new Candidate(plan.withSeed(plan.seed() + seeds++), Optional.empty()));
        }
        return round;
    }

    /** What is asked and how long messages take is drawn anew: two runs that differ in faults alone see too much alike. */
    private Candidate withNextSeed(Candidate candidate) {
        return new Candidate(plan.withSeed(plan.seed() + seeds++), candidate.script());
    }

    private Tried tried(Candidate candidate) {
        Seen seen = new Seen();
        try {
            Run run = simulator.simulate(candidate.plan(), candidate.script(), target, seen, seen);
            run.failures().stream().findFirst().ifPresent(failure -> {
                throw new IllegalStateException(name(candidate) + ": " + failure.sentence(), failure.cause());
            });
            return new Tried(candidate, run, seen);
        } catch (RunException e) {
            throw new IllegalStateException(name(candidate) + ": " + e.getMessage(), e);
        }
    }

    private static String name(Candidate candidate) {
        return "seed " + candidate.plan().seed() + (candidate.script().isPresent() ? ", varied" : "");
    }

    private void absorb(Tried tried) {
        runs++;
        List<Moment> moments = new ArrayList<>();
        tried.seen().states().forEach((state, moment) -> {
            if (states.add(state)) {
                moments.add(moment);
            }
        });
        count(tried);
        if (steered && !moments.isEmpty()) {
            tried.seen().script().ifPresent(script -> vary(tried, script, moments));
        }
    }

    private void count(Tried tried) {
        for (Judged one : tried.run().judged()) {
            if (one.counts()) {
                String guarantee = one.verdict().guarantee();
                Answer answer = one.verdict().answer();
                answers.merge(guarantee, Exploration.Answers.NONE.with(answer), (before, fresh) -> before.with(answer));
                if (answer == Answer.INVALID && first.isEmpty()) {
                    first = Optional.of(new Exploration.Found(
                            tried.candidate().plan(), tried.candidate().script(), guarantee, runs));
                }
            }
        }
        if (!tried.run().missing().isEmpty() && lacking++ == 0) {
            firstLack = Optional.of(
                    name(tried.candidate()) + ": " + tried.run().missing().get(0));
        }
    }

    /** What the latest run saw that saw something new is rarer than what the first runs saw: it goes first. */
    private void vary(Tried tried, Script script, List<Moment> moments) {
        for (int i = 0; i < MUTANTS_OF_A_RUN; i++) {
            Script mutant = Mutation.of(
                    script, moments, tried.seen().nodes(), mutations.split(runs).split(i));
            mutants.addFirst(new Candidate(tried.candidate().plan(), Optional.of(mutant)));
        }
        while (mutants.size() > MOST_WAITING) {
            mutants.removeLast();
        }
    }
}
