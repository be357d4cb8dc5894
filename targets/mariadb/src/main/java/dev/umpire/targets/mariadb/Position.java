package dev.umpire.targets.mariadb;

import java.util.HashMap;
import java.util.Map;

/**
 * How far something has come in each replication domain. A domain is the number of the node that writes it.
 *
 * @param sequences by domain, the last sequence number in it
 */
record Position(Map<Long, Long> sequences) {

    Position {
        sequences = Map.copyOf(sequences);
    }

    /** Reads global transaction ids, {@code domain-server-sequence}: {@code 1-1-57,2-2-30}; of nothing: an empty text. */
    static Position of(String gtids) {
        Map<Long, Long> sequences = new HashMap<>();
        for (String gtid : gtids.split(",", -1)) {
            if (!gtid.isBlank()) {
                String[] parts = gtid.strip().split("-", -1);
                sequences.put(Long.parseLong(parts[0]), Long.parseLong(parts[2]));
            }
        }
        return new Position(sequences);
    }

    /** Whether all of the other one is included. */
    boolean includes(Position other) {
        return other.sequences.entrySet().stream()
                .allMatch(one -> sequences.getOrDefault(one.getKey(), 0L) >= one.getValue());
    }
}
