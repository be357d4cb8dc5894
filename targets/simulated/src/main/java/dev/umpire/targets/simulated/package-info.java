/**
 * Stores that exist only in virtual time: real implementations of replication, correct or with a bug on request, of which
 * one seed gives one history, byte for byte, on every machine.
 *
 * <p>In: the settings of a run. Out: a {@link dev.umpire.harness.target.Target}. Start with
 * {@link dev.umpire.targets.simulated.SimulatedTarget}; the worlds in which stores live are in {@code world}, each store is
 * a package of its own, whose cluster is a {@link dev.umpire.targets.simulated.StoreCluster}.
 *
 * <p>Decision: a store is written as if it were to run for real: it sees messages, timers, its disk and its clock. A defect is
 * one rule that is not kept, never a wrong answer made up.
 */
@NullMarked
package dev.umpire.targets.simulated;

import org.jspecify.annotations.NullMarked;
