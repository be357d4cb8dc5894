/**
 * The terminal: streams, colours, tables, progress.
 *
 * <p>In: text that is safe to print. Out: lines. Start with {@link dev.umpire.harness.cli.terminal.Terminal}.
 *
 * <p>Decision: colour only repeats what a word or a sign says already.
 */
@NullMarked
package dev.umpire.harness.cli.terminal;

import org.jspecify.annotations.NullMarked;
