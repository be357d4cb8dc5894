package dev.umpire.harness.launcher;

import dev.umpire.harness.environment.Uninterruptibly;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Starts processes of this machine, or containers, each written into the journal before it runs. */
final class LocalLauncher implements Launcher {

    private static final int FOLDER_ATTEMPTS = 100;
    private static final Duration TO_MOUNT = Duration.ofSeconds(10);

    private final Object closing = new Object();
    private final Path stateFolder;
    private final List<String> undone;
    private final Programs programs;
    private final List<NodeProcess> processes = new CopyOnWriteArrayList<>(); // read by proxies without the lock
    private final List<LinkProxy> proxies = new ArrayList<>();
    private final List<ReservedPort> ports = new ArrayList<>();
    private @Nullable Journal journal;
    private @Nullable Path runFolder;
    private @Nullable Thread shutdownHook;
    private boolean closed;

    LocalLauncher(Path stateFolder, List<String> undone, Programs programs) {
        this.stateFolder = stateFolder;
        this.undone = List.copyOf(undone);
        this.programs = programs;
    }

    @Override
    public List<String> undone() {
        return undone;
    }

    @Override
    public Path program(String nameOrPath, String debianPackage) throws LaunchException {
        return find(List.of(nameOrPath), Programs.Kind.PROGRAM, debianPackage).path();
    }

    @Override
    public Path installed(List<String> namesOrPaths, String debianPackage) throws LaunchException {
        return find(namesOrPaths, Programs.Kind.PROGRAM, debianPackage).real();
    }

    @Override
    public Path library(String path, String debianPackage) throws LaunchException {
        return find(List.of(path), Programs.Kind.LIBRARY, debianPackage).path();
    }

    @Override
    public synchronized Path java() throws LaunchException {
        journalContainers();
        return programs.java();
    }

    private synchronized Programs.Found find(List<String> places, Programs.Kind kind, String debianPackage)
            throws LaunchException {
        journalContainers();
        return programs.find(places, kind, debianPackage);
    }

    /** What looks into an image is a container too. */
    private void journalContainers() throws LaunchException {
        if (programs.removal().isPresent()) {
            try {
                journal();
            } catch (IOException e) {
                throw new LaunchException("the journal could not be written: " + e.getMessage(), e);
            }
        }
    }

    @Override
    public boolean ofThisMachine() {
        return programs.nothingOfTheirOwn().isEmpty();
    }

    @Override
    public synchronized void lend(Path folder) {
        programs.lend(folder);
    }

    @Override
    public synchronized Path newFolder(String name) throws IOException {
        Path parent = runFolder();
        int number = 1;
        while (number <= FOLDER_ATTEMPTS) {
            try {
                return Files.createDirectory(parent.resolve(number == 1 ? name : name + "-" + number));
            } catch (FileAlreadyExistsException taken) {
                number++;
            }
        }
        throw new IOException(parent.resolve(name) + ": found " + FOLDER_ATTEMPTS + " folders of this name");
    }

    @Override
    public Optional<String> serverUser(String... preferred) throws LaunchException {
        return ServerUser.find(List.of(preferred)).map(ServerUser::name);
    }

    @Override
    public synchronized Path newFolder(String name, Optional<String> user) throws IOException {
        Path folder = newFolder(name);
        if (user.isPresent()) {
            ServerUser.named(user.get()).own(folder);
        }
        return folder;
    }

    @Override
    public synchronized SmallDisk newDisk(String name, long sizeBytes, Optional<String> user) throws IOException {
        refuseNothingOfTheirOwn("disk " + name);
        Path place = newFolder(name + "-disk", user);
        SmallDisk disk = SmallDisk.at(place, sizeBytes, this);
        rememberUndo(disk.unmounting());
        complete(disk.mounting(this, place.resolveSibling(name + "-disk.log")), TO_MOUNT);
        Files.createDirectory(disk.folder());
        if (user.isPresent()) {
            ServerUser.named(user.get()).own(disk.folder());
        }
        return disk;
    }

    @Override
    public synchronized void removeDisk(SmallDisk disk) throws IOException {
        Undo.of(disk.unmounting()).run();
        forgetUndo(disk.unmounting());
    }

    @Override
    public synchronized NodeClock newClock(String name, Optional<String> user) throws IOException {
        refuseNothingOfTheirOwn("clock " + name);
        Path folder = newFolder(name + "-clock", user);
        NodeClock clock = NodeClock.at(folder, "umpire-" + journal().name() + "-" + folder.getFileName(), this);
        rememberUndo(clock.removing());
        clock.make();
        return clock;
    }

