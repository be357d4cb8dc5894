package dev.umpire.harness.report;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The end of what a node said in its own log.
 *
 * @param node its name
 * @param lines the last lines, in their order
 * @param leftOutBytes what stands before them in the file
 */
record NodeLog(String node, List<String> lines, long leftOutBytes) {
    private static final String ENDING = ".log";
    private static final int MOST_BYTES = 32 * 1024;

    NodeLog {
        lines = List.copyOf(lines);
    }

    /** Whether the node wrote nothing. */
    boolean isEmpty() {
        return lines.isEmpty() && leftOutBytes == 0;
    }

    /** Those of a folder, in the order of their names; none where there is no such folder. */
    static List<NodeLog> in(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<NodeLog> logs = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(one -> one.toString().endsWith(ENDING))
                    .sorted()
                    .toList()) {
                logs.add(read(file));
            }
        }
        return logs;
    }

    /** The file of a node's log. */
    static Path file(Path folder, String node) {
        return folder.resolve(node + ENDING);
    }

    private static NodeLog read(Path file) throws IOException {
        String name = file.getFileName().toString();
        String node = name.substring(0, name.length() - ENDING.length());
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            long begin = Math.max(0, channel.size() - MOST_BYTES);
            ByteBuffer end = ByteBuffer.allocate(MOST_BYTES);
            channel.position(begin);
            while (end.hasRemaining() && channel.read(end) >= 0) {
                // a read may bring less than it could
            }
            List<String> lines = new String(end.array(), 0, end.position(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            // where the beginning is left out, the first line is half a line
            return new NodeLog(node, begin == 0 ? lines : lines.subList(1, lines.size()), begin);
        }
    }
}
