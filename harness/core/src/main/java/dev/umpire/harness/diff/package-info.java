/**
 * Two runs, histories or surveys side by side: what differs, and what of that got worse.
 *
 * <p>In: two {@link dev.umpire.harness.diff.Recorded recordings} or two {@link dev.umpire.harness.diff.Survey surveys}, A and
 * B. Out: a {@link dev.umpire.harness.diff.Difference}, and its JSON. Start with {@code Difference}.
 *
 * <p>Decision: only a guarantee gets better or worse. Latency and staleness differ between any two runs of a real store;
 * they are told, and nobody is failed by them.
 */
@NullMarked
package dev.umpire.harness.diff;

import org.jspecify.annotations.NullMarked;
