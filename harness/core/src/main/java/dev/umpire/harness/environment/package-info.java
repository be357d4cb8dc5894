/**
 * Time, concurrency and randomness: the only room in which a clock is read, a thread is started or a number is drawn.
 *
 * <p>In: tasks to run on the loop, now or after a delay. Out: the order in which they ran. Start with
 * {@link dev.umpire.harness.environment.Environment}; it has two implementations, {@link
 * dev.umpire.harness.environment.RealEnvironment} with threads and {@link
 * dev.umpire.harness.environment.SimulatedEnvironment} with
 * virtual time, and everything above runs on both unchanged.
 *
 * <p>Decision: one loop. Generators, interpreter, nemesis, recorder and simulated stores run on a single thread, so they
 * need no locks and a simulated run has one possible order. Only blocking client calls leave the loop.
 */
@NullMarked
package dev.umpire.harness.environment;

import org.jspecify.annotations.NullMarked;
