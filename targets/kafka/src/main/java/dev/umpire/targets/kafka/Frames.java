package dev.umpire.targets.kafka;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Bytes of one direction of a connection, wherever they were cut, made whole messages again: each with its size before it. */
final class Frames {

    private static final int MOST_BYTES = 128 << 20;
    private static final int FIRST_BYTES = 1024;

    private ByteBuffer kept = ByteBuffer.allocate(FIRST_BYTES).flip();

    /** Takes all of these bytes. */
    void add(ByteBuffer bytes) {
        ByteBuffer grown = kept;
        if (kept.capacity() - kept.limit() < bytes.remaining()) {
            grown = ByteBuffer.allocate(Math.max(FIRST_BYTES, 2 * (kept.remaining() + bytes.remaining())));
            grown.put(kept).flip();
        }
        int begin = grown.position();
        grown.position(grown.limit()).limit(grown.capacity());
        grown.put(bytes).flip().position(begin);
        kept = grown;
    }

    /**
     * The next whole message, its size before it; empty where it is not yet complete.
     *
     * @param leastBytes how large a message is at least
     * @throws IOException if what comes next is no size of one
     */
    Optional<ByteBuffer> next(int leastBytes) throws IOException {
        if (kept.remaining() < Integer.BYTES) {
            return Optional.empty();
        }
        int size = kept.getInt(kept.position());
        if (size < leastBytes || size > MOST_BYTES) {
            throw new IOException(
                    "found a message of " + size + " bytes, expected " + leastBytes + " to " + MOST_BYTES);
        }
        if (kept.remaining() - Integer.BYTES < size) {
            return Optional.empty();
        }
        ByteBuffer frame = ByteBuffer.allocate(Integer.BYTES + size);
        int end = kept.position() + frame.capacity();
        frame.put(kept.slice(kept.position(), frame.capacity())).flip();
        kept.position(end);
        return Optional.of(frame);
    }
}
