package dev.umpire.targets.simulated.log;

import dev.umpire.targets.simulated.world.Disk;
import dev.umpire.targets.simulated.world.LogFile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One node's copy of a partition on its disk, and what follows from it: how far each producer is. */
final class PartitionLog {
    private final LogFile<Entry> file;
    private final Map<Long, Place> producers = new HashMap<>();

    /** The last record of a producer. */
    record Place(long sequence, long offset) {}

    PartitionLog(Disk disk, int partition) {
        this.file = disk.log("partition-" + partition, Entry::withValue);
        note(0);
    }

    /** The offset behind the last record. */
    long end() {
        return file.size();
    }

    Entry get(long offset) {
        return file.get((int) offset);
    }

    /** The records from an offset on, before another. */
    List<Entry> copy(long from, long end) {
        return file.copy((int) from, (int) Math.max(from, end));
    }

    /** The epoch of the record before an offset; 0 if there is none. */
    long epochBefore(long offset) {
        return offset < 1 || offset > file.size() ? 0 : get(offset - 1).epoch();
    }

    /** The offset behind the last record of an epoch or of older ones; epochs never fall along the log. */
    long endOfEpoch(long epoch) {
        long end = file.size();
        while (end > 0 && get(end - 1).epoch() > epoch) {
            end--;
        }
        return end;
    }

    /** Appends a record; returns its offset. */
    long append(Entry entry) {
        int offset = file.size();
        file.append(entry);
        note(offset);
        return offset;
    }

    /** Cuts off the record at an offset and all behind it. */
    void truncate(long offset) {
        file.truncate((int) offset);
        producers.clear();
        note(0);
    }

    private void note(int from) {
        for (int offset = from; offset < file.size(); offset++) {
            Entry entry = file.get(offset);
            if (entry.producer() != Entry.NO_PRODUCER) {
                producers.put(entry.producer(), new Place(entry.sequence(), offset));
            }
        }
    }

    /** Where the last record of a producer stands. */
    Optional<Place> lastOf(long producer) {
        return Optional.ofNullable(producers.get(producer));
    }
}
