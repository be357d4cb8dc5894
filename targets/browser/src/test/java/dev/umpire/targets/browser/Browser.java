package dev.umpire.targets.browser;

import dev.umpire.harness.launcher.Launcher;
import dev.umpire.targets.testing.InstalledStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** The machine's Chromium, without a window; it tells what a page asked of the network and what it complained of. */
final class Browser implements AutoCloseable {
    private static final Dimension WINDOW = new Dimension(1280, 1400);
    private static final Pattern REQUESTED =
            Pattern.compile("\"method\":\"Network\\.requestWillBeSent\".*?\"request\":\\{.*?\"url\":\"([^\"]*)\"");

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Skips the test that asks where there is none; fails it where {@code UMPIRE_REQUIRE} names {@code chromium}. */
    static Browser open() throws IOException {
        InstalledStore.required("chromium", launcher -> {
            launcher.program("chromium", "chromium");
            launcher.program("chromedriver", "chromium-driver");
        });
        try (Launcher launcher = Launcher.open()) {
            ChromeDriverService service = new ChromeDriverService.Builder()
                    .usingDriverExecutable(
                            launcher.program("chromedriver", "chromium-driver").toFile())
                    .usingAnyFreePort()
                    .build();
            ChromeDriver driver = new ChromeDriver(service, options(launcher.program("chromium", "chromium")));
            driver.manage().window().setSize(WINDOW);
            return new Browser(driver);
        }
    }

    private static ChromeOptions options(Path chromium) {
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.toFile());
        // a sandbox needs rights that a container lacks; what is opened are pages that this test wrote
        options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu");
        options.setCapability("goog:loggingPrefs", logs);
        return options;
    }

    /** Opens a page of this machine and waits until it has loaded. */
    void show(Path page) {
        driver.get(page.toUri().toString());
    }

    /** Opens a page of a server and waits until it has loaded. */
    void show(String address) {
        driver.get(address);
    }

    /** As {@link #show(Path)}, at a place of the page. */
    void show(Path page, String fragment) {
        driver.get("about:blank");
        driver.get(page.toUri() + fragment);
    }

    /** How long the page took from the request for it until all its scripts had run, in milliseconds. */
    long loadingMillis() {
        return ask(Long.class, "return Math.round(performance.getEntriesByType('navigation')[0].loadEventEnd)");
    }

    void click(String selector) {
        driver.findElement(By.cssSelector(selector)).click();
    }

    /** Presses a key on the element. */
    void press(String selector, CharSequence key) {
        driver.findElement(By.cssSelector(selector)).sendKeys(key);
    }

    /** Moves the pointer there, and does not press it. */
    void point(String selector) {
        new Actions(driver)
                .moveToElement(driver.findElement(By.cssSelector(selector)))
                .perform();
    }

    /** Presses the pointer in the middle of the element, moves it to the right and lets it go. */
    void drag(String selector, int pixels) {
        new Actions(driver)
                .dragAndDropBy(driver.findElement(By.cssSelector(selector)), pixels, 0)
                .perform();
    }

    /** Types into an input, or chooses what a select shows so. */
    void fill(String selector, String value) {
        driver.findElement(By.cssSelector(selector)).sendKeys(value);
    }

    /** Chooses of the select that has this label what it shows so. */
    void choose(String form, String label, String value) {
        driver.findElement(By.cssSelector(form))
                .findElement(By.xpath(".//label[text()='" + label + "']/select"))
                .sendKeys(value);
    }

    void scrollTo(String selector) {
        ask(Boolean.class, "document.querySelector(arguments[0]).scrollIntoView(); return true", selector);
    }

    /** What a script returns that is run in the page. */
    <T> T ask(Class<T> type, String script, Object... arguments) {
        return type.cast(
                Objects.requireNonNull(((JavascriptExecutor) driver).executeScript(script, arguments), script));
    }

    /** All that the page says in an element. */
    String text(String selector) {
        return ask(String.class, "return document.querySelector(arguments[0]).textContent", selector);
    }

    /** All that the page says in each of the elements. */
    List<String> texts(String selector) {
        List<?> texts = ask(
                List.class,
                "return [...document.querySelectorAll(arguments[0])].map((one) => one.textContent)",
                selector);
        return texts.stream().map(String::valueOf).toList();
    }

    /** What can be operated and has no name that a screen reader could say. */
    String unnamed() {
        return ask(String.class, """
                return [...document.querySelectorAll('a, button, input:not([type=hidden]), select, progress, svg[role]')]
                    .filter((one) => !(one.ariaLabel || one.labels?.length || one.textContent.trim()))
                    .map((one) => one.outerHTML).join()
                """);
    }

    /** What the page complained of since the last call: errors of scripts, and what its policy refused. */
    List<String> complaints() {
        return logged(LogType.BROWSER).toList();
    }

    /** What was asked of the network since the last call, the pages themselves left out. */
    List<String> requests() {
        return logged(LogType.PERFORMANCE)
                .flatMap(message -> REQUESTED.matcher(message).results())
                .map((MatchResult request) -> request.group(1))
                .filter(address -> !address.startsWith("file:") || !address.endsWith(".html"))
                .toList();
    }

    private Stream<String> logged(String type) {
        return driver.manage().logs().get(type).getAll().stream().map(LogEntry::getMessage);
    }

    /** Whether the reader's machine asks for dark pages. */
    void dark(boolean dark) {
        Map<String, Object> feature = Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light");
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of(feature)));
    }

    /** Keeps what the window shows as {@code target/screenshots/NAME.png}. */
    void keep(String name) throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "screenshots"));
        Files.write(folder.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    }

    @Override
    public void close() {
        driver.quit();
    }
}
