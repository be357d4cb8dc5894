package dev.umpire.targets.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.NoNodeAvailableException;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import com.datastax.oss.driver.api.core.metadata.NodeState;
import dev.umpire.harness.environment.Bound;
import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.environment.Failures;
import dev.umpire.harness.target.Node;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The connection of all sessions with all nodes, each of which coordinates the requests that name it. Stages complete on the
 * loop, where it is used.
 */
final class Coordinators {

    /** Longer than a session waits. */
    private static final Duration REQUEST = Duration.ofSeconds(5);

    /** Of schemas and of the first connection, which a busy machine may take long for. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Of all that the driver does until it is connected, each step of which may take its {@link #PATIENCE}. */
    static final long TO_CONNECT_NANOS = TimeUnit.SECONDS.toNanos(90);

    /** Of a node which the driver has lost, or has not yet met, when a run begins. */
    private static final long TO_MEET_NANOS = TimeUnit.SECONDS.toNanos(60);

    private static final long TO_CLOSE_NANOS = TimeUnit.SECONDS.toNanos(20);

    private static final Duration RECONNECTION = Duration.ofMillis(200);

    private final CassandraNodes nodes;
    private final Environment environment;
    private final CqlSession driver;

    private Coordinators(CassandraNodes nodes, CqlSession driver) {
        this.nodes = nodes;
        this.environment = nodes.environment();
        this.driver = driver;
    }

    /**
     * Connects to nodes that listen.
     *
     * @param boundNanos within which; then the stage fails, and what connects later is closed
     */
    static CompletionStage<Coordinators> connect(CassandraNodes nodes, long boundNanos) {
        CompletionStage<CqlSession> opened = CqlSession.builder()
                .withConfigLoader(options(nodes))
                .addContactPoints(nodes.nodes().stream().map(nodes::address).toList())
                .buildAsync();
        CompletionStage<CqlSession> bounded = Bound.within(
                nodes.environment(),
                boundNanos,
                "a connection of the driver with any of " + nodes.nodes(),
                onLoop(nodes.environment(), opened));
        return bounded.handle((driver, failure) -> {
                    if (failure != null) {
                        opened.thenAccept(CqlSession::forceCloseAsync);
                    }
                    return bounded;
                })
                .thenCompose(Function.identity())
                .thenApply(driver -> new Coordinators(nodes, driver));
    }

