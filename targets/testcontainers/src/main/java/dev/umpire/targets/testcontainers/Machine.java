package dev.umpire.targets.testcontainers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import dev.umpire.harness.launcher.LaunchException;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.NodeLogs;
import java.io.IOException;
import java.time.Instant;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.output.FrameConsumerResultCallback;
import org.testcontainers.containers.output.OutputFrame;

/** The container of one node. Its calls block; levers do no harm where there is nothing to do. */
final class Machine {
    /** Where the ports of all containers are published. */
    static final String LOOPBACK = "127.0.0.1";

    /** What the message of a failed start contains when another try may help. */
    static final String PORT_TAKEN = "its port is taken";

    private static final int LOG_TAIL_LINES = 20;

    private final Node node;
    private final Engine engine;
    private final EngineNetwork network;
    private final GenericContainer<?> container;
    private final Diallers diallers;
    private final Consumer<OutputFrame> log;
    private final Deque<String> lastLines = new ConcurrentLinkedDeque<>();

    /**
     * A container that does not exist yet.
     *
     * @param published where each port is published at which the node listens
     * @param diallers is told when the container has another address
     */
    Machine(
            Node node,
            EngineNetwork network,
            GenericContainer<?> container,
            Map<Integer, Integer> published,
            Diallers diallers,
            NodeLogs logs) {
        this.node = node;
        this.engine = network.engine();
        this.network = network;
        this.diallers = diallers;
        this.log = frame -> append(frame, logs);
        // the same ports whenever the container is started again
        List<PortBinding> bindings = published.entrySet().stream()
                .map(one -> new PortBinding(
                        Ports.Binding.bindIpAndPort(LOOPBACK, one.getValue()), ExposedPort.tcp(one.getKey())))
                .toList();
        this.container = container
                .withNetwork(network.made())
                .withNetworkAliases(node.name())
                .withLabels(network.labels())
                .withExposedPorts(published.keySet().toArray(Integer[]::new))
                .withLogConsumer(log)
                .withCreateContainerCmdModifier(
                        command -> command.getHostConfig().withPortBindings(bindings));
    }

    private void append(OutputFrame frame, NodeLogs logs) {
        frame.getUtf8String().lines().forEach(line -> {
            logs.append(node, line);
            lastLines.add(line);
            if (lastLines.size() > LOG_TAIL_LINES) {
                lastLines.remove();
            }
        });
    }

    /** Starts it for the first time and waits until it is ready. */
    void start() throws IOException {
        try {
            container.start();
        } catch (ContainerLaunchException e) {
            String why = cause(e);
            boolean taken = why.contains("address already in use") || why.contains("port is already allocated");
            throw new LaunchException(node + ": " + (taken ? PORT_TAKEN + ": " : "") + why + said(), e);
        }
    }

    private static String cause(Throwable failure) {
        Throwable last = failure;
        while (last.getCause() != null) {
            last = last.getCause();
        }
        return String.valueOf(last.getMessage()).strip();
    }

    private String said() {
        return lastLines.isEmpty() ? "" : "; the last lines of its log:\n" + String.join("\n", lastLines);
    }

    /** The image that it runs. */
    String image() {
        return container.getDockerImageName();
    }

    /** Its id; empty before it is made. */
    Optional<String> id() {
        return Optional.ofNullable(container.getContainerId());
    }

    /** @throws LaunchException if it has ended; the message has the end of its log */
    void requireRunning() throws LaunchException {
        if (!runs()) {
            throw new LaunchException(node + ": its container has ended" + said());
        }
    }

    void kill() throws IOException {
        if (runs()) {
            act((client, id) -> client.killContainerCmd(id).exec());
        }
    }

    /** Starts it again after {@link #kill}, with the data that it has. */
    void startAgain() throws IOException {
        if (runs()) {
            return;
        }
        act((client, id) -> {
            client.startContainerCmd(id).exec();
            diallers.forget();
            // the stream of before has ended with the process; what was said in the same second comes twice
            int since = (int) Instant.parse(inspect().getState().getStartedAt()).getEpochSecond();
            FrameConsumerResultCallback following = new FrameConsumerResultCallback();
            following.addConsumer(OutputFrame.OutputType.STDOUT, log);
            following.addConsumer(OutputFrame.OutputType.STDERR, log);
            client.logContainerCmd(id)
                    .withStdOut(true)
                    .withStdErr(true)
                    .withSince(since)
                    .withFollowStream(true)
                    .exec(following);
        });
    }

    void pause() throws IOException {
        if (!isPaused()) {
            act((client, id) -> client.pauseContainerCmd(id).exec());
        }
    }

    void resume() throws IOException {
        if (isPaused()) {
            act((client, id) -> client.unpauseContainerCmd(id).exec());
        }
    }

    /** Takes it off the network, and with that its published port from clients. */
    void disconnect() throws IOException {
        if (isConnected()) {
            act((client, id) -> client.disconnectFromNetworkCmd()
                    .withNetworkId(network.made().getId())
                    .withContainerId(id)
                    .exec());
        }
    }

    void reconnect() throws IOException {
        if (!isConnected()) {
            act((client, id) -> client.connectToNetworkCmd()
                    .withNetworkId(network.made().getId())
                    .withContainerId(id)
                    .withContainerNetwork(new ContainerNetwork().withAliases(node.name()))
                    .exec());
            diallers.forget();
        }
    }

    /** Removes it, whatever state it is in. */
    void remove() throws IOException {
        if (container.getContainerId() != null) {
            act((client, id) -> engine.remove(id));
        }
        container.stop();
    }

    private boolean runs() {
        return Boolean.TRUE.equals(inspect().getState().getRunning());
    }

    private boolean isPaused() {
        return Boolean.TRUE.equals(inspect().getState().getPaused());
    }

    private boolean isConnected() {
        return inspect().getNetworkSettings().getNetworks().values().stream()
                .anyMatch(one -> network.made().getId().equals(one.getNetworkID()));
    }

    private InspectContainerResponse inspect() {
        return engine.client().inspectContainerCmd(container.getContainerId()).exec();
    }

    /** What is done to a container by its id. */
    private interface Deed {
        void to(DockerClient client, String container);
    }

    private void act(Deed deed) throws IOException {
        engine.act(client -> deed.to(client, container.getContainerId()));
    }
}
