/**
 * A whole run: plan in, verdicts out.
 *
 * <p>In: a {@link dev.umpire.harness.plan.Plan} and a {@link dev.umpire.harness.target.Target}. Out: a
 * {@link dev.umpire.harness.run.Run} and, where asked, its folder. Start with {@link dev.umpire.harness.run.Runner}.
 */
@NullMarked
package dev.umpire.harness.run;

import org.jspecify.annotations.NullMarked;
