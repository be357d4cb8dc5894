package dev.umpire.targets.redis;

import dev.umpire.harness.cluster.Leadership;
import dev.umpire.harness.external.External;
import dev.umpire.harness.external.Question;
import dev.umpire.harness.launcher.LaunchException;
import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.StartContext;
import dev.umpire.histories.value.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/** A primary and its replicas that run already, of which the run uses keys of its own alone. */
final class RedisExternal {

    /** Longer than it takes to look through many millions of keys a step. */
    private static final int STEP_MILLIS = 5_000;

    private static final int KEYS_A_STEP = 10_000;

    private final RedisNodes redis;
    private final External external;

    private RedisExternal(StartContext context, RedisSettings settings, External external) {
        this.redis = new RedisNodes(
                context.environment(), settings, context.nodes(), external.ports(), new KeyNames(settings.prefix()));
        this.external = external;
    }

    static CompletionStage<Cluster> start(StartContext context, RedisSettings settings) {
        return External.start(context, ping(), external -> new RedisExternal(context, settings, external).run());
    }

    private CompletionStage<Cluster> run() {
        return Standing.ask(redis)
                .thenApply(this::primary)
                .thenCompose(primary -> redis.environment()
                        .blocking("launcher", () -> own(primary))
                        .thenApply(unused -> cluster(primary)));
    }

    private Node primary(Standing standing) {
        return standing.leader()
                .orElseThrow(() -> new CompletionException(new LaunchException(
                        "addresses: found " + standing.describe() + ", expected one primary among them")));
    }

    private Cluster cluster(Node primary) {
        Leadership leadership = new Leadership(primary);
        external.hold(() -> deleteKeys(leadership.now()));
        return new RedisCluster(
                redis,
                leadership,
                leadership::pass,
                external.faults(() -> Standing.ask(redis).thenApply(standing -> {
                    standing.leader().ifPresent(leadership::pass);
                    return standing.leader();
                })),
                external::giveBack);
    }

    /**
     * Nothing that is there already may be written over, or deleted in the end. A mark, which only one of two runs that begin at
     * once can make, keeps others off.
     */
    private Optional<String> own(Node primary) throws IOException {
        String prefix = redis.keys().prefix();
        try (Jedis jedis = connect(primary)) {
            String cursor = ScanParams.SCAN_POINTER_START;
            do {
                ScanResult<String> step =
                        jedis.scan(cursor, new ScanParams().match(prefix + "*").count(KEYS_A_STEP));
                if (!step.getResult().isEmpty()) {
                    throw new LaunchException("prefix: found a key "
                            + step.getResult().get(0) + " in the cluster, expected none that begins with " + prefix
                            + ": of another run, or what a killed one left; delete them, or --set prefix=other:");
                }
                cursor = step.getCursor();
            } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
            String mark = redis.keys().toWrite(Value.of("run"));
            if (jedis.setnx(mark, "") == 0) {
                throw new LaunchException("prefix: found another run that has just begun with " + prefix
                        + ", expected none; --set prefix=other:");
            }
            return Optional.empty();
        } catch (JedisException e) {
            throw new LaunchException(
                    primary + " was asked for keys that begin with " + prefix + ": " + e.getMessage(), e);
        }
    }

    private void deleteKeys(Node primary) throws IOException {
        List<String> keys = new ArrayList<>(redis.keys().written());
        if (keys.isEmpty()) {
            return;
        }
        try (Jedis jedis = connect(primary)) {
            for (int from = 0; from < keys.size(); from += KEYS_A_STEP) {
                List<String> some = keys.subList(from, Math.min(keys.size(), from + KEYS_A_STEP));
                jedis.unlink(some.toArray(String[]::new));
            }
        } catch (JedisException e) {
            throw new LaunchException(
                    "the keys of this run, which begin with " + redis.keys().prefix() + ", are still in the cluster: "
                            + e.getMessage(),
                    e);
        }
    }

    private Jedis connect(Node node) {
        return new Sockets().connect(redis.ports().direct(node), STEP_MILLIS);
    }

    /** What a node is asked to see whether it answers. */
    static Question ping() {
        return new Ping();
    }

    private static Question.Line dialled(int port, int boundMillis) throws IOException {
        Line line = new Line(port, boundMillis);
        return new Question.Line() {
            @Override
            public void ask() throws IOException {
                line.send("PING");
                String answer = line.receive();
                if (!answer.equals("+PONG")) {
                    throw new IOException("found " + answer + ", expected +PONG");
                }
            }

            @Override
            public void close() {
                line.close();
            }
        };
    }

    /** {@code PING} on a bare connection. */
    private static final class Ping implements Question {

        @Override
        public String words() {
            return "PING";
        }

        @Override
        public Question.Line dial(int port, int boundMillis) throws IOException {
            return dialled(port, boundMillis);
        }
    }
}
