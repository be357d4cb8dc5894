package dev.umpire.harness.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * System V shared memory, which the kernel keeps when who made it is killed. A server of PostgreSQL makes 56 bytes of it, by which
 * it knows whether another one uses its data; a machine has room for 4,096 such pieces.
 */
final class SharedMemory {
    private static final Path PIECES = Path.of("/proc/sysvipc/shm");

    // the columns, proc(5)
    private static final int ID = 1;
    private static final int MADE_BY = 4;
    private static final int ATTACHED = 6;
    private static final int CHANGED_SECONDS = 13;

    private SharedMemory() {}

    /**
     * Removes what a process has made that is gone, where nobody uses it any more.
     *
     * @param started when the process did: what is older was made by another one that had its pid
     */
    static void removeThatOf(long pid, Instant started) throws IOException {
        List<String> unused = unused(pid, started);
        if (!unused.isEmpty()) {
            // what was removed meanwhile is as gone as it can be
            ProcessIdentity.shell("ipcrm -m " + String.join(" -m ", unused) + " 2>/dev/null; true");
        }
    }

    private static List<String> unused(long pid, Instant started) throws IOException {
        List<String> ids = new ArrayList<>();
        if (!Files.isReadable(PIECES)) {
            return ids; // a kernel without them
        }
        List<String> lines = Files.readAllLines(PIECES);
        for (String line : lines.subList(1, lines.size())) {
            String[] columns = line.strip().split(" +", -1);
            if (columns[MADE_BY].equals(String.valueOf(pid))
                    && columns[ATTACHED].equals("0")
                    && Long.parseLong(columns[CHANGED_SECONDS]) >= started.getEpochSecond()) {
                ids.add(columns[ID]);
            }
        }
        return ids;
    }
}
