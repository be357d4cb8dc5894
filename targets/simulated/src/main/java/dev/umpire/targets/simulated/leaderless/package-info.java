/**
 * A leaderless replicated store of registers and sets (DDIA, chapter 5; Dynamo): every node coordinates, quorums decide.
 *
 * <p>In: requests of sessions, and what the simulated world does to messages, disks and processes. Out: responses. Start
 * with {@link dev.umpire.targets.simulated.leaderless.LeaderlessCluster}, then {@code Replica} and {@code Coordinator}.
 *
 * <p>What each node does on each message:
 *
 * <pre>
 *  client ── ClientRead ────▶ any node   asks the key's replicas (ReadKey), joins the first r answers, answers Found; with
 *                                        logical timestamps once w replicas have what it found. Too few answers: Refused
 *  client ── ClientWrite ───▶ any node   names the write, stores it at the key's replicas (Store), answers Written once w of
 *                                        them have it on their disks. Logical timestamps, and removals, read a quorum first.
 *                                        Too few in time: Unknown, as some may have it
 *
 *  coordinator ── ReadKey ──▶ replica    says what its disk has (Held), once it has caught up; for another: its hints
 *  coordinator ◀─ Held ────── replica    joins it; when all have answered, or time is over, repairs those that lacked something
 *  coordinator ── Store ────▶ replica    joins it with what it holds, syncs, answers Stored; for another: keeps it as a hint
 *  coordinator ◀─ Stored ──── replica    counts it
 *
 *  replica ── Compare ──────▶ replica    where the hashes of the branches differ: Compare one level below; at the leaves: Leaves
 *  replica ── Leaves ───────▶ replica    joins them, sends back what the other lacks
 *  started ── CatchUp ──────▶ replica    answers with everything in leaves that differ (CaughtUp)
 *  started ◀─ CaughtUp ────── replica    joins it; answers reads once it has heard from enough others
 *  operator ── question ──────▶ anyone   says whether it has caught up, its hashes, and what is under way
 * </pre>
 *
 * <p>Decisions. Contents join: messages may come twice, late and in any order. A write is named by its session, or by the
 * process that coordinates it, and a number; no other process has its name, so that a disk that is lost or old never makes a
 * name come twice. With logical timestamps the registers are those of Attiya, Bar-Noy and Dolev (Sharing Memory Robustly in
 * Message-Passing Systems, JACM 1995) with several writers (Lynch and Shvartsman, FTCS 1997). A session sends with a write
 * what it has written and seen of the key: the write replaces that and nothing else. What a process tells others is on its
 * disk before. Tombstones are kept for ever: nothing here can tell when no message under way holds what was removed.
 *
 * <p>A process that starts cannot tell its disk from an old backup, so it answers no reads before it has heard from as many
 * other replicas as surely know of every acknowledged write. One replica at a time may lose what it held, no more.
 */
@NullMarked
package dev.umpire.targets.simulated.leaderless;

import org.jspecify.annotations.NullMarked;
