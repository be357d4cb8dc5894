/**
 * Events: a recording as it stands in a file, line by line, before anybody pairs invocations with completions.
 *
 * <p>In: values. Out: {@link dev.umpire.histories.event.Event} and the refusal of a bad file,
 * {@link dev.umpire.histories.event.MalformedHistoryException}. Start with {@code Event}.
 */
@NullMarked
package dev.umpire.histories.event;

import org.jspecify.annotations.NullMarked;
