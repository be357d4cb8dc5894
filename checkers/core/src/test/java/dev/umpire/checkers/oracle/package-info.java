/**
 * Oracles: what each guarantee means, computed by trying everything.
 *
 * <p>In: {@link dev.umpire.checkers.oracle.SmallHistory small histories}, all of them
 * ({@link dev.umpire.checkers.oracle.SmallHistories}) or random larger ones
 * ({@link dev.umpire.checkers.oracle.RandomHistories}). Out: the answer that a checker must give. Start with
 * {@code SmallHistories}, then {@code SessionOracle}.
 *
 * <p>Decision: nothing here calls a checker or shares code with one. An oracle is a definition written down in loops; it
 * may be slow, and it must be short enough to be believed.
 */
@NullMarked
package dev.umpire.checkers.oracle;

import org.jspecify.annotations.NullMarked;
