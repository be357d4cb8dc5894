/**
 * The workbench between the readers of files and the history: interned values, one event under construction, bytes with
 * their place.
 *
 * <p>In: bytes. Out: {@link dev.umpire.histories.internal.EventFields} handed to an
 * {@link dev.umpire.histories.internal.EventSink}, one event after another. Start with {@code EventFields}.
 *
 * <p>Decision: a reader fills in one reused {@code EventFields} instead of making an event object each, and integers go
 * straight into {@link dev.umpire.histories.internal.ValueTable}: reading a large file makes next to no garbage.
 */
@NullMarked
package dev.umpire.histories.internal;

import org.jspecify.annotations.NullMarked;
