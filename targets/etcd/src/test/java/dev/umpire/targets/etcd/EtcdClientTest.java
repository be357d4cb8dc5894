package dev.umpire.targets.etcd;

import static dev.umpire.targets.testing.TestCluster.N1;
import static dev.umpire.targets.testing.TestCluster.X;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.umpire.harness.cluster.NodePorts;
import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.environment.RealEnvironment;
import dev.umpire.harness.target.Client;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Response;
import dev.umpire.histories.value.Value;
import dev.umpire.targets.testing.TestCluster;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a client makes of a member's refusals. */
@Timeout(60)
class EtcdClientTest {

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int RESOURCE_EXHAUSTED = 8;

    private static final String NO_SPACE = "etcdserver: mvcc: database space exceeded";

    /** The quota of etcd applies a write and answers this all the same. */
    @Test
    void aWriteThatFoundNoSpaceIsOfUnknownOutcome() throws Exception {
        assertThat(answer(Request.write(X, Value.of(1)), NO_SPACE)).isEqualTo(new Response.Info(NO_SPACE));
    }

    @Test
    void aWriteThatCameToABusyMemberFailed() throws Exception {
        String busy = "etcdserver: too many requests";

        assertThat(answer(Request.write(X, Value.of(1)), busy)).isEqualTo(new Response.Fail(busy));
    }

    @Test
    void aReadThatIsRefusedFailed() throws Exception {
        assertThat(answer(Request.read(X), NO_SPACE)).isEqualTo(new Response.Fail(NO_SPACE));
    }

    private static Response answer(Request request, String refusal) throws Exception {
        byte[] body = ("{\"code\": " + RESOURCE_EXHAUSTED + ", \"message\": \"" + refusal + "\"}")
                .getBytes(StandardCharsets.UTF_8);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(TOO_MANY_REQUESTS, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try (Environment environment = new RealEnvironment(new KeyedRandom(1))) {
            EtcdNodes etcd = new EtcdNodes(
                    environment,
                    EtcdSettings.of(TestCluster.settings(new EtcdTarget())),
                    new Gateway(environment),
                    List.of(N1),
                    NodePorts.of(node -> server.getAddress().getPort()));
            try (Client client = new EtcdClient(etcd, environment.random().stream("routes"), 0, N1)) {
                return environment.await("the answer", client.invoke(request, N1));
            }
        } finally {
            server.stop(0);
        }
    }
}
