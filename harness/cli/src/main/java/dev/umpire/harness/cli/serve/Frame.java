package dev.umpire.harness.cli.serve;

import dev.umpire.harness.report.Markup;
import dev.umpire.harness.report.PageFrame;

/** What stands around the content of each page: the report's style, the way back, and the script that follows a run. */
final class Frame {
    static final String STYLE = "style.css";
    static final String SCRIPT = "live.js";
    private static final String HTML = "text/html; charset=utf-8";

    private Frame() {}

    /** The beginning of a page, up to its content. */
    static Markup begin(String title) {
        Markup page = new Markup();
        page.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        page.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        page.element("title", "Umpire: " + title);
        page.raw("<link rel=\"stylesheet\" href=\"/" + STYLE + "\">\n");
        page.raw("<script src=\"/" + SCRIPT + "\" defer></script>\n");
        page.raw("</head>\n<body>\n<main>\n<nav><a href=\"/\">all runs</a></nav>\n");
        return page.element("h1", title);
    }

    /** The answer that a page is. */
    static Reply end(int status, Markup page) {
        page.raw("</main>\n</body>\n</html>\n");
        return new Reply.Made(status, HTML, page.toString(), Policy.PAGE);
    }

    /** The style of all pages. */
    static Reply style() {
        return new Reply.Made(
                200, "text/css; charset=utf-8", PageFrame.style() + Resources.text("serve.css"), Policy.NOTHING);
    }

    /** The script that follows a run. */
    static Reply script() {
        return new Reply.Made(200, "text/javascript; charset=utf-8", Resources.text(SCRIPT), Policy.NOTHING);
    }
}
