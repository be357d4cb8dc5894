/**
 * What people and other programs are shown of a run or a checked file: the verdict object in JSON, the page
 * {@code report.html}, and the words for operations, numbers and faults that terminal and page share.
 *
 * <p>In: a history with its {@link dev.umpire.harness.run.Judgement}, or a whole {@link dev.umpire.harness.run.Run}. Out:
 * text. Nothing here reads or writes a file, and the same input gives the same text. Start with
 * {@link dev.umpire.harness.report.HtmlReport} or {@link dev.umpire.harness.report.VerdictJson}.
 *
 * <p>Decision: whatever comes from a history passes {@link dev.umpire.harness.report.SafeText} before it reaches a
 * terminal and {@link dev.umpire.harness.report.Markup} before it reaches a page. A value is data wherever it is shown.
 *
 * <p>Decision: the page has no script at all, not only none that is loaded. Price, accepted: no filters.
 */
@NullMarked
package dev.umpire.harness.report;

import org.jspecify.annotations.NullMarked;
