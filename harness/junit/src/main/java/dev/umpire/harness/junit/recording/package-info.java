/**
 * A history of what your own test asks of your own client: no target, no generator, no run.
 *
 * <p>In: calls of a client, each wrapped in the operation that it is. Out: an immutable {@link
 * dev.umpire.histories.History}. Start with {@link dev.umpire.harness.junit.recording.SessionRecorder}.
 *
 * <p>Decision: an operation is begun by the clock before its call and ended by the clock after it, and at one instant
 * invocations stand before completions. So no order is ever told that was not there, whatever the threads did between
 * clock and recording.
 *
 * <p>Decision: columns a session, in pieces of at most 1,024 rows, and one lock; events are made when the history is asked for.
 * What lives on is then a few arrays, as everything that is recorded does live on, and a collector that copies an object an
 * operation costs more than the recording. Refused: a file, which a test would have to clean up.
 */
@NullMarked
package dev.umpire.harness.junit.recording;

import org.jspecify.annotations.NullMarked;
