/**
 * The log lines that Jepsen prints while it runs.
 *
 * <p>In: bytes. Out: events. Start with {@link dev.umpire.histories.logs.JepsenLogReader}.
 */
@NullMarked
package dev.umpire.histories.logs;

import org.jspecify.annotations.NullMarked;
