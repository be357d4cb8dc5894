package dev.umpire.targets.postgres;

import dev.umpire.harness.launcher.Command;
import dev.umpire.harness.launcher.LaunchException;
import dev.umpire.harness.sql.SqlNodes;
import dev.umpire.harness.target.Node;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a node gets what the primary has: by a copy of all, or by pg_rewind of what differs. Calls block. */
final class BaseBackup {

    private static final Duration BOUND = Duration.ofSeconds(20);

    private BaseBackup() {}

    /** How to copy the data of the node at a port into an empty folder, for a standby. */
    static Command command(Layout layout, Node node, int port, Path data) throws IOException {
        return PostgresStart.tool(
                layout,
                node,
                "pg_basebackup",
                data,
                List.of("-D", data.toString(), "-X", "stream", "-c", "fast", "--no-sync", "-d", source(port)));
    }

    /**
     * Brings the data of a node that does not run onto the timeline of the leader, as a standby's. The operator's tools dial
     * the leader itself: what is cut is the way of the nodes.
     */
    static void rejoin(Layout layout, Node node, Node leader) throws IOException {
        PostgresNode known = layout.at(node);
        int port = layout.at(leader).port();
        boolean rewound = layout.settings().rewind() && rewound(layout, node, leader, port);
        if (!rewound) {
            empty(known.data());
            layout.launcher().complete(command(layout, node, port, known.data()), BOUND);
        }
        layout.writeSettings(node, Optional.of(leader), true);
        Layout.writeRole(known.data(), true);
    }

    private static boolean rewound(Layout layout, Node node, Node leader, int port) throws IOException {
        PostgresNode known = layout.at(node);
        // pg_rewind first lets the crashed server recover alone, which a standby cannot
        Layout.writeRole(known.data(), false);
        // it takes the timeline from the leader's last checkpoint: before the first one of a new timeline it finds none
        boolean told = layout.answer(leader, Replication::checkpoint).orElse(false);
        if (!told) {
            return false;
        }
        List<String> arguments = new ArrayList<>(List.of(
                "-D",
                known.data().toString(),
                "--source-server",
                source(port) + " dbname=postgres",
                "--config-file",
                known.settings().resolve("postgresql.conf").toString(),
                "--no-sync"));
        try {
            layout.launcher().complete(PostgresStart.tool(layout, node, "pg_rewind", known.data(), arguments), BOUND);
            return true;
        } catch (LaunchException failed) {
            return false; // its log says why; a copy always works
        }
    }

    private static String source(int port) {
        return "host=127.0.0.1 port=" + port + " user=" + SqlNodes.USER + " connect_timeout=5";
    }

    private static void empty(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                delete(file);
            }
        }
    }

    private static void delete(Path file) throws IOException {
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            empty(file);
        }
        Files.delete(file);
    }
}
