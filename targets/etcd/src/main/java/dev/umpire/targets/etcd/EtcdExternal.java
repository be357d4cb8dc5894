package dev.umpire.targets.etcd;

import dev.umpire.harness.external.External;
import dev.umpire.harness.external.Question;
import dev.umpire.harness.launcher.LaunchException;
import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.StartContext;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A cluster that runs already, of which the run uses keys of its own alone. */
final class EtcdExternal {

    /** Of what waits until the members agree. */
    private static final Duration STEP = Duration.ofSeconds(5);

    private static final String RANGE = "/v3/kv/range";
    private static final String TXN = "/v3/kv/txn";
    private static final String DELETE = "/v3/kv/deleterange";

    private final EtcdNodes etcd;
    private final Keyspace keyspace;
    private final External external;

    private EtcdExternal(StartContext context, EtcdSettings settings, Gateway gateway, External external) {
        this.etcd = new EtcdNodes(context.environment(), settings, gateway, context.nodes(), external.ports());
        this.keyspace = new Keyspace(settings.prefix());
        this.external = external;
    }

    static CompletionStage<Cluster> start(StartContext context, EtcdSettings settings) {
        Gateway gateway = new Gateway(context.environment());
        return External.start(
                context, version(gateway), external -> new EtcdExternal(context, settings, gateway, external).run());
    }

    private CompletionStage<Cluster> run() {
        return Standing.ask(etcd)
                .thenAccept(EtcdExternal::requireOneCluster)
                .thenCompose(one -> anyKey())
                .thenAccept(this::requireNone)
                .thenCompose(none -> own())
                .thenApply(owned -> {
                    external.hold(this::deleteKeys);
                    return new EtcdCluster(
                            etcd,
                            external.faults(() -> Standing.ask(etcd).thenApply(Standing::leader)),
                            external::giveBack);
                });
    }

    private static void requireOneCluster(Standing standing) {
        boolean all = standing.answers().all(any -> true);
        long clusters = standing.answers()
                .given()
                .map(Standing.Status::cluster)
                .distinct()
                .count();
        if (!all || clusters != 1) {
            throw refused("addresses: found " + clusters + " clusters, " + standing.describe()
                    + ", expected members of one that all answer");
        }
    }

    private CompletionStage<JsonNode> anyKey() {
        ObjectNode range = etcd.gateway().object();
        keyspace.all(range).put("limit", 1).put("keys_only", true);
        return call(RANGE, range);
    }

    /** Nothing that is there already may be written over, or deleted in the end. */
    private void requireNone(JsonNode found) {
        if (!found.path("kvs").isEmpty()) {
            throw refused("prefix: found a key "
                    + Keyspace.text(found.path("kvs").path(0).path("key"))
                    + " in the cluster, expected none that begins with " + keyspace.prefix()
                    + ": of another run, or what a killed one left; delete them, or --set prefix=other/");
        }
    }

    /** Puts a key by which another run sees this one, and which only one of two that begin at once can put. */
    private CompletionStage<Void> own() {
        ObjectNode txn = etcd.gateway().object();
        String key = Keyspace.bytes(keyspace.mark());
        txn.putArray("compare")
                .addObject()
                .put("key", key)
                .put("result", "EQUAL")
                .put("target", "CREATE")
                .put("create_revision", "0");
        txn.putArray("success")
                .addObject()
                .putObject("request_put")
                .put("key", key)
                .put("value", "");
        return call(TXN, txn).thenAccept(answer -> {
            if (!answer.path("succeeded").asBoolean(false)) {
                throw refused("prefix: found another run that has just begun with " + keyspace.prefix()
                        + ", expected none; --set prefix=other/");
            }
        });
    }

    private static CompletionException refused(String why) {
        return new CompletionException(new LaunchException(why));
    }

    private CompletableFuture<JsonNode> call(String path, ObjectNode body) {
        return etcd.gateway().call(etcd.ports().direct(etcd.nodes().get(0)), path, body, STEP);
    }

    /** At the first member that can. Blocks. */
    private void deleteKeys() throws IOException {
        IOException last = new IOException("there is no member");
        for (Node node : etcd.nodes()) {
            try {
                ObjectNode range = etcd.gateway().object();
                keyspace.all(range);
                etcd.gateway().callNow(etcd.ports().direct(node), DELETE, range, STEP);
                return;
            } catch (IOException e) {
                last = e;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new LaunchException("interrupted while the keys of this run were deleted", e);
            }
        }
        throw new LaunchException(
                "the keys of this run, which begin with " + keyspace.prefix() + ", are still in the cluster: "
                        + last.getMessage(),
                last);
    }

    /** What a member is asked to see whether it answers. */
    static Question version(Gateway gateway) {
        return new Version(gateway);
    }

    /** A member's version, which it tells without the others. */
    private record Version(Gateway gateway) implements Question {

        @Override
        public String words() {
            return "a question for its version";
        }

        @Override
        public Line dial(int port, int boundMillis) {
            return new Line() {
                @Override
                public void ask() throws IOException {
                    try {
                        String page = gateway.pageNow(port, "/version", Duration.ofMillis(boundMillis));
                        if (!page.contains("etcdserver")) {
                            throw new IOException("found " + page.strip() + ", expected the version of etcd");
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        throw new IOException("interrupted", e);
                    }
                }

                @Override
                public void close() {
                    // connections are the gateway's, which keeps them
                }
            };
        }
    }
}
