/**
 * What clusters of real processes are put together from, whatever the store: attempts to start one, what it holds of the
 * machine, links between nodes behind a proxy, the levers and
 * questions of faults, who leads, and where reads go.
 *
 * <p>In: nodes and their ports, a reading policy. Out: a cluster that runs or nothing left of it, ports to dial, links that
 * can be cut and mended, a node for each request. Start with {@link dev.umpire.harness.cluster.StartAttempts}, {@link
 * dev.umpire.harness.cluster.NodeLinks} and {@link dev.umpire.harness.cluster.ReadRouting}.
 *
 * <p>Decision: nothing here knows a store's protocol; what does, stays with its target.
 */
@NullMarked
package dev.umpire.harness.cluster;

import org.jspecify.annotations.NullMarked;
