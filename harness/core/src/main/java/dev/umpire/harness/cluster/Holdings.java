package dev.umpire.harness.cluster;

import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.launcher.Command;
import dev.umpire.harness.launcher.Launcher;
import dev.umpire.harness.launcher.NodeProcess;
import dev.umpire.harness.launcher.ReservedPort;
import dev.umpire.harness.target.Node;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What a cluster holds of the machine: ports, folders, processes and links. It is given back all at once, whether the cluster
 * ran or was only half started. Thread-safe; calls block.
 */
public final class Holdings {

    private final Launcher launcher;
    private final Ending ending;
    private final List<ReservedPort> ports = new CopyOnWriteArrayList<>();
    private final List<Path> folders = new CopyOnWriteArrayList<>();
    private final List<NodeProcess> processes = new CopyOnWriteArrayList<>();
    private final List<NodeLinks> links = new CopyOnWriteArrayList<>();

    /** How a process is ended for good. */
    public interface Ending {
        void end(NodeProcess process) throws IOException;
    }

    /** Nothing yet; processes will be killed. */
    public Holdings(Launcher launcher) {
        this(launcher, NodeProcess::kill);
    }

    /** Nothing yet; for a store that gives something back to the machine when it is not killed. */
    public Holdings(Launcher launcher, Ending ending) {
        this.launcher = launcher;
        this.ending = ending;
    }

    /** A free port of the loopback address, held until {@link #release}. */
    public int port() throws IOException {
        ReservedPort port = launcher.reservePort();
        ports.add(port);
        return port.number();
    }

    /** A {@link #port} for each node. */
    public Map<Node, Integer> ports(List<Node> nodes) throws IOException {
        Map<Node, Integer> numbers = new LinkedHashMap<>();
        for (Node node : nodes) {
            numbers.put(node, port());
        }
        return numbers;
    }

    /** Lets go of ports, right before a node takes them. */
    public void release(int... numbers) {
        for (int number : numbers) {
            ports.stream().filter(port -> port.number() == number).forEach(ReservedPort::release);
            ports.removeIf(port -> port.number() == number);
        }
    }

    /** An empty folder. */
    public Path folder(String name) throws IOException {
        return folder(name, Optional.empty());
    }

    /**
     * An empty folder.
     *
     * @param user who owns it, from {@link Launcher#serverUser}; empty: the harness's own
     */
    public Path folder(String name, Optional<String> user) throws IOException {
        Path folder = launcher.newFolder(name, user);
        folders.add(folder);
        return folder;
    }

    /** Starts a process; returns when it runs. */
    public NodeProcess start(Command command) throws IOException {
        NodeProcess process = launcher.start(command);
        processes.add(process);
        return process;
    }

    /**
     * Opens the links between nodes.
     *
     * @param listening where each node listens, or will
     */
    public NodeLinks links(Map<Node, Integer> listening) throws IOException {
        NodeLinks opened = NodeLinks.open(launcher, listening);
        links.add(opened);
        return opened;
    }

    /** {@link #giveBack()} off the loop. */
    public CompletionStage<Void> giveBack(Environment environment) {
        return environment.blocking("launcher", () -> {
            giveBack();
            return null;
        });
    }

    /**
     * Ends the processes, deletes the folders, lets go of ports and links. What fails keeps nothing else from being given
     * back.
     *
     * @throws IOException if something could not be given back; the message says what
     */
    public void giveBack() throws IOException {
        List<String> troubles = new ArrayList<>();
        ports.forEach(ReservedPort::release);
        for (NodeProcess process : processes) {
            attempt(troubles, () -> ending.end(process));
        }
        for (Path folder : folders) {
            attempt(troubles, () -> launcher.deleteFolder(folder));
        }
        links.forEach(NodeLinks::close);
        if (!troubles.isEmpty()) {
            throw new IOException("could not stop everything: " + String.join("; ", troubles));
        }
    }

    private static void attempt(List<String> troubles, Lever step) {
        try {
            step.pull();
        } catch (IOException e) {
            troubles.add(String.valueOf(e.getMessage()));
        }
    }
}
