package dev.umpire.harness.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SimulatedEnvironmentTest {

    private final SimulatedEnvironment environment = new SimulatedEnvironment(new KeyedRandom(1));
    private final List<String> ran = new ArrayList<>();

    @Test
    void tasksRunInTheOrderOfTheirTimesAndThoseOfOneInstantInTheOrderOfTheirArrival() {
        at(20, "c");
        at(10, "a");
        at(20, "d");
        at(10, "b");
        at(20, "e");

        runUntil(20);

        assertThat(ran).containsExactly("10 a", "10 b", "20 c", "20 d", "20 e");
    }

    @Test
    void aTaskThatIsTakenBackNeverRunsAndTheOthersKeepTheirOrder() {
        List<Environment.Timer> timers = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            int due = environment.random().stream("due").below(50, i);
            timers.add(environment.schedule(due, () -> ran.add("" + environment.nowNanos())));
        }
        for (int i = 0; i < 300; i += 2) {
            timers.get(i).cancel();
            timers.get(i).cancel();
        }
        for (int due = 0; due < 50; due++) {
            for (int i = 1; i < 300; i += 2) {
                if (environment.random().stream("due").below(50, i) == due) {
                    expected.add("" + due);
                }
            }
        }

        runUntil(50);

        assertThat(ran).isEqualTo(expected);
    }

    @Test
    void aStageIsCompleteWhenItsTimeHasPassedAndThenInTheOrderOfTheTasks() {
        environment.after(20).thenRun(() -> ran.add(environment.nowNanos() + " a"));
        at(20, "b");
        environment.after(10).thenRun(() -> ran.add(environment.nowNanos() + " c"));
        runUntil(20);

        assertThat(ran).containsExactly("10 c", "20 a", "20 b");
        assertThatThrownBy(() -> environment.after(-1)).hasMessage("delayNanos: found -1, expected 0 or more");
    }

    @Test
    void aStageWhoseTimeHasNotPassedWhenTheEnvironmentIsClosedIsNeverComplete() {
        CompletableFuture<Void> before = environment.after(10).toCompletableFuture();
        environment.close();
        CompletableFuture<Void> afterwards = environment.after(0).toCompletableFuture();

        assertThatThrownBy(() -> environment.await("the time", before)).isInstanceOf(IllegalStateException.class);
        assertThat(before).isNotDone();
        assertThat(afterwards).isNotDone();
    }

    @Test
    void awaitingWhatNobodyWillCompleteNamesWhatWasAwaited() {
        assertThatThrownBy(() -> environment.await("the leader", new CompletableFuture<>()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the leader: nothing is left to run at 0 ns, expected it to be complete");
    }

    @Test
    void aBlockingCallIsRefused() {
        assertThatThrownBy(() -> environment.blocking("session-1", () -> 1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anExceptionOfATaskReachesWhoeverAwaits() {
        environment.execute(() -> {
            throw new IllegalStateException("broken");
        });

        assertThatThrownBy(() -> runUntil(1)).hasMessage("broken");
    }

    private void at(long nanos, String name) {
        environment.schedule(nanos, () -> ran.add(environment.nowNanos() + " " + name));
    }

    private void runUntil(long nanos) {
        environment.await("the end", environment.after(nanos));
    }
}
