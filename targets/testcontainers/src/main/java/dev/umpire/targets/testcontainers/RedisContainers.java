package dev.umpire.targets.testcontainers;

import dev.umpire.harness.target.Configuration;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Response;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * A primary of Redis and replicas that follow it, of any image in which {@code redis-server} is on {@code PATH}. Needs Jedis on
 * the class path. Values are whole numbers.
 */
public final class RedisContainers implements ContainerStore {
    private static final int PORT = 6379;
    private static final int TIMEOUT_MILLIS = 500;
    private static final String ROLE = "role";

    private final String image;

    /** @param image its name: {@code redis:7} */
    public RedisContainers(String image) {
        this.image = image;
    }

    @Override
    public int port() {
        return PORT;
    }

    @Override
    public GenericContainer<?> container(Node node, Peers peers) {
        List<String> words = new ArrayList<>(List.of(
                "redis-server",
                "--port",
                "" + PORT,
                "--bind",
                "0.0.0.0",
                "--protected-mode",
                "no",
                "--save",
                "",
                "--appendonly",
                "yes",
                "--appendfsync",
                "always",
                "--repl-timeout",
                "5",
                "--repl-ping-replica-period",
                "1",
                "--repl-diskless-sync-delay",
                "0"));
        if (!peers.isFirst()) {
            Node primary = peers.nodes().get(0);
            words.addAll(List.of("--replicaof", peers.host(), "" + peers.port(primary)));
        }
        return new GenericContainer<>(DockerImageName.parse(image))
                .withCommand(words.toArray(String[]::new))
                .waitingFor(Wait.forLogMessage(".*Ready to accept connections.*", 1));
    }

    @Override
    public List<Configuration> configurations() {
        return OneLeader.configurations();
    }

    @Override
    public StoreConnection connect(String host, int port) {
        return new Connection(new Jedis(
                new HostAndPort(host, port),
                DefaultJedisClientConfig.builder()
                        .connectionTimeoutMillis(TIMEOUT_MILLIS)
                        .socketTimeoutMillis(TIMEOUT_MILLIS)
                        .build()));
    }

    private record Connection(Jedis jedis) implements StoreConnection {

        @Override
        public Response ask(Request request) {
            String key = request.key().map(Value::toString).orElseThrow();
            try {
                if (request.onlyReads()) {
                    String found = jedis.get(key);
                    return Response.ok(found == null ? Value.NIL : Value.of(Long.parseLong(found)));
                }
                jedis.set(key, request.argument().toString());
                return Response.done();
            } catch (JedisDataException refused) {
                return new Response.Fail(String.valueOf(refused.getMessage()));
            }
        }

        @Override
        public Standing standing() {
            Map<String, String> said = info("replication");
            boolean leads = "master".equals(said.get(ROLE));
            String offset = said.getOrDefault(leads ? "master_repl_offset" : "slave_repl_offset", "0");
            return new Standing(leads, Long.parseLong(offset));
        }

        @Override
        public Optional<String> version() {
            return Optional.ofNullable(info("server").get("redis_version"));
        }

        private Map<String, String> info(String section) {
            return jedis.info(section)
                    .lines()
                    .map(line -> line.split(":", 2))
                    .filter(field -> field.length == 2)
                    .collect(Collectors.toMap(field -> field[0], field -> field[1].strip()));
        }

        @Override
        public void close() {
            jedis.close();
        }
    }
}
