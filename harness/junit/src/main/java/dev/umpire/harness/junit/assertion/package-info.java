/**
 * Sentences of AssertJ over histories and runs.
 *
 * <p>In: a {@link dev.umpire.histories.History} or a {@link dev.umpire.harness.run.Run}. Out: nothing, or an
 * {@code AssertionError} whose message is all that a reader of a log needs. Start with {@link
 * dev.umpire.harness.junit.assertion.UmpireAssertions}.
 *
 * <p>Decision: UNKNOWN is never a pass. {@code satisfies} fails on it with what was reached, and so does {@code breaks}.
 */
@NullMarked
package dev.umpire.harness.junit.assertion;

import org.jspecify.annotations.NullMarked;
