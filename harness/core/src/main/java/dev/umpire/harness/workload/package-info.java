/**
 * Workloads: what sessions ask of a store so that a broken guarantee can show.
 *
 * <p>In: options and what the target understands. Out: a {@link dev.umpire.harness.generator.Generator} of requests, and the
 * reads by which every node is asked at the end. Start with {@link dev.umpire.harness.workload.Workload}.
 *
 * <p>Decision: every written value is new, so that a read names the write it saw. Checkers can do without luck then.
 */
@NullMarked
package dev.umpire.harness.workload;

import org.jspecify.annotations.NullMarked;
