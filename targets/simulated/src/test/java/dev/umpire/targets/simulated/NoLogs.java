package dev.umpire.targets.simulated;

import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.NodeLogs;
import java.nio.file.Path;

/** What nodes of a test say to nobody. */
public final class NoLogs implements NodeLogs {
    @Override
    public void append(Node node, String line) {}

    @Override
    public Path file(Node node) {
        throw new UnsupportedOperationException("no files in this test");
    }
}
