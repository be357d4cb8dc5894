package dev.umpire.histories;

import java.util.List;

/**
 * Where a history came from.
 *
 * @param name the file's path as it was given, or "memory"
 * @param format {@code jsonl}, {@code edn}, {@code jepsen-log}, {@code etcd}, {@code dbcop}, {@code dbcop-json}, {@code plume},
 *     {@code awdit}, {@code binary} or {@code memory}
 * @param complete false for a recording of ours without its trailer: it was interrupted
 * @param droppedBytes bytes of a torn last line that were left out; 0 or more
 * @param warnings what is odd but readable, one sentence each, with its place
 */
public record Source(String name, String format, boolean complete, long droppedBytes, List<String> warnings) {
    public Source {
        warnings = List.copyOf(warnings);
    }
}