    /** The driver's options for the ways to nodes. */
    static DriverConfigLoader options(CassandraNodes nodes) {
        return DriverConfigLoader.programmaticBuilder(CqlSession.class.getClassLoader())
                // answers of version 5 to lightweight transactions it may not read to their end, and breaks off
                .withString(DefaultDriverOption.PROTOCOL_VERSION, "V4")
                .withClass(DefaultDriverOption.ADDRESS_TRANSLATOR_CLASS, ToldAddresses.class)
                .withStringList(ToldAddresses.Option.WAYS, ToldAddresses.ways(nodes))
                .withClass(DefaultDriverOption.RETRY_POLICY_CLASS, NoRetries.class)
                .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, REQUEST)
                .withDuration(DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, PATIENCE)
                .withDuration(DefaultDriverOption.CONTROL_CONNECTION_TIMEOUT, PATIENCE)
                .withDuration(DefaultDriverOption.CONTROL_CONNECTION_AGREEMENT_TIMEOUT, PATIENCE)
                .withString(DefaultDriverOption.LOAD_BALANCING_POLICY_CLASS, "DcInferringLoadBalancingPolicy")
                .withString(DefaultDriverOption.RECONNECTION_POLICY_CLASS, "ConstantReconnectionPolicy")
                .withDuration(DefaultDriverOption.RECONNECTION_BASE_DELAY, RECONNECTION)
                .withString(
                        DefaultDriverOption.TIMESTAMP_GENERATOR_CLASS,
                        nodes.settings().clientTime() ? "AtomicTimestampGenerator" : "ServerSideTimestampGenerator")
                .withBoolean(DefaultDriverOption.TIMESTAMP_GENERATOR_FORCE_JAVA_CLOCK, true)
                .withBoolean(DefaultDriverOption.METADATA_SCHEMA_ENABLED, false)
                .withBoolean(DefaultDriverOption.METADATA_TOKEN_MAP_ENABLED, false)
                .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_QUIET_PERIOD, 0)
                .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD, 0)
                .build();
    }

    /**
     * Lets a node coordinate a request. Completes exceptionally with a {@link NoNodeAvailableException} where none is connected,
     * and then nothing was sent.
     */
    CompletionStage<AsyncResultSet> ask(Node node, Statement<?> statement) {
        InetSocketAddress way = nodes.address(node);
        return driver.getMetadata().getNodes().values().stream()
                .filter(known -> known.getEndPoint().resolve().equals(way))
                .findFirst()
                .map(found -> onLoop(environment, driver.executeAsync(statement.setNode(found))))
                .orElseGet(() -> CompletableFuture.failedStage(new NoNodeAvailableException()));
    }

    /**
     * The same as soon as the node is connected: on a busy machine the driver counts as open before it has reached each node, and it
     * may lose one that answers late. Nothing is sent twice.
     */
    CompletionStage<AsyncResultSet> askOnceConnected(Node node, Statement<?> statement) {
        return onceConnected(environment, TO_MEET_NANOS, () -> ask(node, statement));
    }

    /**
     * Asks until something was sent; completes as that question does, or as the last one in time.
     *
     * @param boundNanos of all questions together; one that is under way then is still heard
     */
    static <T> CompletionStage<T> onceConnected(
            Environment environment, long boundNanos, Supplier<CompletionStage<T>> question) {
        return onceConnectedBefore(environment, environment.nowNanos() + boundNanos, question);
    }

    private static <T> CompletionStage<T> onceConnectedBefore(
            Environment environment, long deadlineNanos, Supplier<CompletionStage<T>> question) {
        return question.get()
                .exceptionallyCompose(failure -> Failures.cause(failure) instanceof NoNodeAvailableException
                                && environment.nowNanos() < deadlineNanos
                        ? environment
                                .after(RECONNECTION.toNanos())
                                .thenCompose(later -> onceConnectedBefore(environment, deadlineNanos, question))
                        : CompletableFuture.failedStage(failure));
    }

    /** Prepares a request that every node understands by now. */
    CompletionStage<PreparedStatement> prepare(String request) {
        return onLoop(environment, driver.prepareAsync(request));
    }

    /** The version of Cassandra that a node has told; empty where none is connected. */
    Optional<String> version() {
        return driver.getMetadata().getNodes().values().stream()
                .filter(node -> node.getState() == NodeState.UP)
                .flatMap(node -> Optional.ofNullable(node.getCassandraVersion()).stream())
                .map(Object::toString)
                .findFirst();
    }

    /**
     * What the clock of the sessions shows, in microseconds, later at each call; {@link Statement#NO_DEFAULT_TIMESTAMP} where
     * coordinators date writes.
     */
    long nowMicros() {
        return driver.getContext().getTimestampGenerator().next();
    }

    /** Gives the connections up, and with them what is under way; fails where the driver does not say in time that it has. */
    CompletionStage<Void> close() {
        return Bound.within(
                environment,
                TO_CLOSE_NANOS,
                "the end of the driver's connections",
                onLoop(environment, driver.forceCloseAsync()));
    }

    /**
     * What the driver was told of a node.
     *
     * @param way where it goes to find it
     * @param address to which nodes send clients
     * @param datacenter in which it is
     * @param version of its Cassandra, the first two numbers; empty where nobody told
     */
    record Told(SocketAddress way, String address, String datacenter, Optional<String> version) {}

    /** What the driver was told of all nodes. */
    List<Told> told() {
        return driver.getMetadata().getNodes().values().stream()
                .map(node -> new Told(
                        node.getEndPoint().resolve(),
                        node.getBroadcastRpcAddress()
                                .map(address -> address.getAddress().getHostAddress() + ":" + address.getPort())
                                .orElseGet(() -> node.getEndPoint().toString()),
                        Optional.ofNullable(node.getDatacenter()).orElse(""),
                        Optional.ofNullable(node.getCassandraVersion())
                                .map(version -> version.getMajor() + "." + version.getMinor())))
                .toList();
    }

    /**
     * Tells any node something, off the loop. Blocks.
     *
     * @throws DriverException if there is no answer, or a refusal
     */
    void tellNow(String statement) {
        ResultSet unused = driver.execute(SimpleStatement.newInstance(statement).setTimeout(PATIENCE));
    }

    /**
     * What any node finds in the first column of each row, asked off the loop. Blocks.
     *
     * @throws DriverException if there is no answer, or a refusal
     */
    List<String> textsNow(String question) {
        return driver.execute(SimpleStatement.newInstance(question).setTimeout(PATIENCE)).all().stream()
                .map(row -> Optional.ofNullable(row.getString(0)).orElse(""))
                .toList();
    }

    /**
     * {@link #close} off the loop. Blocks.
     *
     * @throws IOException if the driver does not say in time that it has
     */
    void closeNow() throws IOException {
        try {
            driver.forceCloseAsync().toCompletableFuture().get(TO_CLOSE_NANOS, TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the driver's connections may still be open: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted before the driver's connections were closed", e);
        }
    }

    /** Hands over, on the loop, what the driver's thread was told. */
    private static <T> CompletionStage<T> onLoop(Environment environment, CompletionStage<T> told) {
        CompletableFuture<T> there = new CompletableFuture<>();
        told.whenComplete((value, failure) -> environment.execute(() -> {
            if (failure == null) {
                there.complete(value);
            } else {
                there.completeExceptionally(failure);
            }
        }));
        return there;
    }
}
