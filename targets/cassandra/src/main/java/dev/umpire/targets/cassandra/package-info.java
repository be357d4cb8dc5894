/**
 * Real Apache Cassandra: nodes of one cluster, started on this machine, with every link between them behind a proxy; or nodes that
 * run already.
 *
 * <p>In: settings. Out: a cluster whose nodes each have a replica of everything, and can be killed, stopped and cut off from
 * each other. Start with {@link dev.umpire.targets.cassandra.CassandraTarget}; {@code CassandraClient} says what a request
 * becomes, {@code Layout} how nodes are led to the proxies, {@code CassandraProbes} how a fault is seen, {@code JoinStep} how another
 * node takes the place of a lost one.
 *
 * <p>Decisions. All sessions share one connection of Cassandra's own driver, as those of an application do, and each request
 * names the node that coordinates it. A write's time is made by a clock, so it is told as {@code asOf} of what was read and
 * never as a version. There is no proxy between clients and nodes that are started here: a partition separates nodes alone. Of nodes that run
 * already the driver is told, by its own translation of addresses ({@code ToldAddresses}), to go by the ways of the run.
 */
@NullMarked
package dev.umpire.targets.cassandra;

import org.jspecify.annotations.NullMarked;
