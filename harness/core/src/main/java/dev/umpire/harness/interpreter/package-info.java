/**
 * Carries out what a generator says: sessions ask, the nemesis strikes, and everything is recorded.
 *
 * <p>In: a {@link dev.umpire.harness.generator.Generator} and a running cluster. Out: events, in the order in which they
 * happened. Start with {@link dev.umpire.harness.interpreter.Interpreter}.
 *
 * <p>Decision: at one instant invocations are recorded before completions, so that operations that touch are concurrent:
 * <pre>
 *   session 1   write x 7   10..20 ns
 *   session 2   read  x     20..30 ns   may miss the 7: at 20 ns both were under way
 * </pre>
 * Completions are therefore kept until the instant is over, and a session asks again one nanosecond after it was answered
 * at the earliest. In virtual time, where many things happen at one instant, everything else would be an order that no
 * clock can see.
 *
 * <p>Decision: an invocation stands where it was really made, also where it was to be made earlier and every session was busy.
 * The earlier time stands beside it ({@code intended}), for latencies alone: an interval that began then would make operations
 * concurrent that were not, and so hide what a checker is to see.
 *
 * <p>Decision: a session that was refused, or that does not know, rests a little before it goes on. A node that is down
 * refuses at once and would otherwise use up all operations of a run.
 */
@NullMarked
package dev.umpire.harness.interpreter;

import org.jspecify.annotations.NullMarked;
