package dev.umpire.targets.cassandra;

import static dev.umpire.targets.testing.TestCluster.N1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.NoNodeAvailableException;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverExecutionProfile;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.retry.RetryPolicy;
import com.datastax.oss.driver.api.core.retry.RetryVerdict;
import com.datastax.oss.driver.api.core.session.ProgrammaticArguments;
import com.datastax.oss.driver.api.core.session.Request;
import com.datastax.oss.driver.internal.core.context.DefaultDriverContext;
import com.datastax.oss.protocol.internal.ProtocolConstants;
import com.datastax.oss.protocol.internal.response.error.WriteTimeout;
import dev.umpire.harness.cluster.Holdings;
import dev.umpire.harness.cluster.ServerJars;
import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.environment.RealEnvironment;
import dev.umpire.harness.environment.SimulatedEnvironment;
import dev.umpire.harness.launcher.Launcher;
import dev.umpire.harness.run.NodeLogFiles;
import dev.umpire.harness.target.NodeLogs;
import dev.umpire.targets.testing.TestCluster;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
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

    private static final int RESPONSE = 0x80;
    private static final String CAS = "CAS";

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

    /** What is left unread of one answer is taken for the next one, and the connection of all sessions is given up. */
    @Test
    void theAnswerToALightweightTransactionThatWasNotDecidedInTimeIsReadToItsEnd() throws Exception {
        try (RealEnvironment environment = new RealEnvironment(new KeyedRandom(1));
                Launcher launcher = Launcher.open(folder);
                NodeLogFiles logs = new NodeLogFiles(folder.resolve("nodes"), false)) {
            DefaultDriverContext driver = new DefaultDriverContext(
                    Coordinators.options(layout(environment, launcher, logs, 1).cassandra()),
                    ProgrammaticArguments.builder().build());
            String version =
                    driver.getConfig().getDefaultProfile().getString(DefaultDriverOption.PROTOCOL_VERSION, "V5");

            ByteBuf answer = notDecidedInTime(
                    driver.getProtocolVersionRegistry().fromName(version).getCode());

            assertThat(driver.getFrameCodec().decode(answer).message)
                    .isInstanceOfSatisfying(
                            WriteTimeout.class,
                            timeout -> assertThat(timeout.writeType).isEqualTo(CAS));
            assertThat(answer.readableBytes()).isZero();
        }
    }

    /** As the specification of native_protocol_v5 has it, section 8, of an error {@code Write_timeout}. */
    private static ByteBuf notDecidedInTime(int version) {
        ByteBuf error = Unpooled.buffer().writeInt(ProtocolConstants.ErrorCode.WRITE_TIMEOUT);
        writeString(error, "timed out");
        error.writeShort(ProtocolConstants.ConsistencyLevel.SERIAL).writeInt(0).writeInt(2);
        writeString(error, CAS);
        if (version >= ProtocolConstants.Version.V5) {
            error.writeShort(1); // how often others were in the way
        }
        return Unpooled.buffer()
                .writeByte(RESPONSE | version)
                .writeByte(0)
                .writeShort(1)
                .writeByte(ProtocolConstants.Opcode.ERROR)
                .writeInt(error.readableBytes())
                .writeBytes(error);
    }

    private static void writeString(ByteBuf to, String text) {
        to.writeShort(text.length()).writeBytes(text.getBytes(StandardCharsets.US_ASCII));
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
