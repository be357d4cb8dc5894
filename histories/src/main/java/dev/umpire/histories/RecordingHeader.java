package dev.umpire.histories;

import dev.umpire.histories.value.Value;
import java.util.List;

/**
 * The first line of a recording.
 *
 * @param nodes the names of the cluster's nodes
 * @param initial the value of every key before its first write
 * @param realTime whether the order of events means anything between sessions; see {@link History#realTime}
 */
public record RecordingHeader(List<String> nodes, Value initial, boolean realTime) {
    public RecordingHeader {
        nodes = List.copyOf(nodes);
    }

    /** The header of a recording whose events stand in the order in which they happened. */
    public RecordingHeader(List<String> nodes, Value initial) {
        this(nodes, initial, true);
    }
}
