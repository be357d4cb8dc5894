package dev.umpire.targets.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.targets.testing.InstalledStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/** That what other tests find absent would be seen if it were there. */
class BrowserTest {
    @TempDir
    Path folder;

    @Test
    void aMissingBrowserIsToldWithWhatToInstall() {
        assertThatThrownBy(() -> InstalledStore.required(
                        "no-such-chromium", launcher -> launcher.program("no-such-chromium", "chromium")))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContainingAll("no-such-chromium", "apt-get install chromium");
    }

    @Test
    void aPageThatAsksTheNetworkAndFailsIsFoundOut() throws Exception {
        Path page = Files.writeString(folder.resolve("page.html"), """
                <!DOCTYPE html><title>t</title><img src="http://127.0.0.1:1/dot.png"><script>throw new Error("seen")</script>
                """);

        try (Browser browser = Browser.open()) {
            browser.show(page);

            assertThat(browser.requests()).containsExactly("http://127.0.0.1:1/dot.png");
            assertThat(browser.complaints()).anyMatch(line -> line.contains("seen"));
        }
    }
}
