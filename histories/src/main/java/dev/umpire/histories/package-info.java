/**
 * What happened: operations, columnar histories, their files and their recorder.
 *
 * <p>In: a file ({@link dev.umpire.histories.History#read(java.nio.file.Path)}) or events as they occur
 * ({@link dev.umpire.histories.HistoryRecorder}). Out: an immutable {@link dev.umpire.histories.History}, the only thing
 * that a checker ever sees. Start with {@code History} and {@code Operation}.
 *
 * <p>Decision: operations are numbered 0, 1, 2 ... in the order of their invocations, and everything about them stands in
 * primitive columns; names, keys and values are interned and columns hold their ids. An {@code Operation} is made on
 * demand, for people; inner loops read the columns.
 *
 * <p>Decision: the order of events in the file is the order in time. {@code time} serves durations only. A recording that
 * keeps no order between its sessions is put into one in which writes come before what read them, for all that looks at
 * positions.
 */
@NullMarked
package dev.umpire.histories;

import org.jspecify.annotations.NullMarked;
