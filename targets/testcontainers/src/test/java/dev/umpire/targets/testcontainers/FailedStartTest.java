package dev.umpire.targets.testcontainers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.umpire.harness.environment.OwnThreads;
import dev.umpire.harness.junit.UmpireExtension;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.PlanBuilder;
import dev.umpire.harness.run.Run;
import dev.umpire.harness.run.RunListener;
import dev.umpire.harness.run.Runner;
import dev.umpire.harness.target.Node;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.startupcheck.MinimumDurationRunningStartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.Wait;

/** Starts that fail, or are given up while a container is awaited that is never ready. The engine is to have nothing of others. */
@Isolated
@Timeout(180)
class FailedStartTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @BeforeAll
    static void required() {
        StoresImage.required();
    }

    @Test
    void whatIsGivenUpIsRemovedAtOnce() {
        ContainerTarget target = ContainerTarget.of("never-ready", new NeverReady(StoresImage.NAME));
        Plan plan = PlanBuilder.of(target, Map.of()).build();
        OwnThreads<Run> own = OwnThreads.start("given-up", () -> Runner.run(plan, target, RunListener.SILENT, folder));
        await("the first container").atMost(LONG).until(() -> !Left.containers().isEmpty());

        own.leave();

        assertThatThrownBy(() -> own.await(LONG)).isInstanceOf(IllegalStateException.class);
        assertThat(Left.containers()).isEmpty();
        assertThat(Left.networks()).isEmpty();
    }

    @Nested
    class OfContainersThatEnd {
        @RegisterExtension
        static final UmpireExtension UMPIRE =
                UmpireExtension.of(ContainerTarget.of("nothing", new EndsAtOnce(StoresImage.NAME)));

        @Test
        void theReasonIsToldAndNothingIsLeft() {
            assertThatThrownBy(() -> UMPIRE.run(plan -> plan.lasting(Duration.ofSeconds(1))))
                    .hasMessageContaining("n1: ")
                    .hasMessageContaining("the last lines of its log:\nno store here");
            assertThat(Left.containers()).isEmpty();
            assertThat(Left.networks()).isEmpty();
        }
    }

    /** Containers that say something and end. */
    private record EndsAtOnce(String image) implements ContainerStore {
        @Override
        public int port() {
            return 1;
        }

        @Override
        public GenericContainer<?> container(Node node, Peers peers) {
            return new GenericContainer<>(image)
                    .withCommand("sh", "-c", "echo no store here; exit 1")
                    .withStartupCheckStrategy(new MinimumDurationRunningStartupCheckStrategy(Duration.ofSeconds(1)));
        }

        @Override
        public StoreConnection connect(String host, int port) {
            throw new AssertionError("nothing is there to connect to");
        }
    }

    /** Containers that run and never say that they are ready. */
    private record NeverReady(String image) implements ContainerStore {
        @Override
        public int port() {
            return 1;
        }

        @Override
        public GenericContainer<?> container(Node node, Peers peers) {
            return new GenericContainer<>(image)
                    .withCommand("sh", "-c", "sleep 600")
                    .waitingFor(Wait.forLogMessage("ready", 1).withStartupTimeout(Duration.ofMinutes(10)));
        }

        @Override
        public StoreConnection connect(String host, int port) {
            throw new AssertionError("nothing is there to connect to");
        }
    }
}
