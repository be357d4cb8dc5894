/**
 * Stores whose clients are written in any language: a running cluster that its user names by addresses, and a command that
 * speaks one JSON object a line.
 *
 * <p>In: settings with the command and the addresses. Out: a {@link dev.umpire.harness.target.Cluster} that starts nothing
 * but clients. Start with {@link dev.umpire.targets.command.CommandTarget}; {@code Dialogue} reads and writes the lines,
 * {@code ClientProcess} is one client.
 *
 * <p>Decision: a process for each session, which answers one request after another. A client needs no concurrency of its
 * own then, and one that hangs or dies takes a single request with it. Price: as many processes as sessions.
 *
 * <p>Decision: whoever breaks the protocol is killed and started again, and what he was asked is of unknown outcome. After a
 * wrong line nobody knows to which question the next one belongs.
 */
@NullMarked
package dev.umpire.targets.command;

import org.jspecify.annotations.NullMarked;
