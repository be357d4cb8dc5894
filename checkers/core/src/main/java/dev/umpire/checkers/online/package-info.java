/**
 * Online: guarantees judged while a recording grows, so that a run can end at its first violation.
 *
 * <p>In: events, one after another. Out: an answer at any time, the one that the checker of the whole recording gives of what
 * has been recorded so far. Start with {@link dev.umpire.checkers.online.OnlineChecker}.
 *
 * <p>Decision: read-your-writes, monotonic-reads, integrity, bounded-staleness and linearizable are judged, on plain
 * registers alone: reads, writes and snapshots of keys to each of which every value is written once, under real-time
 * write order. A key on which anything else happens is UNKNOWN from then on, with the reason, and the other keys are
 * judged as before. What such a key needs (other models, reported versions, values that are written twice) cannot be
 * said of a part of a recording.
 *
 * <p>Decision: memory. Of each key is kept: the writes that are open or of unknown outcome, what overlaps something that
 * is open, and by guarantee the last own write or read of each session, or the newest writes; each judge of a key says
 * which. Of all keys together the last writes that nothing depends on are kept as well, so many as the window says, so
 * that a read of an old value can be told with its write. What is older is forgotten but for the number that was
 * written, in runs of neighbours; a session that reads such a number after something newer has gone back in time for
 * certain. Where that cannot be said the key is UNKNOWN.
 *
 * <p>Decision: a violation is found by numbers alone, and told by the checker of the whole recording, which is asked of the few
 * operations that show it: kind, witness and sentence are the same.
 */
@NullMarked
package dev.umpire.checkers.online;

import org.jspecify.annotations.NullMarked;
