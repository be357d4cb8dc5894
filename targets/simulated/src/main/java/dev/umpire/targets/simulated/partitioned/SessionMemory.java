package dev.umpire.targets.simulated.partitioned;

/** What a session remembers over its reconnects. */
final class SessionMemory {
    private long seen;

    /** The greatest time that this session wrote at or saw. */
    long seen() {
        return seen;
    }

    void sees(long time) {
        seen = Math.max(seen, time);
    }
}
