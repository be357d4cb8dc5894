/**
 * What CI systems are told of checked histories: JUnit XML, SARIF 2.1.0, and Markdown for the page of a job.
 *
 * <p>In: {@link dev.umpire.harness.report.ci.CheckedHistory}, one for each file or run. Out: text. Start with
 * {@link dev.umpire.harness.report.ci.JUnitXml}.
 *
 * <p>Decision: a guarantee that was asked for and is undecided is an error and no pass in each of them, as the command's exit
 * is 3. What was only told, as nothing was required, breaks no build: it is skipped, with its reason.
 */
@NullMarked
package dev.umpire.harness.report.ci;

import org.jspecify.annotations.NullMarked;
