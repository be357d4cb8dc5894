package dev.umpire.targets.mariadb;

import dev.umpire.harness.launcher.NodeProcess;
import java.nio.file.Path;

/**
 * A node as it was started.
 *
 * @param port where it listens
 * @param data its data; the server's working folder
 * @param process its process, which may be dead
 */
record MariadbNode(int port, Path data, NodeProcess process) {}
