/**
 * Real MariaDB: masters in a circle, each a replica of the one before it, with every link between them behind a proxy; or a
 * Galera cluster, whose nodes certify write sets in one order.
 *
 * <p>In: settings. Out: a cluster whose nodes can be killed, stopped and cut off. Start with {@link
 * dev.umpire.targets.mariadb.MariadbTarget}; {@code MariadbDialect} has its words for the requests, {@code MariadbProbes} the
 * questions by which faults are checked. {@code CircleStart} and {@code GaleraStart} are the two ways to replicate; {@code
 * Standing} and {@code GaleraStanding} ask how far it has come.
 *
 * <p>Decisions. Every node has a replication domain of its own, so that how far one has come is a number for each origin. Each
 * node has a row that it alone changes, by which probes and convergence are asked; it touches no key. Nobody leads. No version
 * and no position is reported: a session that reads is not told to which transaction its answer belongs.
 *
 * <p>Of Galera: what a session waits for is a variable of its own, so that one cluster serves both configurations, and the
 * harness's questions never wait but where they ask for convergence. Its nodes take the address from which they are called for that
 * of the caller, so it is the nodes that listen at addresses of their own, and the proxies at the one that all dial. Nothing is
 * remembered of a node that joins: whether what it has is whole is told by its own {@code grastate.dat}, also after a half copy.
 */
@NullMarked
package dev.umpire.targets.mariadb;

import org.jspecify.annotations.NullMarked;
