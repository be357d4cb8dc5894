/**
 * Real Redis: a primary and its replicas, started on this machine, with every link between them behind a proxy.
 *
 * <p>In: settings. Out: a cluster whose nodes can be killed, stopped, cut off and failed over. Start with
 * {@link dev.umpire.targets.redis.RedisTarget}; {@code RedisFaults} has the levers, {@code RedisProbes} the questions by
 * which they are checked; {@code Sentinels} are those who promote where the harness does not.
 *
 * <p>Decisions. Replicas dial their primary, so a link is a direction of bytes on the connection that the replica dialled;
 * for each ordered pair of nodes there is a proxy listener, because after a failover anybody may follow anybody. Clients
 * dial the nodes themselves: a partition separates nodes from each other, never from clients. Unless sentinels are asked for,
 * the harness is the operator who promotes, so that the moment of a failover is known. The append-only file is on by default,
 * because a primary that comes back empty wipes its replicas.
 *
 * <p>Sentinels tell all nodes and each other the same port of a node, so then one listener of the proxy stands for each node and
 * for each sentinel, and the process that dials says from which node it comes: a sentinel has the name of its node. Clients
 * follow the majority of the sentinels and not the nodes, as one that was deposed says for a while that it leads; what it
 * acknowledges until the sentinels have agreed is the loss for which Sentinel is known.
 */
@NullMarked
package dev.umpire.targets.redis;

import org.jspecify.annotations.NullMarked;
