package dev.umpire.targets.mariadb;

import dev.umpire.harness.cluster.DataFolders;
import dev.umpire.harness.launcher.Command;
import dev.umpire.harness.launcher.Launcher;
import dev.umpire.harness.sql.SqlNodes;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.StartContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How the servers of a cluster are started, however they replicate: data made once and copied, and a command for each. */
final class Servers {

    /** What a server has at its start takes a quarter of it. */
    static final long DISK_BYTES = 256L << 20;

    private static final Duration TO_MAKE_DATA = Duration.ofSeconds(60);

    /** What a killed process has written is with the operating system: only a killed machine would lose it. */
    private static final List<String> STORAGE = List.of(
            "--innodb-buffer-pool-size=32M",
            "--innodb-log-file-size=4M",
            "--innodb-flush-log-at-trx-commit=2",
            "--innodb-flush-method=nosync",
            "--innodb-doublewrite=0",
            "--sync-binlog=0",
            "--performance-schema=OFF",
            "--skip-name-resolve");

    private final StartContext context;
    private final DataFolders folders;
    private final Installation installation;
    private final Optional<String> user;

    private Servers(StartContext context, DataFolders folders, Installation installation, Optional<String> user) {
        this.context = context;
        this.folders = folders;
        this.installation = installation;
        this.user = user;
    }

    /** Finds the programs, of a version that is taken. Blocks. */
    static Servers find(StartContext context, DataFolders folders, MariadbSettings settings) throws IOException {
        Launcher launcher = context.launcher();
        Installation installation = Installation.find(launcher, settings.home());
        MariadbSettings.KNOWN.require(launcher, installation.server(), "Ver ", settings.version());
        return new Servers(context, folders, installation, launcher.serverUser("mysql"));
    }

    /** The first data of all nodes, in the folder of one. Blocks. */
    Path make(Node node) throws IOException {
        Path data = folders.folder(node, user);
        List<String> arguments = new ArrayList<>(List.of(
                "--no-defaults", "--datadir=" + data, "--auth-root-authentication-method=normal", "--debug-no-sync"));
        installation.base().ifPresent(base -> arguments.add("--basedir=" + base));
        arguments.addAll(STORAGE);
        context.launcher()
                .complete(
                        command("mariadb-install-db of " + node, installation.install(), arguments, data, node),
                        TO_MAKE_DATA);
        return data;
    }

    /** The folders of all nodes: that of the first, in which the data was made, and a copy for each other one. Blocks. */
    List<Path> copies(Path made) throws IOException {
        List<Path> all = new ArrayList<>(List.of(made));
        for (Node node : context.nodes().subList(1, context.nodes().size())) {
            all.add(copy(node, made));
        }
        return all;
    }

    private Path copy(Node node, Path made) throws IOException {
        Path folder = folders.folder(node, user);
        Launcher launcher = context.launcher();
        launcher.complete(
                command(
                        "copy of data for " + node,
                        launcher.program("cp", "coreutils"),
                        List.of("-a", made + "/.", folder.toString()),
                        folder,
                        node),
                TO_MAKE_DATA);
        return folder;
    }

    /**
     * How to start the server of a node.
     *
     * @param more arguments: how it replicates
     */
    Command server(Node node, Path data, int port, List<String> more) {
        List<String> arguments = new ArrayList<>(List.of("--no-defaults"));
        installation.base().ifPresent(base -> arguments.add("--basedir=" + base));
        arguments.addAll(STORAGE);
        arguments.addAll(List.of(
                "--datadir=" + data,
                "--tmpdir=" + data,
                "--bind-address=127.0.0.1",
                "--port=" + port,
                // in the data folder, as short as the system asks for
                "--socket=mariadbd.sock",
                "--pid-file=mariadbd.pid",
                // whoever connects is let in, under any name: that is how probes know their connections
                "--skip-grant-tables",
                "--max-connections=" + SqlNodes.mostConnections(context.sessions()),
                "--server-id=" + number(node),
                "--binlog-format=ROW"));
        arguments.addAll(more);
        return command(node.name(), installation.server(), arguments, data, node);
    }

    /** The number of a node, from 1 on. */
    int number(Node node) {
        return context.nodes().indexOf(node) + 1;
    }

    private Command command(String name, Path program, List<String> arguments, Path folder, Node node) {
        return new Command(
                        name,
                        program,
                        arguments,
                        folder,
                        Map.of("LC_ALL", "C", "TZ", "UTC"),
                        context.logs().file(node))
                .as(user);
    }
}
