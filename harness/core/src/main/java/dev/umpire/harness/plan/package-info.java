/**
 * Plans: everything that a run depends on, as plain data; and what a team holds its store to.
 *
 * <p>In: choices of a user. Out: {@link dev.umpire.harness.plan.Plan}, and {@link dev.umpire.harness.plan.Promises}, to and
 * from JSON. Start with {@code Plan}.
 *
 * <p>Decision: what strikes at set times stands in the plan, so that a run says by itself what can be done again and which promise
 * covers it. What is asked at set times, thousands of requests of a run in virtual time, is a {@link
 * dev.umpire.harness.plan.Script} in a file of its own.
 *
 * <p>Decision: where nobody names a guarantee, a plan leaves out what no answer of its store could break ({@link
 * dev.umpire.harness.plan.UsualGuarantees}), and says so. It is decided by what the target says of itself, before anything runs, so that
 * the plan tells what was asked. The price: a target that does not know what its clients tell is asked, and stays undecided.
 */
@NullMarked
package dev.umpire.harness.plan;

import org.jspecify.annotations.NullMarked;
