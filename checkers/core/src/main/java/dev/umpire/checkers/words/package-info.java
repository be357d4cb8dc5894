/**
 * Words: the one place where witness operations become text for people.
 *
 * <p>In: a history and the numbers of operations. Out: parts of sentences and small tables, the same on the terminal, in
 * a report and in a failed test. Start with {@link dev.umpire.checkers.words.Words}.
 *
 * <p>Decision: names and values come from a stranger's file, so that whatever a terminal could obey or a reader could not
 * see is written as an escape, and long values are cut.
 *
 * <p>Decision: times are milliseconds since the recording began; a recording without times tells the places of its events.
 */
@NullMarked
package dev.umpire.checkers.words;

import org.jspecify.annotations.NullMarked;
