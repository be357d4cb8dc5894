package dev.umpire.harness.launcher;

import dev.umpire.harness.environment.Uninterruptibly;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * A container, and the program {@code docker run} that is attached to it: what the container says goes through that program, which
 * ends when the container does, with its exit code.
 */
final class Container implements Started {

    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(20);
    private static final Duration TO_RUN = Duration.ofSeconds(60);
    private static final Duration TO_END = Duration.ofSeconds(10);

    private final Docker docker;
    private final String name;
    private final Process attached;
    private final Journal.Entry entry;
    private volatile Optional<Long> pid = Optional.empty();

    /**
     * One that is about to be started by the program that is attached to it.
     *
     * @param name which no other container of the engine has
     */
    Container(Docker docker, String name, Process attached, Journal.Entry entry) {
        this.docker = docker;
        this.name = name;
        this.attached = attached;
        this.entry = entry;
    }

    @Override
    public Process process() {
        return attached;
    }

    @Override
    public Journal.Entry entry() {
        return entry;
    }

    /** That of its first process: an engine of this machine runs it as any other one. */
    @Override
    public Optional<Long> pid() {
        return pid;
    }

    @Override
    public void awaitRunning() throws IOException {
        awaitRunning(TO_RUN);
    }

    /**
     * As above, within a bound of its own.
     *
     * @throws LaunchException if it does neither; the message has what was said of it last
     */
    void awaitRunning(Duration bound) throws LaunchException {
        long deadline = System.nanoTime() + bound.toNanos();
        while (!Uninterruptibly.awaitEnd(attached, BETWEEN_QUESTIONS)) {
            String said = askedPid();
            if (pid.isPresent()) {
                return;
            }
            if (System.nanoTime() - deadline > 0) {
                throw new LaunchException(
                        "the container " + name + " did not run within " + bound.toMillis() + " ms: " + said);
            }
        }
    }

    /** Asks for its pid, and tells what was said of it. */
    private String askedPid() {
        try {
            String said = docker.ask("container", "inspect", "--format", "{{.State.Pid}}", name);
            long found = Long.parseLong(said);
            pid = found == 0 ? Optional.empty() : Optional.of(found);
            return "docker container inspect told the pid " + said;
        } catch (LaunchException | NumberFormatException notThereYet) {
            return String.valueOf(notThereYet.getMessage());
        }
    }

    @Override
    public boolean seenRunning() {
        return pid.isPresent();
    }

    @Override
    public void signal(String signal) throws IOException {
        docker.ask("kill", "--signal", signal, name);
    }

    @Override
    public void pause() throws IOException {
        docker.ask("pause", name);
    }

    @Override
    public void resume() throws IOException {
        try {
            docker.ask("unpause", name);
        } catch (LaunchException e) {
            if (!String.valueOf(e.getMessage()).contains("is not paused")) {
                throw e;
            }
        }
    }

    @Override
    public Optional<String> kill() {
        if (pid.isEmpty()) {
            // it may be about to make the container
            attached.destroyForcibly();
            Uninterruptibly.awaitEnd(attached, TO_END);
        }
        Optional<String> trouble = removed();
        boolean ended = Uninterruptibly.awaitEnd(attached, TO_END);
        if (!ended) {
            attached.destroyForcibly();
            ended = Uninterruptibly.awaitEnd(attached, TO_END);
        }
        return trouble.isPresent() || ended
                ? trouble
                : Optional.of("process " + attached.pid() + " (docker run) is still there after SIGKILL");
    }

    private Optional<String> removed() {
        try {
            docker.ask("rm", "--force", "--volumes", name);
            return Optional.empty();
        } catch (LaunchException e) {
            String said = String.valueOf(e.getMessage());
            return said.contains("No such container")
                    ? Optional.empty()
                    : Optional.of("the container " + name + " could not be removed: " + said);
        }
    }
}
