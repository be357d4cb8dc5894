/**
 * The pages that Umpire writes and serves, opened in a real browser as their readers open them.
 *
 * <p>In: runs of simulated stores and histories made to harm. Out: assertions, and screenshots under {@code
 * target/screenshots}. Start with {@link dev.umpire.targets.browser.ReportInBrowserTest}, then {@code ServeInBrowserTest}.
 *
 * <p>Decision: the browser is that of the machine, and nothing is fetched. Without one the tests are skipped visibly, and
 * fail where {@code UMPIRE_REQUIRE} names {@code chromium}.
 */
@NullMarked
package dev.umpire.targets.browser;

import org.jspecify.annotations.NullMarked;
