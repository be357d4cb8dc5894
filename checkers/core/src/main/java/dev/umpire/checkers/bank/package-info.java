/**
 * Whether money is made or lost while it is moved.
 *
 * <p>In: a history of {@code transfer} and reads of all accounts. Out: a {@link dev.umpire.checkers.verdict.Verdict}. Start with
 * {@link dev.umpire.checkers.bank.ConservedTotal}.
 *
 * <p>Decision: the bank is the key and its accounts are the value of a reading, as Jepsen records it, so that every other checker
 * meets {@code transfer} as a function of the key that it does not know.
 */
@NullMarked
package dev.umpire.checkers.bank;

import org.jspecify.annotations.NullMarked;
