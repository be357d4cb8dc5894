package dev.umpire.targets.testcontainers;

/** A connection by which it is seen whether a node answers, or a link delivers. Its calls block. */
public interface ProbeConnection extends AutoCloseable {

    /**
     * Asks something that the node answers alone, within a second or two.
     *
     * @return the answer, for people
     * @throws Exception if there is none
     */
    String probe() throws Exception;

    @Override
    void close();
}
