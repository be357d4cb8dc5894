/**
 * {@code umpire serve}: the folder of runs as pages for a browser, on this machine.
 *
 * <p>In: requests of a browser, and the folders that runs left or are writing. Out: pages, files of runs, and how far a
 * run is. Start with {@link dev.umpire.harness.cli.serve.StoreServer}, then {@code Pages}.
 *
 * <p>Decision: nothing here writes, and nothing runs. Commands are shown, to be pasted by whoever wants them. A running run
 * is followed by what it appends to its own files, without a lock.
 *
 * <p>Decision: a run's folder may come from anybody. What is read of it passes {@code RunFolder}, which follows no link out
 * of it; what is shown passes {@code Markup}; no file of it is ever opened as a page but its report, in which no script
 * but our own is allowed to run.
 */
@NullMarked
package dev.umpire.harness.cli.serve;

import org.jspecify.annotations.NullMarked;
