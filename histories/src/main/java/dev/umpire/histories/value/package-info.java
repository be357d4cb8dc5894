/**
 * Values: what clients write and read, as data that every file format can carry.
 *
 * <p>In: nothing. Out: {@link dev.umpire.histories.value.Value}. Start there.
 *
 * <p>Decision: one closed family of immutable values for EDN and JSON, so that a history read from one format can be
 * written to the other. What JSON cannot say (keywords, sets, maps whose keys are not strings) is carried as EDN text.
 */
@NullMarked
package dev.umpire.histories.value;

import org.jspecify.annotations.NullMarked;
