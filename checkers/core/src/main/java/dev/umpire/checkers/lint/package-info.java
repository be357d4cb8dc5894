/**
 * Lint: the mistakes of a recorder with which people fool their checker.
 *
 * <p>In: a history. Out: {@link dev.umpire.checkers.lint.Finding findings}, each with the first event that shows it, why it
 * matters and how to mend it. Start with {@link dev.umpire.checkers.lint.Lint}.
 *
 * <p>Decision: a finding is no verdict. It says that a verdict on this file may be about the recorder instead of the store,
 * and is told beside the verdicts, which stay exact.
 *
 * <p>Decision: one finding a kind, with its number and its first event. A recorder repeats its mistake in every operation.
 */
@NullMarked
package dev.umpire.checkers.lint;

import org.jspecify.annotations.NullMarked;
