/**
 * Convergence: what is left when the faults are healed and everybody has caught up.
 *
 * <p>In: a history with final reads. Out: a {@link dev.umpire.checkers.verdict.Verdict}. Start with
 * {@link dev.umpire.checkers.convergence.Durability}; {@link dev.umpire.checkers.convergence.Eventual} asks whether the
 * nodes agree, not on what.
 *
 * <p>Decision: recordings of ours mark their final reads. Where no operation is marked, the last read of each node that
 * began after every acknowledged write of its key and after the last fault counts as one. A recording may say that the
 * replicas did not catch up in time ({@link dev.umpire.checkers.evidence.Unconverged}): its final reads show no end, and what
 * rests on one is undecided, never broken. Or it may say that one of them had stopped for good and nothing more was to come: then
 * its final reads are those of the end.
 */
@NullMarked
package dev.umpire.checkers.convergence;

import org.jspecify.annotations.NullMarked;
