/**
 * Real Redis: a primary and its replicas, started on this machine, with every link between them behind a proxy.
 *
 * <p>In: settings. Out: a cluster whose nodes can be killed, stopped, cut off and failed over. Start with
 * {@link dev.umpire.targets.redis.RedisTarget}; {@code RedisFaults} has the levers, {@code RedisProbes} the questions by
 * which they are checked.
 *
 * <p>Decisions. Replicas dial their primary, so a link is a direction of bytes on the connection that the replica dialled;
 * for each ordered pair of nodes there is a proxy listener, because after a failover anybody may follow anybody. Clients
 * dial the nodes themselves: a partition separates nodes from each other, never from clients. There is no Sentinel: the
 * harness is the operator who promotes, so that the moment of a failover is known. The append-only file is on by default,
 * because a primary that comes back empty wipes its replicas.
 */
@NullMarked
package dev.umpire.targets.redis;

import org.jspecify.annotations.NullMarked;
