package dev.umpire.harness.junit.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.environment.SimulatedEnvironment;
import dev.umpire.harness.nemesis.Nemesis;
import dev.umpire.harness.plan.PlanBuilder;
import dev.umpire.harness.target.Client;
import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.Convergence;
import dev.umpire.harness.target.FaultControl;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Session;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ScheduledFaultsTest {

    @Test
    void anActionThatFailsIsToldAndTheOtherKindsGoOn() {
        try (SimulatedEnvironment environment = new SimulatedEnvironment(new KeyedRandom(1))) {
            Cluster cluster = new Unstruck();
            ScheduledFaults faults = new ScheduledFaults(
                    environment,
                    cluster.nodes(),
                    new Nemesis(environment, cluster, (function, value) -> {}),
                    List.of(FaultKind.CRASH, FaultKind.PAUSE),
                    PlanBuilder.simulated("simulated")
                            .nemesis("crash", "pause")
                            .build()
                            .nemesis());
            faults.goOn();
            environment.await("a minute", environment.after(TimeUnit.SECONDS.toNanos(60)));
            faults.end();

            assertThat(faults.missing())
                    .filteredOn(sentence -> sentence.startsWith("the nemesis could not carry out "))
                    .hasSize(2)
                    .allSatisfy(sentence -> assertThat(sentence).endsWith("found a lever, expected none"))
                    .anySatisfy(sentence -> assertThat(sentence).contains("CRASH"))
                    .anySatisfy(sentence -> assertThat(sentence).contains("PAUSE"));
        }
    }

    /** A cluster that nothing can strike. */
    private static final class Unstruck implements Cluster {
        @Override
        public List<Node> nodes() {
            return Node.firstOf(3);
        }

        @Override
        public CompletionStage<Optional<Node>> leader() {
            return CompletableFuture.completedStage(Optional.empty());
        }

        @Override
        public Client connect(Session session, Node home) {
            throw new UnsupportedOperationException("found a session, expected none");
        }

        @Override
        public FaultControl faults() {
            throw new UnsupportedOperationException("found a lever, expected none");
        }

        @Override
        public CompletionStage<Convergence> convergence() {
            return CompletableFuture.completedStage(new Convergence(true, "nothing to agree on"));
        }

        @Override
        public CompletionStage<Void> stop() {
            return CompletableFuture.completedStage(null);
        }
    }
}
