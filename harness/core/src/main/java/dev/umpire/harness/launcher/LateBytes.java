package dev.umpire.harness.launcher;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;

/** Bytes of one way that are held back until their time, in the order in which they came. */
final class LateBytes {

    /** More is left in the sender's socket, which then waits as for any slow link. */
    private static final int MOST_BYTES = 1 << 20;

    private final Queue<Chunk> chunks = new ArrayDeque<>();
    private int sizeBytes;

    private record Chunk(long dueNanos, ByteBuffer bytes) {}

    boolean isEmpty() {
        return chunks.isEmpty();
    }

    boolean isFull() {
        return sizeBytes >= MOST_BYTES;
    }

    /** Holds the buffer's bytes back, which may be none, and empties it. */
    void add(long dueNanos, ByteBuffer buffer) {
        ByteBuffer bytes = ByteBuffer.allocate(buffer.remaining()).put(buffer).flip();
        chunks.add(new Chunk(dueNanos, bytes));
        sizeBytes += bytes.remaining();
    }

    /** When the first of them are due; only where there are some. */
    long dueNanos() {
        return chunks.element().dueNanos();
    }

    /** Whether the first of them are due, by {@link System#nanoTime}. */
    boolean isDue(long nowNanos) {
        return !chunks.isEmpty() && dueNanos() - nowNanos <= 0;
    }

    /** Lets nothing be due later than this. */
    void dueBy(long latestNanos) {
        for (int left = chunks.size(); left > 0; left--) {
            Chunk chunk = chunks.remove();
            chunks.add(chunk.dueNanos() - latestNanos > 0 ? new Chunk(latestNanos, chunk.bytes()) : chunk);
        }
    }

    /** Takes the first of them. */
    ByteBuffer take() {
        ByteBuffer bytes = chunks.remove().bytes();
        sizeBytes -= bytes.remaining();
        return bytes;
    }
}
