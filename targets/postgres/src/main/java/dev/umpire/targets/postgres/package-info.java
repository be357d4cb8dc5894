/**
 * Real PostgreSQL: a primary and its streaming standbys, started on this machine, with every link between them behind a
 * proxy.
 *
 * <p>In: settings. Out: a cluster whose nodes can be killed, stopped, cut off and failed over.
 */
@NullMarked
package dev.umpire.targets.postgres;

import org.jspecify.annotations.NullMarked;
