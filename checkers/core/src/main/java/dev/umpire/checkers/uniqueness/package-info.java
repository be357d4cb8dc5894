/**
 * Uniqueness of what is handed out: ids and claimed names.
 *
 * <p>In: a history of {@code generate} or {@code claim}. Out: a {@link dev.umpire.checkers.verdict.Verdict}. Start with
 * {@link dev.umpire.checkers.uniqueness.Uniqueness}.
 *
 * <p>Decision: values are compared within their key; two generators may hand out the same number.
 */
@NullMarked
package dev.umpire.checkers.uniqueness;

import org.jspecify.annotations.NullMarked;
