/**
 * Registers: a history seen key by key, with every read joined to the write that it returned.
 *
 * <p>In: a history. Out: one {@link dev.umpire.checkers.register.Register} a key, with the reads that no register can
 * return set apart, and {@link dev.umpire.checkers.register.ReportedVersions what the store reported} of the order of its
 * writes. Start with {@code Registers}.
 *
 * <p>Decision: operations on a key are called accesses and numbered in the order of their invocations; writes that may
 * have taken effect are numbered apart. Everything is int arrays, as the checkers pass over them several times.
 *
 * <p>Decision: only reads, writes, cas and snapshots are understood. A key that any other function touched, unless it
 * failed, is not judged at all: what the function did to the key is not known here.
 */
@NullMarked
package dev.umpire.checkers.register;

import org.jspecify.annotations.NullMarked;
