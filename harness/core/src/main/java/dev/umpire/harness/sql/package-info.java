/**
 * What targets of stores that speak SQL are put together from: connections of sessions, questions to nodes, requests as
 * statements, and probes of links.
 *
 * <p>In: how a node is connected to, and the store's own dialect. Out: responses, answers, observations. Start with {@link
 * dev.umpire.harness.sql.SqlNodes} and {@link dev.umpire.harness.sql.SqlStatements}.
 *
 * <p>Decision: one table of keys and values, and each change one statement, in every store; else the same workload would ask
 * two stores for two things. What differs is in {@link dev.umpire.harness.sql.SqlDialect} alone. No driver is known here.
 */
@NullMarked
package dev.umpire.harness.sql;

import org.jspecify.annotations.NullMarked;
