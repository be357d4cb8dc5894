/**
 * What people and other programs are shown of a run or a checked file: the verdict object in JSON, the page
 * {@code report.html}, and the words for operations, numbers and faults that terminal and page share.
 *
 * <p>In: a history with its {@link dev.umpire.harness.run.Judgement}, or a whole {@link dev.umpire.harness.run.Run}. Out:
 * text. The same input gives the same text; only {@link dev.umpire.harness.report.RunFiles} touches files. Start with
 * {@link dev.umpire.harness.report.HtmlReport} or {@link dev.umpire.harness.report.VerdictJson}.
 *
 * <p>Decision: whatever comes from a history passes {@link dev.umpire.harness.report.SafeText} before it reaches a
 * terminal and {@link dev.umpire.harness.report.Markup} before it reaches a page. A value is data wherever it is shown.
 *
 * <p>Decision: latencies are counted in HdrHistogram's histograms and kept in its log, per function and interval, so that
 * whoever has its tools can merge and plot those of many runs. They count twice, as {@link
 * dev.umpire.harness.report.Latencies} says: from the request, and from when it was to be made.
 *
 * <p>Decision: texts are made fit to be shown here and not in the report's script, which only ever writes them as text; the
 * page's policy names that script by its digest, so that no other one runs. Whatever can be said without the script is.
 */
@NullMarked
package dev.umpire.harness.report;

import org.jspecify.annotations.NullMarked;
