/**
 * Processes and containers, link proxies and temporary folders of real stores, and the journal by which they are undone, whatever
 * happens to the harness.
 *
 * <p>In: commands to run and ports to join. Out: running processes that can be killed, stopped and started, and links that
 * can be cut and made worse. Start with {@link dev.umpire.harness.launcher.Launcher}.
 *
 * <p>Decisions. What is in force is on disk before it is in force: the journal names a folder before it is made and a
 * command before it is started, so that a harness killed at any moment leaves nothing that the next one cannot find. A
 * process is only ever signalled when pid, start time and program are those of the journal, because pids are used again.
 * Proxies live in the harness: when it dies they die with it, and need no entry. This package talks to Linux: it reads
 * {@code /proc}. Calls block; on a loop they go through {@code Environment.blocking}.
 *
 * <p>Decision: a container is a process that somebody else looks after. {@code docker run} stands for it, with its output, its end and
 * its exit code; it is signalled, frozen and removed by the engine. It is on the network of this machine and sees the run's folder at
 * the path that it has here, so that nobody else need know. How all containers of a launcher are removed, by their label, is in the
 * journal before the first of them, also before one that only looks for a program.
 */
@NullMarked
package dev.umpire.harness.launcher;

import org.jspecify.annotations.NullMarked;
