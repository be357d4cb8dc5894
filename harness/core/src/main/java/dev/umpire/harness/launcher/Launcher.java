package dev.umpire.harness.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Starts what a real store needs and undoes it, also after the harness was killed.
 *
 * <p>Everything that is started here ends with {@link #close}, with the Java process (a shutdown hook), or, after a
 * {@code kill -9}, when the next launcher is opened. Nothing is written to disk until something is started. Thread-safe;
 * its calls block.
 */
public interface Launcher extends AutoCloseable {

    /**
     * What became of what killed harnesses had left.
     *
     * @param undone a sentence for each thing that was undone
     * @param troubles a sentence for each thing that could not be, and that is still there
     */
    record Undone(List<String> undone, List<String> troubles) {
        /** Where they had left nothing. */
        public static final Undone NOTHING = new Undone(List.of(), List.of());

        public Undone {
            undone = List.copyOf(undone);
            troubles = List.copyOf(troubles);
        }

        /** Both, for people. */
        public List<String> sentences() {
            return Stream.concat(undone.stream(), troubles.stream()).toList();
        }
    }

    /**
     * A launcher whose journal is in the user's state folder: {@code $UMPIRE_STATE_HOME}, else
     * {@code $XDG_STATE_HOME/umpire}, else {@code ~/.local/state/umpire}. First undoes what killed harnesses left there.
     */
    static Launcher open() throws IOException {
        return open(Journal.stateFolderOfUser());
    }

    /**
     * A launcher whose journal is in {@code stateFolder}, which is made when something is started. First undoes what
     * killed harnesses left there; {@link #undone} says what.
     */
    static Launcher open(Path stateFolder) throws IOException {
        return new LocalLauncher(stateFolder, undoLeftovers(stateFolder), new MachinePrograms());
    }

    /**
     * As {@link #open(Path)}, with everything that is started in a container of its own, on the network of this machine.
     *
     * @param image has the programs; empty: they are started as processes of this machine
     * @throws LaunchException if there is no container engine that answers, or it has no such image
     */
    static Launcher open(Path stateFolder, Optional<String> image) throws IOException {
        return new LocalLauncher(stateFolder, undoLeftovers(stateFolder), programs(image));
    }

    /**
     * As {@link #open()}, for one who has just undone what killed harnesses left.
     *
     * @param image as above
     * @throws LaunchException as above
     */
    static Launcher openAfter(Undone undone, Optional<String> image) throws IOException {
        return new LocalLauncher(Journal.stateFolderOfUser(), undone.sentences(), programs(image));
    }

    private static Programs programs(Optional<String> image) throws IOException {
        return image.isPresent() ? ImagePrograms.open(Docker.find(), image.get()) : new MachinePrograms();
    }

    /** A launcher that starts nothing: for targets that live in this process. */
    static Launcher none() {
        return NoLauncher.NONE;
    }

    /** Undoes what killed harnesses left in the user's state folder, as far as it can be. */
    static Undone undoAsFarAsPossible() throws IOException {
        return Leftovers.undo(Journal.folderIn(Journal.stateFolderOfUser()));
    }

    /** Undoes what killed harnesses left in this state folder; a sentence for each thing that was undone. */
    static List<String> undoLeftovers(Path stateFolder) throws IOException {
        return Leftovers.undo(Journal.folderIn(stateFolder)).sentences();
    }

    /**
     * Undoes what killed harnesses left in the user's state folder; a sentence for each thing that was undone.
     *
     * @throws LaunchException if something could not be undone; the message says what, and what was
     */
    static List<String> heal() throws IOException {
        Undone report = Leftovers.undo(Journal.folderIn(Journal.stateFolderOfUser()));
        if (!report.troubles().isEmpty()) {
            throw new LaunchException(String.join("; ", report.sentences()));
        }
        return report.undone();
    }

    /** What was found and undone when this launcher was opened, a sentence each; empty: nothing. */
    List<String> undone();

    /**
     * The program to run.
     *
     * @param nameOrPath looked up on {@code PATH} if it has no slash, of this machine or of the image of its containers
     * @param debianPackage the package that brings it
     * @throws LaunchException if there is none; the message says what to install
     */
    Path program(String nameOrPath, String debianPackage) throws LaunchException;

    /**
     * The first of some programs that there is, with links followed, so that what belongs to it stands beside it.
     *
     * @param namesOrPaths as above; in a path {@code *} is any folder, and the one with the highest number is taken:
     *     {@code /usr/lib/postgresql/*}{@code /bin/postgres}
     * @param debianPackage the package that brings it
     * @throws LaunchException if there is none; the message says what to install
     */
    Path installed(List<String> namesOrPaths, String debianPackage) throws LaunchException;

    /**
     * A library that programs load.
     *
     * @param debianPackage the package that brings it
     * @throws LaunchException if there is no such file; the message says what to install
     */
    Path library(String path, String debianPackage) throws LaunchException;

    /**
     * The java that servers run on: that of this process, in containers the one on {@code PATH}.
     *
     * @throws LaunchException if there is none; the message says what to install
     */
    Path java() throws LaunchException;

    /** Whether what is started here are processes of this machine, which run its programs and share its files, and no containers. */
    boolean ofThisMachine();

    /** Lets what is started from now on read a folder that was not made here; processes of this machine can anyway. */
    void lend(Path folder);

    /** Makes an empty folder in the temporary folder of this run. */
    Path newFolder(String name) throws IOException;

    /**
     * As whom servers run that refuse to run as root: empty, which is as the harness itself does, unless that is root. Then
     * the first of these users that this machine has.
     *
     * @param preferred names of users, the one that the store's package makes first; {@code nobody} is tried last
     * @throws LaunchException if the harness is root and this machine has none of them
     */
    Optional<String> serverUser(String... preferred) throws LaunchException;

    /**
     * Makes an empty folder in the temporary folder of this run, owned by this user and closed to others.
     *
     * @param user from {@link #serverUser}; empty: the harness's own
     */
    Path newFolder(String name, Optional<String> user) throws IOException;

    /**
     * Mounts a small disk in the temporary folder of this run. Unless {@link #removeDisk} is told before, it is unmounted when the
     * launcher is closed, or by the next one where the harness is killed.
     *
     * @param sizeBytes of memory that it may take; 1 or more
     * @param user who owns its folder, from {@link #serverUser}; empty: the harness's own
     * @throws LaunchException if it cannot be mounted; {@link SmallDisk#missing} says so before; never for containers
     */
    SmallDisk newDisk(String name, long sizeBytes, Optional<String> user) throws IOException;

    /** Unmounts a disk that {@link #newDisk} made; what was on it is gone. */
    void removeDisk(SmallDisk disk) throws IOException;

    /**
     * Makes a wall clock for a node. Unless {@link #removeClock} is told before, what it has in shared memory is removed when the
     * launcher is closed, or by the next one where the harness is killed.
     *
     * @param user as whom the node runs, from {@link #serverUser}; empty: as the harness does
     * @throws LaunchException if it cannot be made; {@link NodeClock#missing} says so before; never for containers
     */
    NodeClock newClock(String name, Optional<String> user) throws IOException;

    /** Removes what a clock that {@link #newClock} made has in shared memory; its node must have ended. */
    void removeClock(NodeClock clock) throws IOException;

    /** Deletes a folder that {@link #newFolder} made, with all that is in it. Links are removed, never followed. */
    void deleteFolder(Path folder) throws IOException;

    /**
     * A free port of the loopback address, held until it is released. It lies below the range from which the kernel takes
     * ports of outgoing connections, so that nobody takes it by accident while its node is down.
     */
    ReservedPort reservePort() throws IOException;

    /**
     * Starts a process; returns when it runs.
     *
     * @throws LaunchException if it cannot be started
     */
    NodeProcess start(Command command) throws IOException;

    /**
     * Runs a program to its end.
     *
     * @throws LaunchException if it cannot be started, ends with another exit code than 0, or not within the bound: then it
     *     is killed; the message has the last lines of its log
     */
    void complete(Command command, Duration bound) throws IOException;

    /**
     * Starts a process with which the harness talks by {@link NodeProcess#input} and {@link NodeProcess#output}; only its
     * standard error goes to the log.
     *
     * @throws LaunchException if it cannot be started
     */
    NodeProcess converse(Command command) throws IOException;

    /**
     * Remembers how to undo what is about to be done to something that this launcher did not start. Unless {@link #forgetUndo}
     * is told before, the command is run when the launcher is closed, or by the next one where the harness is killed: without a
     * log, in whatever folder, within 30 seconds.
     *
     * @param undo does no harm where nothing was done
     */
    void rememberUndo(Command undo) throws IOException;

    /** What {@link #rememberUndo} was told is undone. */
    void forgetUndo(Command undo) throws IOException;

    /**
     * A proxy for links between nodes, closed with the launcher.
     *
     * @param address of this machine at which nodes dial one another: the loopback address, unless they are elsewhere
     */
    LinkProxy linkProxy(InetAddress address) throws IOException;

    /** What this process and all that it has started have used so far; empty where no node is a process of this launcher. */
    Optional<Usage> usage();

    /**
     * Stops every process, proxy and fault, removes every temporary folder. Closing again does nothing.
     *
     * @throws IllegalStateException if something could not be undone; the message says what, and the next launcher will
     *     try again
     */
    @Override
    void close();
}
