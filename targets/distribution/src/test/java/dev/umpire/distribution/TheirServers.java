package dev.umpire.distribution;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Three servers that somebody else has started, on machines of his own to which {@code ssh} leads. The machines are this one, and
 * {@code ssh} a script that knows of what the READMEs type the end of the line, and whose server is meant.
 */
final class TheirServers implements AutoCloseable {
    private static final int NODES = 3;
    private static final Duration LONGEST_START = Duration.ofSeconds(60);

    private final Path folder;
    private final List<Integer> ports;

    private TheirServers(Path folder, List<Integer> ports) {
        this.folder = folder;
        this.ports = ports;
    }

    /** A primary and two replicas that keep on disk what they acknowledge. */
    static TheirServers redis(Path folder, Shell shell) throws IOException, InterruptedException {
        TheirServers servers = new TheirServers(folder, freePorts());
        for (int node = 1; node <= NODES; node++) {
            String replicates = node == 1 ? "" : " --replicaof 127.0.0.1 " + servers.ports.get(0);
            servers.start(
                    shell,
                    node,
                    "redis-server --bind 127.0.0.1 --port " + servers.ports.get(node - 1) + " --dir "
                            + Files.createDirectory(folder.resolve("data-" + node))
                            + " --appendonly yes --appendfsync always" + replicates);
        }
        servers.awaitAll(shell);
        return servers;
    }

    /** The example of {@code targets/command}: a primary and two backups. */
    static TheirServers ofTheExample(Path folder, Shell shell) throws IOException, InterruptedException {
        TheirServers servers = new TheirServers(folder, freePorts());
        Path store = ReadmeBlock.ROOT.resolve("targets/command/example/store.py");
        for (int node = NODES; node >= 1; node--) {
            String backups = node == 1 ? " " + servers.ports.get(1) + " " + servers.ports.get(2) : "";
            servers.start(shell, node, "python3 '" + store + "' " + servers.ports.get(node - 1) + backups);
        }
        servers.awaitAll(shell);
        return servers;
    }

    static List<Integer> freePorts() throws IOException {
        try (ServerSocket one = loopback();
                ServerSocket two = loopback();
                ServerSocket three = loopback()) {
            return List.of(one.getLocalPort(), two.getLocalPort(), three.getLocalPort());
        }
    }

    private static ServerSocket loopback() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    private void start(Shell shell, int node, String command) throws IOException, InterruptedException {
        Path script = Files.writeString(
                folder.resolve("n" + node + ".start"),
                "%s >>'%s' 2>&1 </dev/null &\necho $! >'%s'\n"
                        .formatted(command, folder.resolve("n" + node + ".log"), pid(node)));
        Shell.Ended ended = shell.type("sh '" + script + "'");
        if (ended.code() != 0) {
            throw new IllegalStateException(command + ": " + ended.printed());
        }
    }

    private Path pid(int node) {
        return folder.resolve("n" + node + ".pid");
    }

    private void awaitAll(Shell shell) throws IOException {
        ports.forEach(TheirServers::awaitListening);
        shell.program("ssh", """
                shift
                pid=$(cat "%1$s/$UMPIRE_NODE.pid")
                case $* in
                    'systemctl kill -s KILL redis') kill -s KILL "$pid" ;;
                    'systemctl start redis') grep -qs '^State:.[RSDT]' "/proc/$pid/status" || sh "%1$s/$UMPIRE_NODE.start" ;;
                    'pkill -STOP mystored') kill -s STOP "$pid" ;;
                    'pkill -CONT mystored') kill -s CONT "$pid" ;;
                    *) echo "found ssh $*, expected what the READMEs type" >&2; exit 1 ;;
                esac
                """.formatted(folder));
    }

    static void awaitListening(int port) {
        await("port " + port).atMost(LONGEST_START).ignoreExceptions().until(() -> {
            new Socket(InetAddress.getLoopbackAddress(), port).close();
            return true;
        });
    }

    /** A line in which the addresses of the READMEs are those of these servers. */
    String at(String line, String port) {
        List<String> theirs = new ArrayList<>();
        for (int node = 1; node <= NODES; node++) {
            theirs.add("db" + node + ":" + port);
        }
        String named = "addresses=" + String.join(",", theirs);
        if (!line.contains(named)) {
            throw new IllegalArgumentException(line + ": expected " + named);
        }
        return line.replace(
                named,
                "addresses=" + ports.stream().map(one -> "127.0.0.1:" + one).collect(Collectors.joining(",")));
    }

    @Override
    public void close() throws IOException {
        for (int node = 1; node <= NODES; node++) {
            long pid = Long.parseLong(Files.readString(pid(node)).strip());
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }
    }
}
