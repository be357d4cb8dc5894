package dev.umpire.harness.interpreter;

/**
 * What bounds the sessions.
 *
 * @param sessions how many; 1 or more
 * @param moveEvery a session goes to another node after this many operations; 0: never
 * @param timeoutNanos an operation without an answer for this long is unknown; 1 or more
 */
public record SessionLimits(int sessions, int moveEvery, long timeoutNanos) {}
