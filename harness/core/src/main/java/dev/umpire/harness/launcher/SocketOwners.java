package dev.umpire.harness.launcher;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Which of some processes holds a socket: the kernel's table of connections gives the socket's inode by its two ports, and
 * a process that holds that inode has a file descriptor which links to it; proc(5), {@code /proc/net/tcp} and
 * {@code /proc/PID/fd}.
 */
final class SocketOwners {

    private static final List<Path> TABLES = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));

    /** The table is read in parts, and a row that others push over the edge of a part is missed. */
    private static final int LOOKS = 3;

    // columns of the table
    private static final int LOCAL = 1;
    private static final int REMOTE = 2;
    private static final int INODE = 9;

    private final Supplier<? extends Collection<NodeProcess>> processes;

    SocketOwners(Supplier<? extends Collection<NodeProcess>> processes) {
        this.processes = processes;
    }

    /**
     * The process that dialled a connection of this machine.
     *
     * @param from the port of the dialler's socket
     * @param to the port that it dialled
     * @return its name; empty if none of the processes holds the socket, as after it closed it
     */
    Optional<String> dialler(int from, int to) {
        for (int look = 0; look < LOOKS; look++) {
            Optional<String> socket = socket(from, to);
            if (socket.isPresent()) {
                return holder(socket.get());
            }
        }
        return Optional.empty();
    }

    /** What a file descriptor of this connection's dialling end links to: {@code socket:[4711]}. */
    private static Optional<String> socket(int from, int to) {
        String local = String.format(":%04X", from);
        String remote = String.format(":%04X", to);
        for (Path table : TABLES) {
            for (String row : rows(table)) {
                String[] columns = row.strip().split("\\s+", INODE + 2);
                if (columns.length > INODE
                        && columns[LOCAL].endsWith(local)
                        && columns[REMOTE].endsWith(remote)
                        && !columns[INODE].equals("0")) {
                    return Optional.of("socket:[" + columns[INODE] + "]");
                }
            }
        }
        return Optional.empty();
    }

    private static List<String> rows(Path table) {
        try {
            return Files.readAllLines(table);
        } catch (IOException noSuchTable) {
            return List.of(); // a kernel without IPv6 has one
        }
    }

    private Optional<String> holder(String socket) {
        for (NodeProcess process : processes.get()) {
            if (process.pid().filter(pid -> holds(pid, socket)).isPresent()) {
                return Optional.of(process.name());
            }
        }
        // a script that starts its server holds nothing itself; asked last, because it looks at all processes
        for (NodeProcess process : processes.get()) {
            Stream<ProcessHandle> started =
                    process.pid().flatMap(ProcessHandle::of).stream().flatMap(ProcessHandle::descendants);
            if (started.anyMatch(child -> holds(child.pid(), socket))) {
                return Optional.of(process.name());
            }
        }
        return Optional.empty();
    }

    private static boolean holds(long pid, String socket) {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/" + pid + "/fd"))) {
            for (Path descriptor : descriptors) {
                if (linksTo(descriptor, socket)) {
                    return true;
                }
            }
            return false;
        } catch (IOException goneOrForbidden) {
            return false;
        }
    }

    private static boolean linksTo(Path descriptor, String socket) {
        try {
            return Files.readSymbolicLink(descriptor).toString().equals(socket);
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }
}
