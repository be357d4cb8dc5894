package dev.umpire.harness.launcher;

import dev.umpire.harness.environment.Uninterruptibly;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * A process of this machine.
 *
 * @param identity empty if it ended at once
 */
record MachineProcess(Process process, Optional<ProcessIdentity> identity, Journal.Entry entry) implements Started {

    @Override
    public Optional<Long> pid() {
        return Optional.of(process.pid());
    }

    @Override
    public void awaitRunning() {
        // it does as soon as it is there
    }

    @Override
    public boolean seenRunning() {
        return identity.isPresent();
    }

    @Override
    public void signal(String name) throws IOException {
        known().signal(name);
    }

    @Override
    public void pause() throws IOException {
        known().signalAll("STOP");
    }

    @Override
    public void resume() throws IOException {
        known().signalAll("CONT");
    }

    private ProcessIdentity known() throws LaunchException {
        return identity.orElseThrow(
                () -> new LaunchException("process " + process.pid() + ": found none, expected it to take signals"));
    }

    @Override
    public Optional<String> kill() throws IOException {
        boolean gone = identity.isEmpty() || identity.get().kill();
        // also awaited by the parent, so that the exit is known and the pid given back
        gone &= Uninterruptibly.awaitEnd(process.destroyForcibly(), Duration.ofSeconds(ProcessIdentity.KILL_SECONDS));
        return gone
                ? Optional.empty()
                : Optional.of("process " + process.pid() + " is still there " + ProcessIdentity.KILL_SECONDS
                        + " s after SIGKILL");
    }
}
