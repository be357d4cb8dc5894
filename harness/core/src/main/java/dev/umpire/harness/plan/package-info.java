/**
 * Plans: everything that a run depends on, as plain data.
 *
 * <p>In: choices of a user. Out: {@link dev.umpire.harness.plan.Plan}, to and from JSON. Start with {@code Plan}.
 */
@NullMarked
package dev.umpire.harness.plan;

import org.jspecify.annotations.NullMarked;
