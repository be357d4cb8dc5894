/**
 * Integrity: what no store can have answered, whatever it promises.
 *
 * <p>In: a history. Out: a {@link dev.umpire.checkers.verdict.Verdict}. Start with
 * {@link dev.umpire.checkers.integrity.Integrity}.
 *
 * <p>Decision: it is judged on every history, whatever was asked, because the other checkers leave out the reads that it
 * finds at fault; a store that invents values must not pass for that reason.
 */
@NullMarked
package dev.umpire.checkers.integrity;

import org.jspecify.annotations.NullMarked;
