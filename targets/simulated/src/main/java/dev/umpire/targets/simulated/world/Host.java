package dev.umpire.targets.simulated.world;

import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.NodeLogs;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One machine: a network card, a disk, a clock and at most one process. This is all that a process knows of the world.
 *
 * <p>The machine itself never fails. Its process is up, paused or crashed; a process that was started again is another one
 * with the same disk.
 */
public final class Host implements Endpoint {
    private final Environment environment;
    private final Network network;
    private final NodeLogs logs;
    private final Node node;
    private final int address;
    private final int nodeCount;
    private final Disk disk;
    private final Function<Host, Program> programs;
    private final MachineClock clock;
    private final ArrayDeque<Task> standing = new ArrayDeque<>();
    private @Nullable Program program;
    private boolean paused;
    private int starts;
    private boolean exchanged;

    Host(
            Environment environment,
            Network network,
            NodeLogs logs,
            Node node,
            int nodeCount,
            boolean checksums,
            Function<Host, Program> programs) {
        this.environment = environment;
        this.network = network;
        this.logs = logs;
        this.node = node;
        this.nodeCount = nodeCount;
        this.programs = programs;
        this.address = network.join(this);
        this.disk = new Disk(environment, this, checksums);
        this.clock = new MachineClock(environment, node);
    }

    // what a process may use

    /** The name of this machine. */
    public Node node() {
        return node;
    }

    /** The address of this machine: its number among the nodes, from 0. */
    public int address() {
        return address;
    }

    /** How many nodes there are; their addresses are 0 to this minus 1. */
    public int nodeCount() {
        return nodeCount;
    }

    /**
     * How many processes have been started on this machine, this one included. The operator counts them and tells each process,
     * as a cluster manager tells the generation: it goes on where the disk is replaced or restored.
     */
    public int starts() {
        return starts;
    }

    /** Whether this machine came in the place of another, whose disk is gone, as its operator tells the process. */
    public boolean exchanged() {
        return exchanged;
    }

    /**
     * The clock of this machine that never goes back, in nanoseconds from any beginning: for leases and timeouts. Up to
     * 0.01 % too fast or too slow, and by 0.2 % more while a fault disturbs it.
     */
    public long clockNanos() {
        return clock.steadyNanos();
    }

    /**
     * The time of day in nanoseconds: for timestamps that other nodes compare with their own. Off by up to half a second, and
     * by up to a second more while a fault disturbs it; it jumps then, back too.
     */
    public long wallClockNanos() {
        return clock.wallNanos();
    }

    public Disk disk() {
        return disk;
    }

    /** Random numbers of this process for one purpose; another process on this machine draws others. */
    public KeyedRandom.Stream random(String purpose) {
        return environment.random().stream("node/" + purpose + "/" + node).split(starts);
    }

    /** Sends a message; nobody says whether it arrives. */
    public void send(int to, Message message) {
        network.send(address, to, message);
    }

    /** Runs a task of this process after a delay by this machine's clock, later if it is paused then, never if it is gone. */
    public Environment.Timer schedule(long delayNanos, Runnable action) {
        Task task = new Task(action);
        task.timer = environment.schedule(clock.trueNanos(delayNanos), task);
        return task;
    }

    /** Writes a line to the node's log if that is to tell of every message, too. */
    public void trace(Supplier<String> line) {
        if (logs.traced()) {
            log(line.get());
        }
    }

    /** Writes a line to the node's log. */
    public void log(String line) {
        long micros = environment.nowNanos() / 1_000;
        String fraction = Long.toString(1_000 + micros % 1_000).substring(1);
        logs.append(node, micros / 1_000 + "." + fraction + " ms  " + line);
    }

    // what happens to it

    @Override
    public void arrive(int from, Message message) {
        if (message instanceof Probe probe) {
            probe.atHost(network, address);
        } else if (message instanceof TimeQuestion question) {
            network.send(address, from, new Answer(question.id(), new Time(clock.wallNanos())));
        } else if (program == null) {
            if (!network.isNode(from)) {
                network.send(address, from, new Network.ConnectionRefused(message));
            }
        } else if (paused) {
            standing.add(new Task(() -> handle(from, message)));
        } else {
            handle(from, message);
        }
    }

