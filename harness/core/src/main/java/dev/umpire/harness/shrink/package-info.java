/**
 * Makes the schedule of a run smaller as long as it still shows an anomaly.
 *
 * <p>In: a plan in virtual time, the schedule of its run, and a guarantee that it broke. Out: a schedule of which no part can
 * be left out, and the story of its run. Start with {@link dev.umpire.harness.shrink.Shrinker}.
 *
 * <p>Decision: delta debugging (Zeller, Hildebrandt: Simplifying and Isolating Failure-Inducing Input, IEEE TSE 28(2), 2002)
 * over what was asked and what struck; sessions, keys and nodes go with what they do. Times stay as they were: what is left
 * of a schedule happens when it happened.
 */
@NullMarked
package dev.umpire.harness.shrink;

import org.jspecify.annotations.NullMarked;
