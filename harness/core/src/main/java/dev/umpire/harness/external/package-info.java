/**
 * Clusters that run already, which a user names by addresses: ways to their nodes, and his orders to them.
 *
 * <p>In: settings with the addresses and the orders. Out: ports at which a store's own class reaches the nodes as if they had
 * been started here, and the levers of the faults that can be made from outside. Start with {@link
 * dev.umpire.harness.external.External}; {@code Order} lists what a user may give a command for.
 *
 * <p>Decision: every connection of a run goes through a proxy of its own, at a port of the loopback address. So the store's
 * class need not know who runs the nodes, and what lies between clients and nodes can be struck without touching the cluster.
 * There are two ways to each node: the clients', and one for questions, which is never struck.
 *
 * <p>Decision: nothing is done to a cluster but by an order of its user's, and how it is undone is in the journal first.
 */
@NullMarked
package dev.umpire.harness.external;

import org.jspecify.annotations.NullMarked;
