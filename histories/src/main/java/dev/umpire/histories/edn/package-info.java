/**
 * Jepsen's EDN: reads values and whole histories from it, and writes them as Jepsen does.
 *
 * <p>In: bytes. Out: events, one after another, or {@link dev.umpire.histories.value.Value}s; and the way back. Start with
 * {@link dev.umpire.histories.edn.EdnHistoryReader}, then {@code EdnReader}.
 *
 * <p>Decision: a reader of our own, with the place of every error, bounded memory, unknown keys and tags kept. It reads
 * data and nothing else: what Clojure would evaluate, deref, quote or attach as metadata is refused.
 */
@NullMarked
package dev.umpire.histories.edn;

import org.jspecify.annotations.NullMarked;
