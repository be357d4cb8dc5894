/**
 * A single-leader replicated register store (DDIA, chapter 5): one log, shipped from a leader to followers.
 *
 * <p>In: requests of sessions, and what the simulated world does to messages, disks and processes. Out: responses. Start
 * with {@link dev.umpire.targets.simulated.singleleader.SingleLeaderCluster}, then {@code Replica}.
 *
 * <p>What each node does on each message:
 *
 * <pre>
 *  client ── WriteRequest ──▶ leader     appends to its log, syncs, ships; answers Done once the entry is committed and as
 *                                        many followers hold it as the setting {@code replication} wants
 *                             follower   answers Refused with the leader it knows
 *  client ── ReadRequest  ──▶ leader     answers from what is committed, while it holds a lease; else Refused
 *                             follower   answers what it has applied; with a token waits until it is that far, then refuses
 *
 *  leader ── Append ────────▶ follower   older epoch: AppendRefused. Its log does not match before the entries: AppendGap.
 *            (also as                    Else: cuts off a diverged tail, appends, notes how far all is committed, syncs,
 *             heartbeat)                 applies up to there, answers AppendOk; will not vote until the lease has run out
 *  leader ◀─ AppendOk ─────── follower   counts it: moves the commit on, acknowledges writes, prolongs its lease, ships on
 *  leader ◀─ AppendGap ────── follower   ships from where the logs still agree
 *  leader ◀─ AppendRefused ── follower   there is a newer epoch: steps down, tells waiting writers that it does not know
 *
 *  candidate ── VoteRequest ▶ anyone     a lease may be in force, voted already, or own log more advanced: refuses.
 *                                        On trial: only says what it would do. Else notes epoch and vote, syncs, grants
 *  candidate ◀─ Vote ──────── anyone     enough on trial: asks in earnest in the next epoch; enough in earnest: leads, with
 *                                        a barrier entry of its own epoch, and reads only once that is committed
 *  operator ── ChangeMembers ▶ leader     appends who the members are from now on, one more or one less, once the last such
 *                                        change is committed; the new ones count from that entry on
 *  operator ── question ──────▶ anyone   says whether it leads, and how far its log and its state are
 * </pre>
 *
 * <p>Decisions. Logs match as in Raft (Ongaro, Ousterhout, USENIX ATC 2014): an entry is known by epoch and index, a leader
 * commits by counting only entries of its own epoch. A write quorum and an election quorum always meet, except where
 * {@code replication=asynchronous}: there a failover may lose what only the old leader had, as it does in real stores. The
 * leader ships only what it has synced, so a follower never knows what its leader may forget. With
 * {@code replication=synchronous} a write is visible once a majority has it and acknowledged once all have it: reads stay
 * possible after a failover while the old leader is away. A follower syncs how far it knows all to be committed before it
 * applies that far, so that a restart never takes it back. Without failover the first node leads for ever.
 *
 * <p>Members change one at a time, so that a quorum before and one after always meet, and only once an entry of the leader's own
 * epoch is committed. A machine that comes in the place of another is told so by its operator: it takes itself for no member
 * before its log says so, and answers no reads before it has applied that. Its predecessor's disk is given up only after the
 * others have agreed to go on without it.
 *
 * <p>The lease: a leader reads for {@code LEASE} after the sending of what a majority has answered; a follower votes only
 * {@code PROMISE} after the last arrival, and only that long after its own start, as it does not remember. Clocks may differ
 * by any offset; that a lease is shorter than a promise allows for their drift.
 */
@NullMarked
package dev.umpire.targets.simulated.singleleader;

import org.jspecify.annotations.NullMarked;
