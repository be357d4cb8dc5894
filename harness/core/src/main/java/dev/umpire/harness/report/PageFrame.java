package dev.umpire.harness.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What stands around the content of our pages: the policy that lets nothing be loaded, the style, and the script.
 *
 * <p>The policy names the script by its digest, so that no other one runs, whatever a recording may hold.
 */
public final class PageFrame {
    private static final String FOLDER = "page/";
    private static final List<String> SCRIPTS =
            List.of("dom.js", "data.js", "zoom.js", "chart.js", "keys.js", "table.js", "start.js");

    private PageFrame() {}

    /** The beginning of a page without a script, up to its main content. */
    static Markup begin(String title) {
        return begin(title, "");
    }

    /** The beginning of a page that allows this script. */
    static Markup begin(String title, String script) {
        Markup page = new Markup();
        page.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        page.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        page.raw("<meta http-equiv=\"Content-Security-Policy\" content=\"" + policy(script) + "\">\n");
        page.element("title", "Umpire: " + title);
        return page.raw("<style>\n")
                .raw(style())
                .raw("</style>\n</head>\n<body>\n<main>\n")
                .element("h1", title);
    }

    /** The style of our pages. */
    public static String style() {
        return resource("page.css");
    }

    /** The value of Content-Security-Policy under which a page with this script works, and no other script; empty: none does. */
    static String policy(String script) {
        String allowed = script.isEmpty() ? "" : "; script-src 'sha256-" + digest(script) + "'";
        return "default-src 'none'; style-src 'unsafe-inline'" + allowed;
    }

    /** The end of a page without a script. */
    static String end(Markup page) {
        return page.raw("</main>\n</body>\n</html>\n").toString();
    }

    /** The end of a page with its data, which the script finds by the id {@code data}, and the script. */
    static String end(Markup page, String json, String script) {
        // within a string of JSON an escape stands for the same character, and no text can close the element
        String data = json.replace("<", "\\u003c");
        page.raw("</main>\n<script type=\"application/json\" id=\"data\">").raw(data);
        page.raw("</script>\n<script>").raw(script);
        return page.raw("</script>\n</body>\n</html>\n").toString();
    }

    /** The script of the report, one scope around all its files. */
    static String script() {
        return SCRIPTS.stream()
                .map(PageFrame::resource)
                .collect(Collectors.joining("\n", "(() => {\n'use strict';\n", "})();\n"));
    }

    private static String digest(String script) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(PageFrame.class.getResourceAsStream(FOLDER + name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
