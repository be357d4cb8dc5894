/**
 * Umpire's own format, JSON Lines: one event a line, a header before and a trailer after. README.md of the module is its
 * schema.
 *
 * <p>In: bytes. Out: events, one after another; and the way back. Start with
 * {@link dev.umpire.histories.jsonl.JsonLinesReader}.
 *
 * <p>Decision: the reader scans bytes itself. A general parser makes an object of every number and string of millions of
 * lines, hides the place of an error, and cannot tell a torn last line from a broken one; here integers go straight into
 * the table of values. Jackson is the oracle of its tests.
 *
 * <p>Decision: what JSON cannot say is EDN text in an object with the one key {@code #edn}.
 */
@NullMarked
package dev.umpire.histories.jsonl;

import org.jspecify.annotations.NullMarked;
