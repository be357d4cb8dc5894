package dev.umpire.harness.external;

import dev.umpire.harness.launcher.LaunchException;
import java.io.IOException;

/** What a node is asked to see whether it answers, and whether a way to it carries: something that changes nothing. */
public interface Question {

    /** It as a part of a sentence: {@code PING}. */
    String words();

    /**
     * Dials. Blocks.
     *
     * @param port of the loopback address
     * @param boundMillis of the dialling, and of each answer
     * @throws LaunchException if the node refuses whoever asks, which asking again does not mend; says why, after the node's name
     * @throws IOException if it cannot
     */
    Line dial(int port, int boundMillis) throws IOException;

    /** A connection. Its calls block. */
    interface Line extends AutoCloseable {

        /**
         * Asks, and awaits the answer.
         *
         * @throws IOException if there is none within the bound
         */
        void ask() throws IOException;

        @Override
        void close();
    }
}
