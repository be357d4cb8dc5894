/**
 * Real etcd: members of one Raft cluster, started on this machine, with every link between them behind a proxy.
 *
 * <p>In: settings. Out: a cluster whose members can be killed, stopped and cut off from each other. Start with
 * {@link dev.umpire.targets.etcd.EtcdTarget}; {@code Keyspace} says how a workload's keys lie in etcd's, {@code EtcdProbes}
 * how a fault is seen.
 *
 * <p>Decisions. Requests go through etcd's JSON gateway over HTTP: the JDK has a client for it, and every answer carries the
 * revision at which it was made. All members dial a member at the one port that it advertises, so the proxy tells them
 * apart by the processes that hold the sockets. Who leads is left to the members: a failover is the death of the leader.
 */
@NullMarked
package dev.umpire.targets.etcd;

import org.jspecify.annotations.NullMarked;
