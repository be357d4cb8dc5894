package dev.umpire.harness.report;

import java.util.List;
import java.util.Locale;

/** HTML and SVG as text, with every text and every attribute escaped. */
public final class Markup {
    private final StringBuilder out = new StringBuilder(1 << 14);

    /** Text as data: no character of it can open or close anything. */
    static String escaped(String text) {
        String safe = SafeText.visible(text);
        StringBuilder escaped = new StringBuilder(safe.length() + 16);
        for (int i = 0; i < safe.length(); i++) {
            char character = safe.charAt(i);
            switch (character) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(character);
            }
        }
        return escaped.toString();
    }

    /** A length in a drawing, with one digit after the point. */
    static String length(double units) {
        return String.format(Locale.ROOT, "%.1f", units);
    }

    /** Markup of our own, as it is. */
    public Markup raw(String markup) {
        out.append(markup);
        return this;
    }

    /** Somebody's text. */
    public Markup text(String text) {
        out.append(escaped(text));
        return this;
    }

    /** {@code <name attributes>text</name>}; attributes are names and values in turn. */
    public Markup element(String name, String text, String... attributes) {
        return open(name, attributes).text(text).close(name);
    }

    /** Somebody's lines, one below the other, which a reader without a mouse can move in and copy. */
    public Markup lines(List<String> lines) {
        raw("<pre tabindex=\"0\">");
        lines.forEach(line -> text(line).raw("\n"));
        return raw("</pre>");
    }

    /** {@code <name attributes>}; attributes are names and values in turn. */
    public Markup open(String name, String... attributes) {
        out.append('<').append(name);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ')
                    .append(attributes[i])
                    .append("=\"")
                    .append(escaped(attributes[i + 1]))
                    .append('"');
        }
        out.append('>');
        return this;
    }

    /** {@code </name>} and a line end. */
    public Markup close(String name) {
        out.append("</").append(name).append(">\n");
        return this;
    }

    /** A row of a table; the first cell is its head. */
    public Markup row(String head, String... cells) {
        raw("<tr>").element("th", head, "scope", "row");
        for (String cell : cells) {
            element("td", cell);
        }
        return close("tr");
    }

    /** The head of a table. */
    public Markup head(String... cells) {
        raw("<thead><tr>");
        for (String cell : cells) {
            element("th", cell, "scope", "col");
        }
        return raw("</tr></thead>\n");
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
