package dev.umpire.checkers.session;

/**
 * What binds a read: the session's earlier writes, its earlier reads, or both under one version order.
 *
 * @param ownWrites read-your-writes
 * @param ownReads monotonic reads
 */
record Bindings(boolean ownWrites, boolean ownReads) {}
