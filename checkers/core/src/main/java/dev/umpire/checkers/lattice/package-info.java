/**
 * Which guarantee implies which.
 *
 * <p>In: names of guarantees and verdicts. Out: what follows from what, and of a history's verdicts the strongest that held, the
 * first that broke and those that could not be judged. Start with {@link dev.umpire.checkers.lattice.Lattice}, then {@link
 * dev.umpire.checkers.lattice.Ladder}.
 *
 * <p>Decisions: names instead of guarantees, so that what has no checker yet has its place already. Nothing is concluded: each
 * guarantee is judged by its own checker, and the implications only sort what was found, and test it.
 */
@NullMarked
package dev.umpire.checkers.lattice;

import org.jspecify.annotations.NullMarked;
