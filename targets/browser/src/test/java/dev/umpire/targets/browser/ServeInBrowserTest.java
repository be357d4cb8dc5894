package dev.umpire.targets.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** What a reader meets who opens what {@code umpire serve} shows. */
class ServeInBrowserTest {
    @TempDir
    static Path folder;

    private static Browser browser;
    private static ServedRuns runs;

    @BeforeAll
    static void open() throws Exception {
        browser = Browser.open();
        runs = ServedRuns.in(folder);
    }

    @AfterAll
    static void close() {
        if (runs != null) {
            runs.close();
        }
        if (browser != null) {
            browser.close();
        }
    }

    @AfterEach
    void nothingWasComplainedOfAndNobodyElseWasAsked() {
        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.requests()).isNotEmpty().allMatch(address -> address.startsWith(runs.address("")));
    }

    @Test
    void theRunsAreListedWithTheirVerdicts() throws Exception {
        browser.show(runs.address(""));

        assertThat(browser.text("main")).contains("2026-11-23 13:31:02", "✗ broken", "read-your-writes", "✓ held");
        browser.keep("serve-runs-light");
        browser.dark(true);
        assertThat(browser.ask(String.class, "return getComputedStyle(document.body).backgroundColor"))
                .isEqualTo("rgb(20, 23, 26)");
        browser.keep("serve-runs-dark");
        browser.dark(false);
    }

    @Test
    void aHeadSortsAndASearchFilters() {
        browser.show(runs.address(""));
        browser.click("th[aria-sort=descending] a");
        List<String> oldestFirst = browser.texts("tbody th");
        assertThat(oldestFirst).isSorted().hasSizeGreaterThan(1);

        browser.fill("input[type=search]", "any-follower");
        browser.press("input[type=search]", Keys.ENTER);

        assertThat(browser.texts("tbody th")).allMatch(time -> time.startsWith("2026-11-23"));
        assertThat(browser.texts("th[aria-sort=ascending]")).hasSize(1);
    }

    @Test
    void aRunLeadsToItsReportInWhichItsOwnScriptRuns() {
        browser.show(runs.address("run/" + ServedRuns.STALE));
        assertThat(browser.text("pre")).contains("./umpire replay runs/" + ServedRuns.STALE);

        browser.click("a[href$='report.html']");
        browser.click("section.anomaly button");

        assertThat(browser.text("#operations [role=status]")).isEqualTo("1 to 2 of 2 operations of the anomaly");
        assertThat(browser.ask(String.class, "return self.origin")).isEqualTo("null");
    }

    @Test
    void twoRunsThatAreChosenStandSideBySide() throws Exception {
        browser.show(runs.address(""));

        browser.click("input[value='" + ServedRuns.STALE + "']");
        browser.click("input[value='" + ServedRuns.FRESH + "']");
        browser.click("form[action='/compare'] button");

        await("the comparison to be shown")
                .untilAsserted(() -> assertThat(browser.text("main"))
                        .contains(
                                "settings.reads",
                                "better",
                                "staleness of reads, A",
                                "Where their histories differ first"));
        browser.keep("serve-compare");
    }

    @Test
    void aRunThatGoesOnIsFollowedUntilItHasEnded() throws Exception {
        runs.begin();
        browser.show(runs.address("run/" + ServedRuns.GOING_ON));
        assertThat(browser.text("#state")).isEqualTo("… running");

        runs.append("""
                {"index":0,"time":0,"type":"info","process":"nemesis","f":"confirm","value":{"id":1,"fault":"crash","nodes":["<b>n2</b>"]}}
                {"index":1,"time":1000000,"type":"invoke","process":0,"f":"write","key":"x","value":1}
                {"index":2,"time":2500000000,"type":"ok","process":0,"f":"write","key":"x","value":1}
                """);
        await("the operation to be counted")
                .until(() -> browser.text("#operations").equals("1 of 4 operations"));

        assertThat(browser.text("#elapsed")).isEqualTo("2.5 s");
        assertThat(browser.text("#faults")).isEqualTo("crash <b>n2</b>");
        assertThat(browser.ask(Double.class, "return document.getElementById('share').value"))
                .isEqualTo(0.25);
        browser.keep("serve-live");
        runs.end();
        await("the end to be told").until(() -> browser.text("#ended").startsWith("The run has ended."));
        assertThat(browser.text("#state")).isEqualTo("✓ held");
    }

    @Test
    void whatMeansHarmIsShownAsText() throws Exception {
        runs.hostile();
        String name = "%3Cimg%20src%3Dx%20onerror%3Dharmed%3D1%3E";

        for (String page : List.of("", "run/" + name, "compare?run=" + name + "&run=" + ServedRuns.FRESH)) {
            browser.show(runs.address(page));
            assertThat(browser.text("main")).as(page).contains("<script>harmed = 3</script>");
            assertThat(browser.ask(Boolean.class, "return 'harmed' in window")).isFalse();
            assertThat(browser.ask(Long.class, "return document.querySelectorAll('img, main script').length"))
                    .isZero();
        }
    }

    @Test
    void aReportOfSomebodyElseRunsNoScript() throws Exception {
        runs.hostile();

        browser.show(runs.address("file/%3Cimg%20src%3Dx%20onerror%3Dharmed%3D1%3E/report.html"));

        assertThat(browser.text("p")).isEqualTo("a report");
        assertThat(browser.ask(Boolean.class, "return 'harmed' in window")).isFalse();
        assertThat(browser.complaints()).hasSize(1).allMatch(line -> line.contains("Content Security Policy"));
    }

    @Test
    void whatIsOperatedHasANameThatAScreenReaderSays() {
        for (String page : List.of("", "run/" + ServedRuns.STALE)) {
            browser.show(runs.address(page));
            assertThat(browser.unnamed()).as(page).isEmpty();
        }
    }
}
