/**
 * Umpire in a test suite: sentences of AssertJ over histories and runs, and tests of JUnit that run plans.
 *
 * <p>In: a history, or a plan and a target. Out: a test that passes, or fails with all that a reader of a log needs.
 *
 * <p>Decision: nothing that was not seen to hold passes. A verdict that is UNKNOWN fails with what was reached.
 */
@NullMarked
package dev.umpire.harness.junit;

import org.jspecify.annotations.NullMarked;
