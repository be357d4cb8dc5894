/**
 * Partitioned logs: messages are sent to a partition, get an offset there, and are polled in its order.
 *
 * <p>In: a history with {@code send} and {@code poll}, each alone or as steps of a transaction. Out: a {@link
 * dev.umpire.checkers.verdict.Verdict}. Start with {@link dev.umpire.checkers.log.LogOrder}; {@link
 * dev.umpire.checkers.log.Partitions} gathers what was sent and polled, for durability too.
 *
 * <p>Decision: sessions that {@code subscribe} share the partitions of one group, which may move between them at any time.
 * What one of them passed over another may have got; so they are judged together, as one consumer that may go back.
 */
@NullMarked
package dev.umpire.checkers.log;

import org.jspecify.annotations.NullMarked;
