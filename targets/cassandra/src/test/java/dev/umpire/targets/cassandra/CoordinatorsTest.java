package dev.umpire.targets.cassandra;

import static dev.umpire.targets.testing.TestCluster.N1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.NoNodeAvailableException;
import com.datastax.oss.driver.api.core.config.DriverExecutionProfile;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.retry.RetryPolicy;
import com.datastax.oss.driver.api.core.retry.RetryVerdict;
import com.datastax.oss.driver.api.core.session.ProgrammaticArguments;
import com.datastax.oss.driver.api.core.session.Request;
import com.datastax.oss.driver.internal.core.context.DefaultDriverContext;
import dev.umpire.harness.cluster.Holdings;
import dev.umpire.harness.cluster.ServerJars;
import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.environment.RealEnvironment;
import dev.umpire.harness.environment.SimulatedEnvironment;
import dev.umpire.harness.launcher.Launcher;
import dev.umpire.harness.run.NodeLogFiles;
import dev.umpire.harness.target.NodeLogs;
import dev.umpire.targets.testing.TestCluster;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The driver and nodes that are not as they should be. */
@Timeout(60)
class CoordinatorsTest {

    private static final long BOUND_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    @TempDir
    Path folder;

    @Test
    void aNodeThatAcceptsConnectionsAndNeverAnswersIsGivenUpByName() throws Exception {
        try (RealEnvironment environment = new RealEnvironment(new KeyedRandom(1));
                Launcher launcher = Launcher.open(folder);
                NodeLogFiles logs = new NodeLogFiles(folder.resolve("nodes"), false);
                ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Layout layout = layout(environment, launcher, logs, silent.getLocalPort());
            assertThatThrownBy(() -> environment.await("test", Coordinators.connect(layout.cassandra(), BOUND_NANOS)))
                    .hasCauseInstanceOf(TimeoutException.class)
                    .hasMessageContaining("a connection of the driver with any of [n1]: not complete after 200 ms");
        }
    }

    @Test
    void whatWasNotSentIsAskedAgainOnceANodeIsConnectedAndNothingElse() {
        SimulatedEnvironment simulated = new SimulatedEnvironment(new KeyedRandom(1));
        AtomicInteger asked = new AtomicInteger();
        CompletionStage<Integer> met = Coordinators.onceConnected(
                simulated,
                BOUND_NANOS * 10,
                () -> asked.incrementAndGet() < 3
                        ? CompletableFuture.failedStage(new NoNodeAvailableException())
                        : CompletableFuture.completedStage(asked.get()));
        assertThat(simulated.<Integer>await("the third question", met)).isEqualTo(3);

        asked.set(0);
        CompletionStage<Integer> sent = Coordinators.onceConnected(simulated, BOUND_NANOS, () -> {
            asked.incrementAndGet();
            return CompletableFuture.failedStage(new DriverTimeoutException("sent, not answered"));
        });
        assertThatThrownBy(() -> simulated.await("an answer", sent)).hasMessageContaining("sent, not answered");
        assertThat(asked).hasValue(1);

        CompletionStage<Integer> never = Coordinators.onceConnected(
                simulated, BOUND_NANOS, () -> CompletableFuture.failedStage(new NoNodeAvailableException()));
        assertThatThrownBy(() -> simulated.await("a node", never)).hasCauseInstanceOf(NoNodeAvailableException.class);
    }

    @Test
    void theDriverAsksAgainAfterNothing() throws Exception {
        try (RealEnvironment environment = new RealEnvironment(new KeyedRandom(1));
                Launcher launcher = Launcher.open(folder);
                NodeLogFiles logs = new NodeLogFiles(folder.resolve("nodes"), false)) {
            Layout layout = layout(environment, launcher, logs, 1);
            DefaultDriverContext driver = new DefaultDriverContext(
                    Coordinators.options(layout.cassandra()),
                    ProgrammaticArguments.builder().build());
            RetryPolicy policy = driver.getRetryPolicy(DriverExecutionProfile.DEFAULT_NAME);
            Request transaction = SimpleStatement.newInstance("UPDATE t SET v = 2 WHERE k = 1 IF v = 1");

            assertThat(policy.onReadTimeoutVerdict(transaction, DefaultConsistencyLevel.SERIAL, 2, 2, false, 0))
                    .isEqualTo(RetryVerdict.RETHROW);
            assertThat(policy.onUnavailableVerdict(transaction, DefaultConsistencyLevel.SERIAL, 2, 1, 0))
                    .isEqualTo(RetryVerdict.RETHROW);
        }
    }

    private Layout layout(RealEnvironment environment, Launcher launcher, NodeLogs logs, int port) throws Exception {
        return new Layout(
                environment,
                CassandraSettings.of(TestCluster.settings(new CassandraTarget())),
                new ServerJars(folder, folder, false),
                logs,
                List.of(N1),
                Map.of(N1, port),
                Map.of(),
                new Holdings(launcher).links(Map.of(N1, port)));
    }
}
