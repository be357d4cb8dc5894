/**
 * A multi-leader replicated store (DDIA, chapter 5): one leader a datacentre, each takes changes and sends them to others.
 *
 * <p>In: requests of sessions, and what the simulated world does to messages, disks and processes. Out: responses. Start
 * with {@link dev.umpire.targets.simulated.multileader.MultiLeaderCluster}, then {@code Replica} and {@code Ledger}.
 *
 * <p>What each leader does on each message:
 *
 * <pre>
 *  client ── ChangeRequest ─▶ leader    waits until it has what the session has seen, else Refused. Gives the change a name
 *                                       (origin, sequence), a time and its past, appends it to its log, syncs, answers Done;
 *                                       sends it on in batches
 *  client ── ReadRequest  ──▶ leader    waits likewise; answers Done with what it has, once that is synced
 *
 *  leader ── Changes ───────▶ leader    takes each change once: by origin in sequence and, with causal delivery, after all
 *            (also as a                 that it may depend on; what is early is kept for a while. Syncs, answers Held
 *             sign of life)
 *  leader ◀─ Held ────────── leader     notes what that one holds, sends what it lacks still
 *  leader ── Inquiry ───────▶ leader    answers InquiryAnswer with what it has, once that is synced
 *  leader ◀─ InquiryAnswer ── leader    when all have answered: a read or removal waits until this leader has as much
 *  operator ── question ──────▶ anyone  says what it has
 * </pre>
 *
 * <p>Decisions. A change is made durable before anybody is told of it, its own leader's clients, other leaders and readers
 * alike: so a sequence number is never given twice, and nobody sees what a crash takes away. The log holds the changes of
 * all leaders in the order in which this one took them; memory is what the log makes of it. Who sends asks nothing but what
 * the other holds, a version vector, and sends all after that: retries, a restart and a way that changes need no care of
 * their own. With {@code topology=circle} a leader sends to the next that answers, past those that are silent, and says to
 * each silent one that it is there: when that answers again, it is sent what it lacks.
 *
 * <p>What a write replaces its session says: the versions that it has read or written (dots: Preguiça, Baquero, Almeida,
 * Fonte, Gonçalves: <i>Dotted Version Vectors</i>, 2010). So a write that nobody knew of stays as a sibling even at its own
 * leader. A set's removal removes the adds that its leader has seen.
 *
 * <p>A session that carries what it has seen carries the version vector of the leaders that answered it: more than it can
 * depend on, never less. With {@code merged-reads=on} reads and removals wait for what any leader had when they came; then a
 * counter never shows less than what was acknowledged, and a removal finds what was added elsewhere.
 */
@NullMarked
package dev.umpire.targets.simulated.multileader;

import org.jspecify.annotations.NullMarked;
