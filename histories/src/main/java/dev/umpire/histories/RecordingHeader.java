package dev.umpire.histories;

import dev.umpire.histories.value.Value;
import java.util.List;

/**
 * The first line of a recording.
 *
 * @param nodes the names of the cluster's nodes
 * @param initial the value of every key before its first write
 */
public record RecordingHeader(List<String> nodes, Value initial) {
    public RecordingHeader {
        nodes = List.copyOf(nodes);
    }
}
