package dev.umpire.targets.redis;

import dev.umpire.harness.launcher.NodeProcess;
import dev.umpire.harness.target.Node;
import java.nio.file.Path;

/**
 * A node as it was started.
 *
 * @param node its name
 * @param port where it listens
 * @param folder its data
 * @param process its process, which may be dead
 */
record RedisNode(Node node, int port, Path folder, NodeProcess process) {}
