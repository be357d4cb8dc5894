package dev.umpire.targets.postgres;

import dev.umpire.harness.launcher.NodeProcess;
import dev.umpire.harness.target.Node;
import java.nio.file.Path;

/**
 * A node as it was started.
 *
 * @param node its name
 * @param port where it listens
 * @param data its data; the server's working folder
 * @param settings its settings, apart from its data, because pg_rewind overwrites what stands among them
 * @param process its process, which may be dead
 */
record PostgresNode(Node node, int port, Path data, Path settings, NodeProcess process) {}
