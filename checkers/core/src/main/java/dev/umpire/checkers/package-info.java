/**
 * What a history means: which guarantees it keeps, and the operations that prove a violation.
 *
 * <p>In: an immutable {@link dev.umpire.histories.History}. Out: a {@link dev.umpire.checkers.verdict.Verdict}. Start with
 * {@link dev.umpire.checkers.Guarantee}; each guarantee's definition stands in the Javadoc of its checker, in a package
 * beside this one.
 */
@NullMarked
package dev.umpire.checkers;

import org.jspecify.annotations.NullMarked;
