/**
 * A cluster in the hands of a test: it runs while the test does, and the test asks it, breaks it and mends it itself.
 *
 * <p>In: a target and a plan, of which settings, nodes, seed, time limit and nemesis count. Out: sessions whose answers are recorded,
 * faults that are seen to take hold, conditions to wait for, and the history of it all. Start with {@link
 * dev.umpire.harness.junit.live.LiveCluster}.
 *
 * <p>Decision: every call waits for its answer on the thread of the test. In virtual time nothing happens between two calls,
 * so that one seed and one test have one history; time passes while somebody asks or waits for a condition.
 *
 * <p>Decision: a fault that was not seen to take hold fails the test that put it in force, as it would show nothing.
 */
@NullMarked
package dev.umpire.harness.junit.live;

import org.jspecify.annotations.NullMarked;
