package dev.umpire.targets.simulated.partitioned;

import dev.umpire.histories.value.Value;
import dev.umpire.targets.simulated.world.Disk;
import dev.umpire.targets.simulated.world.LogFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one node holds of one partition: its commits (on disk) and all versions of its registers, which follow from those
 * commits that are synced (in memory).
 */
final class Copy {
    /** The most commits of one message. */
    private static final int BATCH = 512;

    private final Disk disk;
    private final LogFile<Commit> commits;
    private final Map<Value, List<Commit>> versions = new HashMap<>();
    private int shown;

    Copy(Disk disk, int partition) {
        this.disk = disk;
        this.commits = disk.log("partition-" + partition, Commit::withValue);
        show(commits.size());
    }

    /** How many commits were written. */
    int size() {
        return commits.size();
    }

    /** How many commits are synced, and shown to readers. */
    int shown() {
        return shown;
    }

    /** The time of the last commit that was written; 0: there is none. */
    long lastTime() {
        return commits.size() == 0 ? 0 : commits.get(commits.size() - 1).time();
    }

    /** Takes over commits that follow the first {@code before}, as far as they are new; none where one would be missing. */
    void append(int before, List<Commit> following) {
        if (before > commits.size()) {
            return;
        }
        for (int i = commits.size() - before; i < following.size(); i++) {
            commits.append(following.get(i));
        }
    }

    /** Shows what was written up to now once it is synced, then calls {@code done}; at once where it is. */
    void sync(Runnable done) {
        int upTo = commits.size();
        if (shown == upTo) {
            done.run();
            return;
        }
        disk.sync(() -> {
            show(upTo);
            done.run();
        });
    }

    private void show(int upTo) {
        while (shown < upTo) {
            Commit commit = commits.get(shown++);
            versions.computeIfAbsent(commit.key(), absent -> new ArrayList<>()).add(commit);
        }
    }

    /** What is shown after the first {@code before} commits, as many as one message holds. */
    List<Commit> batch(int before) {
        return commits.copy(before, Math.min(shown, before + BATCH));
    }

    /** The version of a register after all commits that are shown. */
    Commit newest(Value key) {
        return asOf(key, Long.MAX_VALUE);
    }

    /** The version of a register after all commits up to a time. */
    Commit asOf(Value key, long time) {
        List<Commit> all = versions.getOrDefault(key, List.of());
        int least = 0;
        int most = all.size();
        while (least < most) {
            int middle = (least + most) >>> 1;
            if (all.get(middle).time() <= time) {
                least = middle + 1;
            } else {
                most = middle;
            }
        }
        return least == 0 ? new Commit(0, key, Value.NIL) : all.get(least - 1);
    }
}
