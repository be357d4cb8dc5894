package dev.umpire.targets.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.Guarantee;
import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.generator.ArrivalTimes;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.Script;
import dev.umpire.harness.report.Latencies;
import dev.umpire.harness.run.Run;
import dev.umpire.harness.run.RunListener;
import dev.umpire.harness.run.Runner;
import dev.umpire.harness.shrink.Shrinker;
import dev.umpire.harness.shrink.Shrunk;
import dev.umpire.histories.History;
import dev.umpire.histories.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests that arrive whether or not earlier ones are answered. */
class OpenLoopTest {
    private static final SimulatedTarget TARGET = new SimulatedTarget();
    private static final long SEED = Long.getLong("umpire.seed", 5);

    @Test
    void everyArrivalIsAskedInItsOrderAndSaysWhenItCame() throws Exception {
        double rate = 20_000;
        History history = Runner.simulate(
                        Plans.open("sl-any", 8, rate, 3_000).seed(SEED).build(), TARGET)
                .history();

        ArrivalTimes times = new ArrivalTimes(ArrivalTimes.OF_SESSIONS, rate, false);
        KeyedRandom random = new KeyedRandom(SEED);
        long due = intended(history, 0) - times.gapNanos(random, 0);
        int waited = 0;
        for (int number = 0; number < 3_000; number++) {
            due += times.gapNanos(random, number);
            assertThat(intended(history, number)).as("arrival %d", number).isEqualTo(due);
            waited += history.intendedNanos(number) == History.ABSENT ? 0 : 1;
        }
        assertThat(waited).as("arrivals that found every session busy").isPositive();
    }

    private static long intended(History history, int operation) {
        long intended = history.intendedNanos(operation);
        assertThat(intended).isLessThan(history.invokedNanos(operation));
        return intended == History.ABSENT ? history.invokedNanos(operation) : intended;
    }

    @Test
    void aLeaderThatStandsStillIsSeenByWhatArrivesMeanwhile() throws Exception {
        Run run = Runner.simulate(
                Plans.open("sl-leader", 4, 1_000, 6_000)
                        .nemesis("pause")
                        .seed(SEED)
                        .build(),
                TARGET);

        Latencies latencies = Latencies.of(run);
        assertThat(latencies.response().orElseThrow().p99Nanos())
                .as("response against service %s", latencies.service())
                .isGreaterThan(2 * latencies.service().orElseThrow().p99Nanos());
    }

    /** The time of the machine, of which a run of a thousand sessions is to take little. */
    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void aThousandSessionsGiveTheSameEventsTwice() throws Exception {
        Plan plan = Plans.open("sl-any", 1_000, 200_000, 20_000).seed(SEED).build();
        Run run = Runner.simulate(plan, TARGET);

        History history = run.history();
        assertThat(history.sessionCount()).isEqualTo(1_000);
        assertThat(IntStream.range(0, history.size()).filter(o -> !history.isFinal(o)))
                .hasSize(20_000);
        assertThat(events(Runner.simulate(plan, TARGET).history())).isEqualTo(events(history));
    }

    private static List<Event> events(History history) {
        List<Event> events = new ArrayList<>();
        history.events().forEach(events::add);
        return events;
    }

    @Test
    void whatAnOpenLoopFindsIsShrunk() throws Exception {
        String guarantee = Guarantee.READ_YOUR_WRITES.name();
        Plan plan = Plans.open("sl-any", 16, 5_000, 400)
                .guarantees(guarantee)
                .seed(SEED)
                .build();
        List<Script> schedule = new ArrayList<>();
        Run run = Runner.simulate(plan, TARGET, new RunListener() {
            @Override
            public void scheduled(Script script) {
                schedule.add(script);
            }
        });
        assertThat(Judge.breaks(run, guarantee)).isTrue();

        Shrunk shrunk = Shrinker.of(
                        plan, schedule.get(0), guarantee, TARGET, Runner::simulate, 5_000, (runs, smallest) -> {})
                .orElseThrow();

        assertThat(shrunk.size().operations()).isLessThanOrEqualTo(4);
        assertThat(shrunk.size().sessions()).isEqualTo(1);
        assertThat(shrunk.script().asks()).allMatch(ask -> ask.intendedNanos().isEmpty());
    }
}
