/**
 * A partitioned, replicated log with consumer groups, after the design of Kafka (Kreps, Narkhede, Rao, NetDB 2011; the
 * replication as in its documentation since KIP-101 and KIP-497).
 *
 * <p>In: requests of sessions, and what the simulated world does to messages, disks and processes. Out: responses. Start with
 * {@link dev.umpire.targets.simulated.log.LogStore}, then {@code PartitionReplica} and {@code Leading}.
 *
 * <p>What each node does on each message, for each partition on its own:
 *
 * <pre>
 *  client ── Send ────────▶ leader    leaves out what its log has by the producer's sequence number; appends, syncs; answers
 *                                     Sent once every replica in sync has it ({@code acks}), Unknown if it steps down before
 *                           follower  answers Refused with the leader it knows
 *  client ── Poll, ReadKey ▶ leader   answers what is below the high watermark; a follower too, where the request is for it
 *  client ── Join ────────▶ leader    of the group's partition: notes a new generation with the session in it; answers Joined
 *                                     with what it is assigned and how far that is consumed, once the note is safe
 *  client ── Commit ──────▶ leader    of the group's partition: another generation: NotMember. Else notes the positions,
 *                                     answers Committed once that is safe. A member that is silent is left out of the next
 *
 *  follower ── Fetch ─────▶ leader    older state: Chosen with the one it knows. The logs differ before the offset:
 *                                     Diverged. Else notes how far the follower's disk is, moves the high watermark, answers
 *                                     Fetched when there is something, or after a while
 *  follower ◀─ Fetched ──── leader    appends, syncs, fetches on
 *  follower ◀─ Diverged ─── leader    cuts off what the leader does not have, syncs, fetches on
 *
 *  anyone ── Prepare ─────▶ anyone    older ballot than promised: Outdated. Else notes the promise, syncs, answers Promise with
 *                                     what it accepted last
 *  anyone ── Accept ──────▶ anyone    older ballot than promised: Outdated. Else notes the state, syncs, answers Accepted
 *  anyone ── Chosen ──────▶ anyone    a newer state: follows its leader; steps down if another leads
 *  operator ── question ──────▶ anyone  how it sees each partition
 * </pre>
 *
 * <p>Decisions. There is no controller that could be lost: the state of a partition (epoch, leader, who is in sync) is a register
 * that a majority agrees on, {@code StateRegister}; any node may change it, one change on top of the last. The leader takes lagging
 * replicas out and those that caught up in again; a replica in sync that does not hear of the leader makes itself the next one,
 * with a new epoch, and so does a leader's own next process. What is acknowledged is on the disks of all that are in sync, or
 * may be by a change whose outcome the leader does not know, and only one of these can lead next: so nothing acknowledged is lost.
 * Never fewer than a majority are in sync, so that a majority that is alive has one of them. An old leader that has not
 * heard of its successor can do no harm: those in sync fetch from it no more, so its high watermark stands still.
 *
 * <p>A node follows an epoch only after its disk has noted it, so it never goes back to an older leader that would cut off what
 * it has. Followers are served what the leader's disk has, nothing else. No clock is compared with another one, and none decides
 * what is right: they only say when to try.
 *
 * <p>A session's connection is a producer with an id of its own and has one message under way at a time. Whether a try whose
 * answer never came took effect does not matter as long as it tries on; when it gives up, nobody knows, and the session's next
 * connection is another producer. Polls that were not answered have delivered nothing. {@code append} and {@code read} are
 * the log as lists: a record belongs to a key, a key to a partition, and a read is all records of the key up to the
 * high watermark.
 */
@NullMarked
package dev.umpire.targets.simulated.log;

import org.jspecify.annotations.NullMarked;
