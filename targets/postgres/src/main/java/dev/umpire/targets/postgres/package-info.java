/**
 * Real PostgreSQL: a primary and its streaming standbys, started on this machine, with every link between them behind a
 * proxy.
 *
 * <p>In: settings. Out: a cluster whose nodes can be killed, stopped, cut off and failed over. Start with
 * {@link dev.umpire.targets.postgres.PostgresTarget}; {@code PostgresDialect} has its words for the requests, {@code PostgresFaults} the
 * levers, {@code PostgresProbes} the questions by which they are checked.
 *
 * <p>Decisions. A node's settings lie beside its data, because pg_rewind overwrites what lies among them. Standbys dial their
 * primary through the proxy, the operator's tools and clients do not. The harness is the operator who promotes: it counts how
 * many standbys must answer, so that none of what they confirmed is lost by its choice. No version and no position is
 * reported, as the driver is told neither exactly; as of which place a standby has answered is, where it is proven.
 */
@NullMarked
package dev.umpire.targets.postgres;

import org.jspecify.annotations.NullMarked;
