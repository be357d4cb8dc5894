/**
 * A partitioned single-leader register store (DDIA, chapters 5 and 6): every node leads one range of the keys, for ever, and
 * follows all others; reads of several keys go to several leaders.
 *
 * <p>In: requests of sessions, and what the simulated world does to messages, disks and processes. Out: responses. Start
 * with {@link dev.umpire.targets.simulated.partitioned.PartitionedCluster}, then {@code Replica}.
 *
 * <p>What each node does on each message:
 *
 * <pre>
 *  client ── WriteRequest ──▶ leader       gives the commit a time later than all that its session saw and all that this
 *                                          leader promised, appends it to its log, syncs, answers Done with the time
 *  client ── ReadRequest  ──▶ coordinator  (any node) chooses a time not before what the session saw, asks the leaders of the
 *                                          keys for their values as of it, again and again, and answers Done once it has
 *                                          all, or Refused after a while
 *  client ── CopyRequest  ──▶ anyone       answers from its own copy of the key's partition, however far that is
 *
 *  coordinator ── PartRequest ▶ leader     promises that no later commit is at or before that time, waits until the promise
 *                                          and all its commits up to then are synced, answers with the values as of it.
 *                                          With {@code snapshots=newest}: answers with the newest values, whatever the time
 *  coordinator ◀─ PartAnswer ── leader     keeps the first answer of each partition
 *
 *  leader ── Ship ──────────▶ follower     it lacks what is before: tells how far it is. Else: appends what is new, syncs, and
 *            (also as heartbeat)           tells how far it is
 *  leader ◀─ Held ─────────── follower     ships on from there
 *  operator ── question ──────▶ anyone     says how far its copy of each partition is
 * </pre>
 *
 * <p>Decisions. The order of all commits is that of their times, partitions breaking ties. Times are those of a hybrid logical
 * clock (Kulkarni, Demirbas, Madappa, Avva, Leone: <i>Logical Physical Clocks</i>, OPODIS 2014) in one number: nanoseconds
 * of the wall clock, or the last time plus one where that is not later. A session carries the greatest time that it saw, so
 * the order of commits extends happens-before across partitions; one leader a key, so it extends real time for each key.
 * Values as of one time are therefore the state after a prefix of that order. As times need no clock that is right, clocks
 * may be wrong by anything: then snapshots are only older.
 *
 * <p>That no later commit is at or before a promised time must outlive the leader's process. A ceiling above all promised
 * times stands synced on the disk; it is raised a good deal at once, so that few promises wait for it; the next process
 * begins above it. A leader ships only what it has synced and never loses that, so logs never diverge, and a partition is
 * not available while its leader is away. Ranges are ranges of hashes, so that keys with one beginning are not all in one.
 */
@NullMarked
package dev.umpire.targets.simulated.partitioned;

import org.jspecify.annotations.NullMarked;
