package dev.umpire.harness.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.environment.Polling;
import dev.umpire.harness.environment.RealEnvironment;
import dev.umpire.harness.launcher.Command;
import dev.umpire.harness.launcher.Launcher;
import dev.umpire.harness.launcher.NodeProcess;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Observation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Levers of a node whose process sleeps. */
@Timeout(30)
class ProcessFaultsTest {

    private static final Node N1 = new Node("n1");
    private static final Map<Node, Integer> PORTS = Map.of(N1, 1, new Node("n2"), 2);

    private static final long ENDLESS_NANOS = TimeUnit.HOURS.toNanos(1);

    @TempDir
    Path folder;

    private final Environment environment = new RealEnvironment(new KeyedRandom(1));
    private Launcher launcher;
    private Holdings holdings;
    private NodeProcess process;
    private Levers faults;

    @BeforeEach
    void start() throws IOException {
        launcher = Launcher.open(folder.resolve("state"));
        holdings = new Holdings(launcher);
        process = holdings.start(
                new Command("n1", Path.of("/bin/sleep"), List.of("300"), folder, Map.of(), folder.resolve("n1.log")));
        faults = new Levers(environment, holdings.links(PORTS), process);
    }

    @AfterEach
    void stop() throws IOException {
        holdings.giveBack();
        launcher.close();
        environment.close();
    }

    @Test
    void aNodeThatLeftIsStartedByItsJoinAlone() {
        faults.leaves(N1);
        environment.await("a crash", faults.crash(N1));
        environment.await("the end of the crash", faults.restart(N1));
        assertThat(process.alive()).isFalse();
        assertThat(faults.awaited).as("nothing was started").isEmpty();

        faults.joins(N1);
        environment.await("the join", faults.restart(N1));
        assertThat(process.alive()).isTrue();
        assertThat(faults.awaited).containsExactly(N1);
    }

    @Test
    void aNodeThatIsToldToLeaveBeforeItIsStartedAgainStaysDown() {
        CountDownLatch told = new CountDownLatch(1);
        environment.await("a crash", faults.crash(N1));
        CompletionStage<Void> earlier = faults.at(N1, () -> awaitUninterrupted(told));
        CompletionStage<Void> restart = faults.restart(N1);
        faults.leaves(N1);
        told.countDown();

        environment.await("what was done to the node before", earlier);
        environment.await("the end of the crash", restart);
        assertThat(process.alive()).isFalse();
        assertThat(faults.awaited).as("nothing was started").isEmpty();
    }

    @Test
    void whatIsAwaitedOfANodeIsNotAwaitedAnyMoreAtTheEnd() {
        Polling.Seen notYet = new Polling.Seen(false, "not yet");
        CompletionStage<Void> asked =
                faults.until("an answer", ENDLESS_NANOS, () -> CompletableFuture.completedStage(notYet));
        CompletionStage<Void> stepped = faults.untilDone(N1, "a step", ENDLESS_NANOS, () -> notYet);
        environment.await("some time", environment.after(1));
        assertThat(asked.toCompletableFuture()).isNotDone();
        assertThat(stepped.toCompletableFuture()).isNotDone();

        faults.end();
        environment.await("the end of the questions", asked);
        environment.await("the end of the steps", stepped);
    }

    private static void awaitUninterrupted(CountDownLatch told) throws IOException {
        try {
            told.await();
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }

    private static final class Levers extends ProcessFaults {
        private final NodeProcess process;
        private final List<Node> awaited = new ArrayList<>();

        Levers(Environment environment, NodeLinks links, NodeProcess process) {
            super(environment, links, new NoProbes(environment));
            this.process = process;
        }

        @Override
        protected NodeProcess process(Node node) {
            return process;
        }

        @Override
        protected CompletionStage<Void> isBack(Node node) {
            awaited.add(node);
            return super.isBack(node);
        }

        @Override
        public CompletionStage<Node> failOver(Node leader) {
            return CompletableFuture.failedStage(new UnsupportedOperationException("found a wish for a failover"));
        }
    }

    private static final class NoProbes extends Probes {
        NoProbes(Environment environment) {
            super(environment);
        }

        @Override
        public CompletionStage<Observation> answers(Node node) {
            return CompletableFuture.completedStage(Observation.unknown("nobody is asked"));
        }

        @Override
        public CompletionStage<Observation> delivers(Link link) {
            return CompletableFuture.completedStage(Observation.unknown("nobody is asked"));
        }
    }
}
