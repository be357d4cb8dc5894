/**
 * Processes, link proxies and temporary folders of real stores, and the journal by which they are undone, whatever happens
 * to the harness.
 *
 * <p>In: commands to run and ports to join. Out: running processes that can be killed, stopped and started, and links that
 * can be cut. Start with {@link dev.umpire.harness.launcher.Launcher}.
 */
@NullMarked
package dev.umpire.harness.launcher;

import org.jspecify.annotations.NullMarked;
