package dev.umpire.harness.launcher;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Refuses to start anything. */
enum NoLauncher implements Launcher {
    NONE;

    @Override
    public List<String> undone() {
        return List.of();
    }

    @Override
    public Path program(String nameOrPath, String debianPackage) {
        throw refused("run " + nameOrPath);
    }

    @Override
    public Path installed(List<String> namesOrPaths, String debianPackage) {
        throw refused("run one of " + namesOrPaths);
    }

    @Override
    public Path library(String path, String debianPackage) {
        throw refused("load " + path);
    }

    @Override
    public Path java() {
        throw refused("run java");
    }

    @Override
    public boolean ofThisMachine() {
        throw refused("tell where it starts what it is told to");
    }

    @Override
    public void lend(Path folder) {
        throw refused("lend " + folder);
    }

    @Override
    public Path newFolder(String name) {
        throw refused("make the folder " + name);
    }

    @Override
    public Optional<String> serverUser(String... preferred) {
        throw refused("find a user for servers");
    }

    @Override
    public Path newFolder(String name, Optional<String> user) {
        throw refused("make the folder " + name);
    }

    @Override
    public SmallDisk newDisk(String name, long sizeBytes, Optional<String> user) {
        throw refused("mount the disk " + name);
    }

    @Override
    public void removeDisk(SmallDisk disk) {
        throw refused("unmount a disk");
    }

    @Override
    public NodeClock newClock(String name, Optional<String> user) {
        throw refused("make the clock " + name);
    }

    @Override
    public void removeClock(NodeClock clock) {
        throw refused("remove a clock");
    }

    @Override
    public void deleteFolder(Path folder) {
        throw refused("delete " + folder);
    }

    @Override
    public ReservedPort reservePort() {
        throw refused("reserve a port");
    }

    @Override
    public NodeProcess start(Command command) {
        throw refused("start " + command.name());
    }

    @Override
    public void complete(Command command, Duration bound) {
        throw refused("run " + command.name());
    }

    @Override
    public NodeProcess converse(Command command) {
        throw refused("talk to " + command.name());
    }

    @Override
    public void rememberUndo(Command undo) {
        throw refused("remember " + undo.name());
    }

    @Override
    public void forgetUndo(Command undo) {
        throw refused("forget " + undo.name());
    }

    @Override
    public LinkProxy linkProxy(InetAddress address) {
        throw refused("open a link proxy");
    }

    @Override
    public Optional<Usage> usage() {
        return Optional.empty();
    }

    @Override
    public void close() {}

    private static IllegalStateException refused(String what) {
        return new IllegalStateException(
                "this run has no launcher: asked to " + what + ", expected a target in memory");
    }
}
