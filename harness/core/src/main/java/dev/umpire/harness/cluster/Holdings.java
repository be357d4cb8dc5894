package dev.umpire.harness.cluster;

import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.launcher.Command;
import dev.umpire.harness.launcher.Launcher;
import dev.umpire.harness.launcher.NodeClock;
import dev.umpire.harness.launcher.NodeProcess;
import dev.umpire.harness.launcher.ReservedPort;
import dev.umpire.harness.launcher.SmallDisk;
import dev.umpire.harness.target.Node;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What a cluster holds of the machine: ports, folders, processes, links and what else was taken. It is given back all at once, whether the cluster
 * ran or was only half started. Thread-safe; calls block.
 */
public final class Holdings {

    private final Launcher launcher;
    private final Ending ending;
    private final List<ReservedPort> ports = new CopyOnWriteArrayList<>();
    private final List<Path> folders = new CopyOnWriteArrayList<>();
    private final List<NodeProcess> processes = new CopyOnWriteArrayList<>();
    private final List<NodeLinks> links = new CopyOnWriteArrayList<>();
    private final List<Lever> others = new CopyOnWriteArrayList<>();

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

    /**
     * A small disk of this cluster's own.
     *
     * @param user who owns its folder, from {@link Launcher#serverUser}; empty: the harness's own
     */
    public SmallDisk disk(String name, long sizeBytes, Optional<String> user) throws IOException {
        SmallDisk disk = launcher.newDisk(name, sizeBytes, user);
        hold(() -> launcher.removeDisk(disk));
        return disk;
    }

    /**
     * A wall clock of a node of this cluster.
     *
     * @param user as whom the node runs, from {@link Launcher#serverUser}; empty: as the harness does
     */
    public NodeClock clock(String name, Optional<String> user) throws IOException {
        NodeClock clock = launcher.newClock(name, user);
        hold(() -> launcher.removeClock(clock));
        return clock;
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
        return links(listening, InetAddress.getLoopbackAddress());
    }

    /**
     * The same for nodes that dial one another at another address of this machine.
     *
     * @param listening the port of the loopback address at which each node is, or will be
     */
    public NodeLinks links(Map<Node, Integer> listening, InetAddress address) throws IOException {
        NodeLinks opened = NodeLinks.open(launcher, listening, address);
        links.add(opened);
        return opened;
    }

    /**
     * Holds something that is no process of this machine, such as a container. What was held last is given back first.
     *
     * @param back gives it back; does no harm where there is nothing yet
     */
    public void hold(Lever back) {
        others.add(back);
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
        List<Lever> backwards = new ArrayList<>(others);
        Collections.reverse(backwards);
        backwards.forEach(back -> attempt(troubles, back));
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
