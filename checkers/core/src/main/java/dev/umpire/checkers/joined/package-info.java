/**
 * Reads joined to the writes that they returned, and what follows for every order of the operations.
 *
 * <p>In: operations of registers or lists to which no value is written twice, alone or in transactions of several keys, and
 * whether an order must keep that of the sessions or real time ({@link dev.umpire.checkers.joined.Precedence}). Out: an order
 * that proves, or a cycle that refutes. Start with {@link dev.umpire.checkers.joined.ReadsFrom}, with
 * {@link dev.umpire.checkers.joined.Fault} (what no order explains, whatever else happened); then
 * {@link dev.umpire.checkers.joined.Constraints} (what every order must have) and
 * {@link dev.umpire.checkers.joined.EarliestFirst} (the order that is tried first).
 *
 * <p>Decisions: the room serves {@code sequential} and {@code linearizable}, which ask the same under different precedence.
 * A transaction is one node, so that nothing comes between its reads and writes; the price, accepted: within it the reads are
 * compared with each other and with its own writes before any order is looked for ({@code Accesses}).
 * Real time is one edge for each lane that a node newly follows: at most the number of lanes a node, and few in a quiet history.
 */
@NullMarked
package dev.umpire.checkers.joined;

import org.jspecify.annotations.NullMarked;
