/**
 * Keys that hold many elements: who added, removed, dequeued and read what.
 *
 * <p>In: a history. Out: its keys taken apart, for the checkers of durability, convergence and integrity. Start with {@link
 * dev.umpire.checkers.collection.Elements} (sets, lists, counters) or {@link dev.umpire.checkers.collection.Queues}.
 */
@NullMarked
package dev.umpire.checkers.collection;

import org.jspecify.annotations.NullMarked;
