package dev.umpire.harness.cluster;

import dev.umpire.harness.launcher.SmallDisk;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.StartContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where nodes have their data: each on a small disk of its own where a plan wants to fill disks, else in folders. Thread-safe;
 * calls block.
 */
public final class DataFolders {

    private final Holdings holdings;
    private final boolean onDisks;
    private final long diskBytes;
    private final Map<Node, SmallDisk> disks = new ConcurrentHashMap<>();

    /** These kinds, with full disks where this machine lets small ones be mounted, else without. */
    public static Set<FaultKind> andFullDisk(Set<FaultKind> kinds) {
        Set<FaultKind> all = EnumSet.copyOf(kinds);
        if (SmallDisk.missing().isEmpty()) {
            all.add(FaultKind.FULL_DISK);
        } else {
            all.remove(FaultKind.FULL_DISK);
        }
        return all;
    }

    /** Why full disks are not among them; as {@link dev.umpire.harness.target.Target#missingFor}. */
    public static Optional<String> missingFor(FaultKind kind) {
        return kind == FaultKind.FULL_DISK ? SmallDisk.missing() : Optional.empty();
    }

    /**
     * For a cluster that is about to start.
     *
     * @param diskBytes what a small disk holds: enough for the data of a run, as it is memory
     */
    public DataFolders(StartContext context, Holdings holdings, long diskBytes) {
        this.holdings = holdings;
        this.onDisks = context.faults().contains(FaultKind.FULL_DISK);
        this.diskBytes = diskBytes;
    }

    /**
     * An empty folder for a node's data.
     *
     * @param user who owns it; empty: the harness's own
     */
    public Path folder(Node node, Optional<String> user) throws IOException {
        if (!onDisks) {
            return holdings.folder(node.name(), user);
        }
        SmallDisk disk = holdings.disk(node.name(), diskBytes, user);
        disks.put(node, disk);
        return disk.folder();
    }

    /** The small disk that a node's data is on; empty: they are in a folder. */
    public Optional<SmallDisk> disk(Node node) {
        return Optional.ofNullable(disks.get(node));
    }
}
