package dev.umpire.targets.simulated.partitioned;

/** What a session remembers over its reconnects. */
final class SessionMemory {
    private long connections;
    private long seen;

    /** The number of the connection that begins. */
    long nextConnection() {
        return connections++;
    }

    /** The greatest time that this session wrote at or saw. */
    long seen() {
        return seen;
    }

    void sees(long time) {
        seen = Math.max(seen, time);
    }
}
