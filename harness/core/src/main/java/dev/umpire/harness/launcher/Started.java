package dev.umpire.harness.launcher;

import java.io.IOException;
import java.util.Optional;

/** What was started for a node: a process of this machine, or a container. Calls block, but for those that say so. */
interface Started {

    /** Its streams, its end and its exit code; of a container those of the program that is attached to it. Does not block. */
    Process process();

    /** As it stands in the journal. Does not block. */
    Journal.Entry entry();

    /** The pid that it has on this machine; empty where none is known. Does not block. */
    Optional<Long> pid();

    /** Returns when it runs, or has ended. */
    void awaitRunning() throws IOException;

    /** Whether it was seen running, so that there is something to signal. Does not block. */
    boolean seenRunning();

    /** Sends a signal to it alone: {@code HUP}. */
    void signal(String name) throws IOException;

    /** Makes it stand still, with all that it has started. */
    void pause() throws IOException;

    /** Lets it go on; does nothing to one that does. */
    void resume() throws IOException;

    /**
     * Ends it at once, with all that it has started, paused or not, and waits until it is gone.
     *
     * @return what is still there after a while; empty: it is gone
     */
    Optional<String> kill() throws IOException;
}
