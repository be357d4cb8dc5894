package dev.umpire.targets.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.harness.report.HtmlReport;
import dev.umpire.harness.run.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a reader meets who opens {@code report.html}. */
class ReportInBrowserTest {
    @TempDir
    static Path folder;

    private static Browser browser;
    private static Path staleReads;

    @BeforeAll
    static void open() throws Exception {
        browser = Browser.open();
        staleReads = report(Reports.ofStaleReads(2_000));
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
    }

    @AfterEach
    void nothingWasComplainedOfAndNothingAskedOfTheNetwork() {
        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.requests()).isEmpty();
    }

    @Test
    void itTellsTheVerdictsAndTheAnomaly() throws Exception {
        browser.show(staleReads);

        assertThat(browser.text("main"))
                .contains("read-your-writes", "✗ broken", "the session no longer sees its own write");
        browser.keep("report-light");
    }

    @Test
    void itIsDarkWhereItsReaderLikesItDark() throws Exception {
        browser.dark(true);
        browser.show(staleReads);

        assertThat(browser.ask(String.class, "return getComputedStyle(document.body).backgroundColor"))
                .isEqualTo("rgb(20, 23, 26)");
        browser.keep("report-dark");
        browser.dark(false);
    }

    @Test
    void whatMeansHarmIsShownAsText() throws Exception {
        browser.show(report(Reports.ofHostileNames()));

        assertThat(browser.ask(Boolean.class, "return 'harmed' in window")).isFalse();
        assertThat(browser.ask(Long.class, "return document.querySelectorAll('img, main script').length"))
                .isZero();
        assertThat(browser.text("main"))
                .contains("<img src=x onerror=harmed=1>\\u001B[31m\\u202Etxt.exe\\u2066")
                .doesNotContain("\u001b", "\u202e", "\u2066");
    }

    private static Path report(Run run) throws Exception {
        Path file = Files.createTempFile(folder, "report", ".html");
        return Files.writeString(file, HtmlReport.of(run));
    }
}
