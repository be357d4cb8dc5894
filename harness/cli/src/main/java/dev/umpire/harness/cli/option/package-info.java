/**
 * Values of options: durations, ranges, names out of a list.
 *
 * <p>In: what a person typed. Out: a value, or {@link dev.umpire.harness.cli.option.WrongUse} with what was found, what is
 * allowed and the nearest. Start with {@link dev.umpire.harness.cli.option.Names}.
 */
@NullMarked
package dev.umpire.harness.cli.option;

import org.jspecify.annotations.NullMarked;
