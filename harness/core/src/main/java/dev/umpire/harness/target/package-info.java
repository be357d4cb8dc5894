/**
 * The contract between Umpire and a replicated store that it tests. Who brings a store implements
 * {@link dev.umpire.harness.target.Target}, {@link dev.umpire.harness.target.Cluster} and
 * {@link dev.umpire.harness.target.Client}; nobody else needs to read more than this package.
 *
 * <p>In: requests and faults. Out: responses, and what a probe saw of each fault. Start with {@code Target}.
 *
 * <p>Decision: everything that takes time returns a {@code CompletionStage}, because simulated stores may not block.
 * Stores with a blocking driver wrap its calls in {@link dev.umpire.harness.environment.Environment#blocking}.
 */
@NullMarked
package dev.umpire.harness.target;

import org.jspecify.annotations.NullMarked;
