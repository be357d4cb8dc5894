package dev.umpire.harness.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RealEnvironmentTest {

    private final RealEnvironment environment = new RealEnvironment(new KeyedRandom(1));

    @AfterEach
    void end() {
        environment.close();
    }

    @Test
    void tasksRunOnTheThreadThatAwaitsInTheOrderOfTheirTimes() {
        List<String> ran = new ArrayList<>();
        CompletableFuture<Boolean> end = new CompletableFuture<>();
        Thread loop = Thread.currentThread();
        environment.schedule(20_000_000, () -> {
            ran.add("later " + (Thread.currentThread() == loop));
            end.complete(true);
        });
        environment.execute(() -> ran.add("sooner " + (Thread.currentThread() == loop)));

        environment.await("both", end);

        assertThat(ran).containsExactly("sooner true", "later true");
        assertThat(environment.nowNanos()).isGreaterThanOrEqualTo(20_000_000);
    }

    @Test
    void aBlockingCallRunsOnTheThreadOfItsNameAndCompletesOnTheLoop() {
        AtomicReference<Thread> completedOn = new AtomicReference<>();

        String name = environment.await(
                "the call",
                environment
                        .blocking("client-7", () -> Thread.currentThread().getName())
                        .thenApply(found -> {
                            completedOn.set(Thread.currentThread());
                            return found;
                        }));

        assertThat(name).isEqualTo("client-7");
        assertThat(completedOn).hasValue(Thread.currentThread());
    }

    @Test
    void callsOfDifferentNamesRunAtTheSameTime() {
        CountDownLatch met = new CountDownLatch(2);
        var one = environment.blocking("one", () -> meet(met));
        var two = environment.blocking("two", () -> meet(met));

        boolean bothMet = environment.await("both", one.thenCombine(two, (a, b) -> a && b));

        assertThat(bothMet).isTrue();
    }

    private static boolean meet(CountDownLatch latch) throws InterruptedException {
        latch.countDown();
        latch.await();
        return true;
    }

    @Test
    void aFailureOfABlockingCallIsTheFailureOfItsStage() {
        var stage = environment.blocking("one", () -> {
            throw new TimeoutException("no answer");
        });

        assertThatThrownBy(() -> environment.await("it", stage))
                .isInstanceOf(CompletionException.class)
                .hasRootCauseMessage("no answer");
    }

    @Test
    void aTaskHandedInByAnotherThreadWakesTheLoop() {
        CompletableFuture<Boolean> end = new CompletableFuture<>();
        new Thread(() -> environment.execute(() -> end.complete(true)), "hook").start();

        assertThat(environment.await("the hook", end)).isTrue();
    }

    @Test
    void anInterruptEndsTheWaiting() {
        Thread loop = Thread.currentThread();
        environment.execute(loop::interrupt);

        assertThatThrownBy(() -> environment.await("nothing", new CompletableFuture<>()))
                .isInstanceOf(CancellationException.class)
                .hasMessage("nothing: interrupted");
    }

    @Test
    void closingEndsACallThatHangs() {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        var hanging = environment.blocking("hanging", () -> {
            thread.complete(Thread.currentThread());
            return new CountDownLatch(1).await(1, java.util.concurrent.TimeUnit.HOURS);
        });
        await("the call to begin").atMost(Duration.ofSeconds(10)).until(thread::isDone);

        environment.close();

        await("its thread to end")
                .atMost(Duration.ofSeconds(10))
                .until(() -> !thread.join().isAlive());
        assertThat(hanging.toCompletableFuture()).isNotDone();
    }

    @Test
    void aBoundNamesWhatWasAwaited() {
        assertThatThrownBy(() -> environment.await(
                        "it", Bound.within(environment, 1_000_000, "stop of n1", new CompletableFuture<>())))
                .hasRootCauseInstanceOf(TimeoutException.class)
                .hasRootCauseMessage("stop of n1: not complete after 1 ms");
    }

    @Test
    void whoIsInterruptedWhileHeClosesWaitsForWhatWasBegunAllTheSame() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        environment.blocking("taking", () -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } finally {
                ended.set(true);
            }
            return null;
        });
        begun.await();

        Thread.currentThread().interrupt();
        environment.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(ended).isTrue();
    }
}
