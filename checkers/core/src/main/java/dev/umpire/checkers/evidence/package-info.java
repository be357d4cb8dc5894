/**
 * Evidence: whether a history has anything to show, before any verdict is believed.
 *
 * <p>In: a history. Out: how many operations ended how, in all and while each fault was in force, and what is missing in
 * sentences. Start with {@link dev.umpire.checkers.evidence.Evidence}.
 *
 * <p>Decision: a fault is in force from the probe that confirmed it to the moment before it was healed, never from the
 * word of the injector.
 */
@NullMarked
package dev.umpire.checkers.evidence;

import org.jspecify.annotations.NullMarked;
