package dev.umpire.harness.shrink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.harness.environment.LoopInterruptedException;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.PlanBuilder;
import dev.umpire.harness.plan.Script;
import dev.umpire.harness.report.RunExamples;
import dev.umpire.harness.run.Judged;
import dev.umpire.harness.run.Run;
import dev.umpire.harness.run.RunException;
import dev.umpire.harness.target.Catalogue;
import dev.umpire.harness.target.Request;
import dev.umpire.histories.History;
import dev.umpire.histories.value.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What is claimed of what is left. */
class ShrinkerTest {
    private static final String BROKEN = "durability";
    private static final History HISTORY = RunExamples.history(RunExamples.STALE_OWN_READ);
    private static final Plan PLAN =
            PlanBuilder.simulated("catalogue").nodes(3).sessions(4).build();
    private static final int ASKS = 20;
    private static final int MOST_RUNS = 10_000;

    /** Twenty writes of four sessions, of which those with even numbers write x. */
    private static Script script() {
        List<Script.Ask> asks = new ArrayList<>();
        for (int i = 0; i < ASKS; i++) {
            asks.add(new Script.Ask(i % 4, i, i % 3, Request.write(Value.of(i % 2 == 0 ? "x" : "y"), Value.of(i))));
        }
        return new Script(asks, List.of());
    }

    /** A store that loses writes where a script says, and that is no store with fewer than two nodes. */
    private static Shrinker.Simulator losing(Predicate<Script> loses) {
        return (plan, script, target) -> {
            if (plan.nodes() < 2) {
                throw new IllegalArgumentException("nodes: found " + plan.nodes() + ", expected 2 or more");
            }
            Verdict verdict = script.filter(loses).isPresent()
                    ? RunExamples.broken(BROKEN, new Anomaly("LOST", "x", "a write is lost", List.of(0)))
                    : RunExamples.held(BROKEN);
            return new Run(plan, HISTORY, List.of(new Judged(verdict, 0)), List.of(), List.of(), Path.of("memory"));
        };
    }

    private static long writesOfX(Script script) {
        return script.asks().stream()
                .filter(ask -> ask.request().key().filter(Value.of("x")::equals).isPresent())
                .count();
    }

    private static Shrunk shrunk(Shrinker.Simulator simulator, int mostRuns) {
        return Shrinker.of(PLAN, script(), BROKEN, new Catalogue(), simulator, mostRuns, (runs, smallest) -> {})
                .orElseThrow();
    }

    /** What breaks the guarantee in another way is another story. */
    @Test
    void whatIsLeftShowsAnAnomalyOfTheSameKind() {
        Shrinker.Simulator simulator = (plan, script, target) -> {
            String kind = writesOfX(script.orElseThrow()) >= 3 ? "LOST" : "STALE";
            Verdict verdict = RunExamples.broken(BROKEN, new Anomaly(kind, "x", "a write is lost", List.of(0)));
            return new Run(plan, HISTORY, List.of(new Judged(verdict, 0)), List.of(), List.of(), Path.of("memory"));
        };

        assertThat(shrunk(simulator, MOST_RUNS).size().operations()).isEqualTo(3);
    }

    @Test
    void ofALocalMinimumItIsToldHowManyRemovalsCannotBeRun() {
        Shrunk shrunk = shrunk(losing(script -> writesOfX(script) >= 2), MOST_RUNS);

        assertThat(shrunk.end()).isEqualTo(Shrunk.End.MINIMAL);
        assertThat(shrunk.size()).isEqualTo(new Size(2, 0, 1, 1, 2));
        // two operations, a session, a key, and each of two nodes, without which there is no store
        assertThat(shrunk.removals()).isEqualTo(6);
        assertThat(shrunk.impossible()).isEqualTo(2);
    }

    @Test
    void atTheBoundNothingIsClaimed() {
        Shrunk shrunk = shrunk(losing(script -> writesOfX(script) >= 2), 3);

        assertThat(shrunk.end()).isEqualTo(Shrunk.End.BOUND_REACHED);
        assertThat(shrunk.minimal()).isFalse();
        assertThat(shrunk.runs()).isEqualTo(3);
    }

    @Test
    void whatIsSmallestSoFarIsLeftWhenItIsInterrupted() {
        Thread shrinking = Thread.currentThread();
        AtomicInteger runs = new AtomicInteger();
        Shrinker.Simulator losing = losing(script -> writesOfX(script) >= 2);
        Shrinker.Simulator interrupting = (plan, script, target) -> {
            if (runs.incrementAndGet() == 20) {
                shrinking.interrupt();
            }
            return losing.simulate(plan, script, target);
        };

        Shrunk shrunk = shrunk(interrupting, MOST_RUNS);

        boolean unused = Thread.interrupted();
        assertThat(shrunk.end()).isEqualTo(Shrunk.End.INTERRUPTED);
        assertThat(shrunk.minimal()).isFalse();
        assertThat(writesOfX(shrunk.script())).isGreaterThanOrEqualTo(2);
    }

    @Test
    void aRunThatWasInterruptedIsNoRunThatKeepsTheGuarantee() {
        Shrinker.Simulator interrupted = (plan, script, target) -> {
            Thread.currentThread().interrupt();
            throw new RunException("the run was interrupted");
        };
        Attempts attempts = new Attempts(BROKEN, new Catalogue(), interrupted, MOST_RUNS, runs -> {});

        assertThatThrownBy(() -> attempts.broken(new Candidate(PLAN, script())))
                .isInstanceOf(LoopInterruptedException.class);
    }

    @Test
    void howFarItIsIsToldAfterEachRun() {
        List<Integer> told = new ArrayList<>();

        Shrunk shrunk = Shrinker.of(
                        PLAN,
                        script(),
                        BROKEN,
                        new Catalogue(),
                        losing(script -> writesOfX(script) >= 2),
                        MOST_RUNS,
                        (runs, smallest) -> told.add(runs))
                .orElseThrow();

        assertThat(told).isSorted().startsWith(1).endsWith(shrunk.runs());
    }
}
