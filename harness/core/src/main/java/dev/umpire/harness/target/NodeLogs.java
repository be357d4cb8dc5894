package dev.umpire.harness.target;

import java.nio.file.Path;

/** Where the nodes' own logs of this run go. */
public interface NodeLogs {

    /** Appends one line to the node's log. */
    void append(Node node, String line);

    /** Whether a simulated store is to tell of every message that a node gets from another: for runs of a few operations. */
    default boolean traced() {
        return false;
    }

    /** The file of the node's log, for a process that writes it itself. Its folder exists. */
    Path file(Node node);
}
