/**
 * Faults, and the promise that each of them took hold and was undone.
 *
 * <p>In: {@link dev.umpire.harness.generator.Action.Inject} and {@link dev.umpire.harness.generator.Action.Heal}, drawn by a
 * {@link dev.umpire.harness.nemesis.NemesisSchedule}. Out: faults in force, and an event for each injection, each probe and
 * each heal. Start with {@link dev.umpire.harness.nemesis.Nemesis}, then {@link dev.umpire.harness.nemesis.Fault}.
 *
 * <p>Decision: faults of different kinds may overlap, by these rules: one fault of a kind at a time; nodes that are down
 * (crashed, paused, or replaced) are always a minority; a failover or a rolling restart strikes only when nothing else is in
 * force but loss, duplication or a wrong clock, and nothing else strikes during it; a throttle or a reset strikes when no other
 * fault of links between nodes is in force; and where what is lost is sent again, so does loss, and never beside a failover, a
 * rolling restart or another membership. Who finds no aim under these rules stands in a queue, so that every kind gets its turn.
 *
 * <p>Decision: a link whose end is down cannot be probed: bytes do not arrive there, cut or not. Nor can one that another
 * fault cuts or makes as bad. Its probe is put off until the node is back and the other fault is gone.
 *
 * <p>Decision: who says nothing is no evidence. A link whose end does not answer is neither seen cut nor seen whole, and what is
 * measured by a difference (how slow a link is, what a clock says) is seen only where it was measured before the injection. How
 * fast a clock runs is told by two readings, each with what it may be wrong by: from the confirmation to the heal, and from then to the
 * next heal of whatever fault, or the next jump, at which they are far enough apart ({@code ClockRate}). Near readings tell nothing,
 * and the jump alone is the evidence then; a rate that is told and is not the one that was ordered takes it back. A clock that is
 * seen after its end to run wrong still is in force again, until it was told its own rate once more.
 *
 * <p>Decision: a schedule strikes what it says or nothing. A failover from a node that does not lead would be confirmed by the other
 * leader alone, so it is not carried out; two faults of a kind on one node or link, of which the first heal would undo both, are
 * refused before anything starts. What is worse than a nemesis would draw it is struck, and no configuration promises anything
 * under it.
 *
 * <p>Decision: what could not be undone is in force. Where the lever of a heal fails, or a node that was started again is not
 * seen back, nobody else is taken down in its place; the next heal of its kind tries again, or comes in the place of the next
 * injection, and so does the last heal of all.
 *
 * <p>Decision: faults are aimed. Of those that take a node down a quarter strike in the moment in which a node acknowledged
 * a write, before it can have told others what it had not told them yet; half of the rest the leader.
 */
@NullMarked
package dev.umpire.harness.nemesis;

import org.jspecify.annotations.NullMarked;
