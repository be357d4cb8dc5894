package dev.umpire.harness.run;

import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.NodeLogs;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;

/** One file for each node, {@code NAME.log}; thread-safe. */
public final class NodeLogFiles implements NodeLogs, AutoCloseable {

    private final Path folder;
    private final boolean traced;
    private final Map<Node, BufferedWriter> writers = new TreeMap<>();

    /**
     * Makes the folder.
     *
     * @param traced whether nodes tell of every message
     */
    public NodeLogFiles(Path folder, boolean traced) throws IOException {
        this.traced = traced;
        this.folder = Files.createDirectories(folder);
    }

    @Override
    public synchronized void append(Node node, String line) {
        try {
            BufferedWriter writer = writers.get(node);
            if (writer == null) {
                writer = Files.newBufferedWriter(
                        file(node), StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                writers.put(node, writer);
            }
            writer.write(line);
            writer.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException("log of " + node + ": " + e.getMessage(), e);
        }
    }

    @Override
    public boolean traced() {
        return traced;
    }

    @Override
    public Path file(Node node) {
        return folder.resolve(node.name() + ".log");
    }

    @Override
    public synchronized void close() throws IOException {
        for (BufferedWriter writer : writers.values()) {
            writer.close();
        }
        writers.clear();
    }
}
