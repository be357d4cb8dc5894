/**
 * Real Apache ZooKeeper: servers of one ensemble, started on this machine, with every link between them behind a proxy.
 *
 * <p>In: settings. Out: an ensemble whose servers can be killed, stopped and cut off from each other. Start with {@link
 * dev.umpire.targets.zookeeper.ZooKeeperTarget}; {@code ZooKeeperClient} says what a request becomes, {@code Layout} how
 * servers are led to the proxies, {@code ZooKeeperProbes} how a fault is seen.
 *
 * <p>Decisions. Requests go through ZooKeeper's own client, which knows sessions and conditions. A session of a workload has
 * a session of ZooKeeper for each server that it asks: ZooKeeper promises to a session that it never sees an older state, also
 * when it moves to another server, and its client keeps that by not connecting to a server that is behind; what a single server
 * answers is seen only by a session of its own. Who leads is left to the servers: a failover is the death of the leader.
 */
@NullMarked
package dev.umpire.targets.zookeeper;

import org.jspecify.annotations.NullMarked;
