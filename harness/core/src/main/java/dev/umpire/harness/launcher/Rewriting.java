package dev.umpire.harness.launcher;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * What is made of one connection's bytes on their way through a {@link LinkProxy}, for stores whose nodes tell their clients
 * where to go on. Used by the thread that carries everything, so it must not block.
 */
public interface Rewriting {

    /** Every byte as it was sent. */
    Rewriting NONE = new Rewriting() {
        @Override
        public void sent(ByteBuffer bytes) {
            // carried as they are
        }

        @Override
        public ByteBuffer answered(ByteBuffer bytes) {
            return bytes;
        }
    };

    /**
     * Sees what the dialler has sent, which is carried as it is.
     *
     * @param bytes some, wherever a message ends; may be read to their end
     * @throws IOException if they are not understood; the connection is reset then
     */
    void sent(ByteBuffer bytes) throws IOException;

    /**
     * What the dialler is given instead of what the listening node has answered.
     *
     * @param bytes some, wherever a message ends; theirs who call when this returns, unless they are what it returns
     * @return what can be given by now; none where a message is not complete
     * @throws IOException if they are not understood; the connection is reset then
     */
    ByteBuffer answered(ByteBuffer bytes) throws IOException;
}
