/**
 * Availability: how long nobody was acknowledged, how soon that was over after a fault, and what was lost to it.
 *
 * <p>In: a history with times and with the events of its nemesis. Out: figures for each fault, and verdicts on bounds that
 * somebody asked for. Start with {@link dev.umpire.checkers.availability.RecoversWithin}; {@code Lane} says what is
 * measured, {@code Window} from when on.
 *
 * <p>Decision: the store is measured as a whole. It is available to a function (reads, writes, ...) as soon as anybody is
 * acknowledged one, so that a node that stays away while others serve breaks nothing here: whether the struck node is
 * back, the probes of the nemesis say. A measure by node would blame a follower for the writes that it refuses by design,
 * one by session a store for a client that stays where its node is cut off.
 *
 * <p>Decision: only time in which somebody asked counts. A store that nobody asks is not silent.
 *
 * <p>Decision: no part of the ladder unless it is asked for by name. How long is too long only its user knows.
 */
@NullMarked
package dev.umpire.checkers.availability;

import org.jspecify.annotations.NullMarked;
