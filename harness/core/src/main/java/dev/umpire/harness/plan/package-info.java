/**
 * Plans: everything that a run depends on, as plain data; and what a team holds its store to.
 *
 * <p>In: choices of a user. Out: {@link dev.umpire.harness.plan.Plan}, and {@link dev.umpire.harness.plan.Promises}, to and
 * from JSON. Start with {@code Plan}.
 */
@NullMarked
package dev.umpire.harness.plan;

import org.jspecify.annotations.NullMarked;
