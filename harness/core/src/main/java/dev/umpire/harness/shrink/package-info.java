/**
 * Makes the schedule of a run smaller as long as it still shows an anomaly.
 *
 * <p>In: a plan in virtual time, the schedule of its run, and a guarantee that it broke. Out: a schedule of which no part can
 * be left out, and the story of its run. Start with {@link dev.umpire.harness.shrink.Shrinker}.
 *
 * <p>Decision: delta debugging (Zeller, Hildebrandt: Simplifying and Isolating Failure-Inducing Input, IEEE TSE 28(2), 2002)
 * over what was asked and what struck, by sessions, keys, nodes and single elements. Delays are drawn by the number of a
 * message, so whatever goes changes the delays of what stays; therefore a schedule is tried with other seeds too, and the
 * answer has a seed of its own. That nothing can go is said of that seed.
 *
 * <p>Decision: the same anomaly is a run that breaks the same guarantee. Nodes go although the store is another one then, and
 * so do settings that are mere sizes: a promise holds for any number of either, which the tests of the simulated stores see
 * by running what is left on the correct configuration.
 */
@NullMarked
package dev.umpire.harness.shrink;

import org.jspecify.annotations.NullMarked;
