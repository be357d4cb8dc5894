package dev.umpire.harness.launcher;

/** Starts what a real store needs and undoes it, also after the harness was killed. */
public interface Launcher extends AutoCloseable {

    /** Stops every process, proxy and fault, removes every temporary folder. Closing again does nothing. */
    @Override
    void close();
}