    private void handle(int from, Message message) {
        Program current = program;
        if (current == null) {
            return;
        }
        if (message instanceof Question question) {
            Message answer =
                    question.content() instanceof Ping ? question.content() : current.answer(question.content());
            network.send(address, from, new Answer(question.id(), answer));
        } else {
            if (logs.traced() && network.isNode(from)) {
                log("gets from n" + (from + 1) + ": " + message);
            }
            current.receive(from, message);
        }
    }

    /** Runs something in the process that is there now: at once, or when it goes on. */
    void runInProcess(Runnable action) {
        new Task(action).run();
    }

    void start() {
        if (program != null) {
            throw new IllegalStateException(node + ": found a process, expected none to start another");
        }
        starts++;
        Program started = programs.apply(this);
        program = started;
        log("process " + starts + " starts");
        started.start();
    }

    void crash() {
        if (program == null) {
            throw new IllegalStateException(node + ": found no process, expected one to crash");
        }
        log("process " + starts + " is gone");
        program = null;
        paused = false;
        standing.clear();
        int lost = disk.crash();
        if (lost > 0) {
            trace(() -> "records that were not synced, and are lost: " + lost);
        }
        network.resetConnections(address);
    }

    /** The process ends as it is told to: what it has written is on its disk. */
    void stop() {
        if (program != null) {
            disk.flush();
            crash();
        }
    }

    void pause() {
        if (program == null) {
            throw new IllegalStateException(node + ": found no process, expected one to pause");
        }
        paused = true;
    }

    void resume() {
        if (!paused) {
            throw new IllegalStateException(node + ": found no paused process, expected one to resume");
        }
        paused = false;
        List<Task> due = new ArrayList<>(standing);
        standing.clear();
        due.forEach(Task::run);
    }

    /** Gives the machine an empty disk. */
    void replaceDisk() {
        requireNoProcess("to replace its disk");
        log("has an empty disk");
        disk.wipe();
    }

    /** Puts a new machine in the place of this one. */
    void exchange() {
        requireNoProcess("to exchange the machine");
        log("is another machine from now on, with an empty disk");
        disk.wipe();
        exchanged = true;
        network.exchange(address);
    }

    /** Puts an older copy of the disk back. */
    void restoreDisk() {
        requireNoProcess("to restore its disk");
        log("has a copy of its disk from " + disk.restore() / 1_000_000 + " ms");
    }

    private void requireNoProcess(String what) {
        if (program != null) {
            throw new IllegalStateException(node + ": found a process, expected none " + what);
        }
    }

    /** Lets the clocks of this machine go wrong. */
    void disturbClock(long jumpNanos, int partsPerMillion) {
        clock.disturb(jumpNanos, partsPerMillion);
    }

    boolean running() {
        return program != null;
    }

    /** Something to do in one process: dropped when that one is gone, put off while it is paused. */
    private final class Task implements Runnable, Environment.Timer {
        private final Runnable action;
        private final int process = starts;
        private Environment.@Nullable Timer timer;
        private boolean cancelled;

        Task(Runnable action) {
            this.action = action;
        }

        @Override
        public void run() {
            if (cancelled || program == null || process != starts) {
                return;
            }
            if (paused) {
                standing.add(this);
            } else {
                action.run();
            }
        }

        @Override
        public void cancel() {
            cancelled = true;
            if (timer != null) {
                timer.cancel();
            }
        }
    }

    /** Asks a process, in its own turn. */
    record Question(long id, Message content) implements Message {}

    /** What a process answered. */
    record Answer(long id, Message content) implements Message {}

    /** Asks a machine, whatever its process does, for its time of day. */
    record TimeQuestion(long id) implements Message {}

    /** A machine's time of day. */
    record Time(long wallNanos) implements Message {}

    /** A question that every process answers with itself. */
    record Ping() implements Message {}

    /**
     * A message that the machines themselves handle, whatever their processes do: the operator asks the machine at one end
     * of a link to send over it, and the machine at the other end tells the operator that something arrived.
     *
     * @param asker the operator's address
     * @param to the machine at the end of the link
     */
    record Probe(long id, int asker, int to) implements Message {
        void atHost(Network network, int here) {
            if (here == to) {
                network.send(here, asker, new Answer(id, this));
            } else {
                network.send(here, to, this);
            }
        }
    }
}
