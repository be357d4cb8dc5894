/**
 * The prefix guarantees: whether what was seen at one moment is a state through which the store could have gone, in real
 * time, and without a session going back.
 *
 * <p>In: an immutable history. Out: a {@link dev.umpire.checkers.verdict.Verdict}. Start with
 * {@link dev.umpire.checkers.prefix.ConsistentPrefix}, which holds the definition and the way through the room:
 * {@code Judgement} (which step comes when), {@code PlainPositions} (whether it is plain that all is well), {@code Recorded} (who wrote what was read), {@code Lists} (how far the reads of a list had come), {@code VersionOrders} (one order of writes for each key),
 * {@code TotalOrder} (an order of all writes, compared with what was seen), {@code FixedOrder} (in what the guarantees
 * differ), {@code PrefixGraph} (what must come before what), {@code Decision} and {@code Window} (where the order of writes has to be found),
 * {@code Findings}, {@code Witness} and {@code Story} (what to say about it).
 *
 * <p>Decision: first a good order of the writes is guessed and tested, in linear time; only the stretches of the history
 * that contradict the guess are looked at again. Where one of them is too large to be searched, a better guess is made of the
 * whole by {@code Saturation} and {@code Schedule}. The price, accepted: a stretch of more than some thousand operations
 * that hang together and contradict that one too, but no certain order, is left undecided.
 *
 * <p>Decision: what an operation writes to one key is one write; what a transaction writes is several writes with one node
 * in every graph, so that nothing comes between them.
 */
@NullMarked
package dev.umpire.checkers.prefix;

import org.jspecify.annotations.NullMarked;
