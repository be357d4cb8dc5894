package dev.umpire.targets.redis;

import static dev.umpire.targets.testing.TestCluster.N1;
import static dev.umpire.targets.testing.TestCluster.N2;
import static dev.umpire.targets.testing.TestCluster.X;
import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.harness.cluster.Leadership;
import dev.umpire.harness.cluster.NodePorts;
import dev.umpire.harness.cluster.ReadRouting;
import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.environment.RealEnvironment;
import dev.umpire.harness.target.Client;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Response;
import dev.umpire.harness.target.Session;
import dev.umpire.histories.value.Value;
import dev.umpire.targets.testing.TestCluster;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client makes of the answers of a server that says what the test wants. */
@Timeout(60)
class RedisClientTest {

    @ParameterizedTest
    @ValueSource(strings = {"LOADING Redis is loading the dataset in memory", "MASTERDOWN Link with MASTER is down"})
    void aWriteThatWasTakenIsOfUnknownOutcomeWhateverItsWaitAnswers(String refusal) throws Exception {
        assertThat(write(Map.of("SET", "+OK", "WAIT", "-" + refusal)))
                .isEqualTo(new Response.Info("written, and then WAIT answered: " + refusal));
    }

    @Test
    void aWriteThatIsRefusedFailed() throws Exception {
        assertThat(write(Map.of("SET", "-LOADING Redis is loading the dataset in memory", "WAIT", ":1")))
                .isEqualTo(new Response.Fail("LOADING Redis is loading the dataset in memory"));
    }

    @Test
    void aWriteThatAReplicaConfirmsIsAcknowledged() throws Exception {
        assertThat(write(Map.of("SET", "+OK", "WAIT", ":1"))).isEqualTo(Response.done());
    }

    private static Response write(Map<String, String> answers) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Environment environment = new RealEnvironment(new KeyedRandom(1))) {
            CompletableFuture<Void> serving = CompletableFuture.runAsync(() -> serve(server, answers));
            RedisNodes redis = new RedisNodes(
                    environment,
                    RedisSettings.of(TestCluster.settings(new RedisTarget(), "wait=1")),
                    List.of(N1, N2),
                    NodePorts.of(node -> server.getLocalPort()),
                    new KeyNames(""));
            ReadRouting routing =
                    new ReadRouting(redis.settings().reads(), redis.nodes(), new Leadership(N1), environment.random());
            Response response;
            try (Client client = new RedisClient(redis, routing, new Session(0), N1)) {
                response = environment.await("the write", client.invoke(Request.write(X, Value.of(1)), N1));
            }
            serving.join();
            return response;
        }
    }

    private static void serve(ServerSocket server, Map<String, String> answers) {
        try (Socket socket = server.accept()) {
            BufferedReader from =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            OutputStream to = socket.getOutputStream();
            // of the lines of a command only its name is a key
            for (String line = from.readLine(); line != null; line = from.readLine()) {
                if (answers.containsKey(line)) {
                    to.write((answers.get(line) + "\r\n").getBytes(StandardCharsets.US_ASCII));
                    to.flush();
                }
            }
        } catch (IOException ended) {
            return; // the client has closed
        }
    }
}