    @Override
    public synchronized void removeClock(NodeClock clock) throws IOException {
        Undo.of(clock.removing()).run();
        forgetUndo(clock.removing());
    }

    private void refuseNothingOfTheirOwn(String what) throws LaunchException {
        Optional<String> why = programs.nothingOfTheirOwn();
        if (why.isPresent()) {
            throw new LaunchException(what + ": " + why.get());
        }
    }

    private Path runFolder() throws IOException {
        Path folder = runFolder;
        if (folder != null) {
            return folder;
        }
        Journal inForce = journal();
        for (int attempt = 0; attempt < FOLDER_ATTEMPTS; attempt++) {
            Path place = RunFolder.place(inForce.name(), attempt);
            if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
                continue; // of an earlier boot, or somebody else's
            }
            inForce.addFolder(place);
            try {
                RunFolder.make(place, inForce.name());
                // resolved, because /proc names working folders so
                runFolder = place.toRealPath();
                return runFolder;
            } catch (FileAlreadyExistsException takenMeanwhile) {
                inForce.removeFolder(place);
            }
        }
        throw new IOException(RunFolder.place(inForce.name(), 0) + ": found " + FOLDER_ATTEMPTS + " of them taken");
    }

    @Override
    public synchronized void deleteFolder(Path folder) throws IOException {
        Path parent = runFolder;
        if (parent == null
                || !folder.normalize().startsWith(parent)
                || folder.normalize().equals(parent)) {
            throw new IllegalArgumentException("folder: found " + folder + ", expected one that newFolder made");
        }
        FolderTree.delete(folder.normalize());
    }

    @Override
    public synchronized ReservedPort reservePort() throws IOException {
        refuseIfClosed();
        // each begins elsewhere and goes on from there: the port of a node that is down is free, and to be left alone
        int place = ports.isEmpty()
                ? runFolder().hashCode()
                : ports.get(ports.size() - 1).nextPlace();
        ReservedPort port = ReservedPort.take(place);
        ports.add(port);
        return port;
    }

    @Override
    public NodeProcess start(Command command) throws IOException {
        return started(new NodeProcess(this, command, false));
    }

    @Override
    public NodeProcess converse(Command command) throws IOException {
        return started(new NodeProcess(this, command, true));
    }

    private static NodeProcess started(NodeProcess process) throws IOException {
        process.start();
        return process;
    }

    @Override
    public synchronized void rememberUndo(Command undo) throws IOException {
        journal().add(Undo.of(undo));
    }

    @Override
    public synchronized void forgetUndo(Command undo) throws IOException {
        Journal inForce = journal;
        if (inForce != null) {
            inForce.remove(Undo.of(undo));
        }
    }

    @Override
    public void complete(Command command, Duration bound) throws IOException {
        NodeProcess process = start(command);
        try {
            process.complete(bound);
        } finally {
            process.kill();
        }
    }

    /**
     * Starts the process of a node, written ahead.
     *
     * @param conversing whether the harness talks to it
     */
    synchronized Started launch(NodeProcess node, Command command, boolean conversing) throws IOException {
        Journal inForce = journal();
        Programs.Start start = programs.start(command, conversing, Optional.ofNullable(runFolder));
        Journal.Entry ahead = new Journal.Entry(
                command.name(), start.program(), command.folder().toRealPath().toString(), 0, 0);
        inForce.add(ahead);
        Process process;
        try {
            process = ready(start, command, conversing).start();
        } catch (IOException e) {
            inForce.remove(ahead);
            throw new LaunchException(
                    command.name() + ": could not start " + command.program() + ": " + e.getMessage(), e);
        }
        // one that ended at once has no identity any more: then its pid must never be signalled
        Optional<ProcessIdentity> identity = ProcessIdentity.of(process.pid());
        Journal.Entry entry = identity.map(found -> new Journal.Entry(
                        // by now it may still be what changes the user
                        ahead.name(),
                        command.user().isPresent() ? start.program() : found.program(),
                        ahead.folder(),
                        found.pid(),
                        found.startTicks()))
                .orElse(ahead);
        try {
            inForce.replace(ahead, entry);
        } catch (IOException | RuntimeException unwritten) {
            endUnwritten(process, identity, unwritten);
            throw unwritten;
        }
        if (!processes.contains(node)) {
            processes.add(node);
        }
        return start.way().of(process, identity, entry);
    }

    private static ProcessBuilder ready(Programs.Start start, Command command, boolean conversing) {
        ProcessBuilder.Redirect log =
                ProcessBuilder.Redirect.appendTo(command.log().toFile());
        ProcessBuilder builder =
                new ProcessBuilder(start.words()).directory(command.folder().toFile());
        if (conversing) {
            builder.redirectError(log);
        } else {
            builder.redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(log);
        }
        builder.environment().putAll(start.variables());
        return builder;
    }

    /** Nobody would hold it, and the journal is deleted in the end as if it had never been. */
    private static void endUnwritten(Process process, Optional<ProcessIdentity> identity, Exception why) {
        try {
            if (identity.isPresent()) {
                identity.get().kill();
            }
        } catch (IOException e) {
            why.addSuppressed(e);
        }
        if (!Uninterruptibly.awaitEnd(process.destroyForcibly(), Duration.ofSeconds(ProcessIdentity.KILL_SECONDS))) {
            why.addSuppressed(new LaunchException("process " + process.pid() + " is still there "
                    + ProcessIdentity.KILL_SECONDS + " s after SIGKILL"));
        }
    }

    /** Forgets a process that is gone. */
    synchronized void forget(Journal.Entry entry) throws IOException {
        Journal inForce = journal;
        if (inForce != null) {
            inForce.remove(entry);
        }
    }

    @Override
    public synchronized LinkProxy linkProxy(InetAddress address) throws IOException {
        refuseIfClosed();
        LinkProxy proxy = LinkProxy.open(address, new SocketOwners(() -> processes));
        proxies.add(proxy);
        return proxy;
    }

    @Override
    public Optional<Usage> usage() {
        return processes.isEmpty()
                ? Optional.empty()
                : Optional.of(Usage.of(processes.stream()
                        .flatMap(process -> process.pid().stream())
                        .toList()));
    }

    private Journal journal() throws IOException {
        refuseIfClosed();
        Journal inForce = journal;
        if (inForce == null) {
            inForce = Journal.create(Journal.folderIn(stateFolder));
            journal = inForce;
            Optional<Command> removal = programs.removal();
            if (removal.isPresent()) {
                inForce.add(Undo.of(removal.get()));
            }
            Thread hook = new Thread(this::closeAtExit, "umpire-launcher-shutdown");
            Runtime.getRuntime().addShutdownHook(hook);
            shutdownHook = hook;
        }
        return inForce;
    }

    private void refuseIfClosed() {
        if (closed) {
            throw new IllegalStateException("launcher: found it closed, expected it open");
        }
    }

    @Override
    public void close() {
        Uninterruptibly.run("closing", this::giveAllBack);
    }

    private void closeAtExit() {
        try {
            close();
        } catch (IllegalStateException e) {
            LastWords.say(e.getMessage() + ", or now: umpire heal");
        }
    }

    private void giveAllBack() {
        // of its own: a node that is being restarted holds its lock and asks for the launcher's
        synchronized (closing) {
            List<String> troubles = new ArrayList<>();
            for (NodeProcess process : refuseMore()) {
                try {
                    process.kill();
                } catch (IOException e) {
                    troubles.add(String.valueOf(e.getMessage()));
                }
            }
            undoWhatIsOwed(troubles);
            if (troubles.isEmpty()) {
                removeFolderAndJournal(troubles);
            }
            if (!troubles.isEmpty()) {
                throw new IllegalStateException(
                        "could not undo everything: " + String.join("; ", troubles) + "; the next run will try again");
            }
        }
    }

    private synchronized void undoWhatIsOwed(List<String> troubles) {
        Journal inForce = journal;
        if (inForce == null) {
            return;
        }
        for (Undo undo : inForce.owed()) {
            try {
                undo.run();
                inForce.remove(undo);
            } catch (IOException e) {
                troubles.add(String.valueOf(e.getMessage()));
            }
        }
    }

    private synchronized List<NodeProcess> refuseMore() {
        closed = true;
        ports.forEach(ReservedPort::release);
        proxies.forEach(LinkProxy::close);
        return List.copyOf(processes);
    }

    private synchronized void removeFolderAndJournal(List<String> troubles) {
        Journal inForce = journal;
        if (inForce == null) {
            return;
        }
        try {
            Path folder = runFolder;
            if (folder != null) {
                RunFolder.delete(folder, inForce.name());
            }
            inForce.delete();
            journal = null;
            removeShutdownHook();
        } catch (IOException e) {
            troubles.add(String.valueOf(e.getMessage()));
        }
    }

    private void removeShutdownHook() {
        Thread hook = shutdownHook;
        if (hook != null && Thread.currentThread() != hook) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException alreadyShuttingDown) {
                return; // the hook finds nothing to do
            }
        }
    }
}
