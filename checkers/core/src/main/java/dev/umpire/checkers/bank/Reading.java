package dev.umpire.checkers.bank;

import java.math.BigInteger;

/**
 * A read of all accounts of a bank.
 *
 * @param sum of what they hold
 */
record Reading(int operation, BigInteger sum) {}
