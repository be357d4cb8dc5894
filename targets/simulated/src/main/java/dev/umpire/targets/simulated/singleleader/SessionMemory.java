package dev.umpire.targets.simulated.singleleader;

import dev.umpire.harness.environment.KeyedRandom;

/** What a session remembers over its reconnects. */
final class SessionMemory {
    private final KeyedRandom.Stream choices;
    private long reads;
    private long connections;
    private long position;

    SessionMemory(KeyedRandom.Stream choices) {
        this.choices = choices;
    }

    /** The number of the connection that begins. */
    long nextConnection() {
        return connections++;
    }

    /** A number from 0 to {@code bound - 1} for this read. */
    int drawForRead(int bound) {
        return choices.below(bound, 2 * reads++);
    }

    /** A number from 0 to {@code bound - 1} for this connection; connection 0 stands for the whole session. */
    int drawForConnection(int bound, long connection) {
        return choices.below(bound, 2 * connection + 1);
    }

    /** The token: the furthest position that this session wrote or saw. */
    long position() {
        return position;
    }

    void reached(long newPosition) {
        position = Math.max(position, newPosition);
    }
}
