/**
 * Real etcd: members of one Raft cluster, started on this machine, with every link between them behind a proxy.
 *
 * <p>In: settings. Out: a cluster whose members can be killed, stopped and cut off from each other.
 *
 * <p>Decision. Requests go through etcd's JSON gateway over HTTP: the JDK has a client for it, and every answer carries the
 * revision at which it was made.
 */
@NullMarked
package dev.umpire.targets.etcd;

import org.jspecify.annotations.NullMarked;
