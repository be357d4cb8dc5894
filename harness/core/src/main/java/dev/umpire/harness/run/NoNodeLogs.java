package dev.umpire.harness.run;

import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.NodeLogs;
import java.nio.file.Path;

/** Forgets what nodes say: for runs in memory. */
enum NoNodeLogs implements NodeLogs {
    FORGOTTEN;

    @Override
    public void append(Node node, String line) {}

    @Override
    public Path file(Node node) {
        throw new IllegalStateException(
                "log of " + node + ": this run is in memory, expected a target that needs no files");
    }
}
