package dev.umpire.harness.cli.terminal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Columns of text, each as wide as its widest cell, two blanks apart. The last column is not padded. */
public final class TextTable {
    /** Of the last column: with less, a sentence would be a column of words. */
    private static final int LEAST_COLUMNS = 20;

    private final List<List<Cell>> rows = new ArrayList<>();

    /** Text and how it is set off; the style takes no room. */
    public record Cell(String text, Terminal.Style style) {
        public static Cell of(String text) {
            return new Cell(text, Terminal.Style.PLAIN);
        }
    }

    public TextTable row(List<Cell> cells) {
        rows.add(List.copyOf(cells));
        return this;
    }

    public TextTable row(String... cells) {
        List<Cell> row = new ArrayList<>();
        for (String cell : cells) {
            row.add(Cell.of(cell));
        }
        return row(row);
    }

    /** The lines, without trailing blanks. */
    public List<String> lines(Terminal terminal) {
        int[] widths = widths();
        List<String> lines = new ArrayList<>();
        for (List<Cell> row : rows) {
            StringBuilder line = new StringBuilder();
            int pending = 0;
            for (int column = 0; column < row.size(); column++) {
                Cell cell = row.get(column);
                if (!cell.text().isEmpty()) {
                    line.append(" ".repeat(pending));
                    pending = 0;
                    line.append(terminal.styled(cell.style(), cell.text()));
                }
                pending += widths[column] - width(cell.text()) + 2;
            }
            lines.add(line.toString());
        }
        return lines;
    }

    /**
     * As {@link #lines}, with the text of the last column in as many lines as it takes where the terminal's width is known and
     * leaves it room.
     */
    public List<String> linesWithin(Terminal terminal) {
        int[] widths = widths();
        int last = widths.length - 1;
        int before = IntStream.of(widths)
                .limit(Math.max(0, last))
                .map(width -> width + 2)
                .sum();
        int room = terminal.outColumns().orElse(Integer.MAX_VALUE) - before;
        if (last < 0 || room < LEAST_COLUMNS || room >= widths[last]) {
            return lines(terminal);
        }
        TextTable narrow = new TextTable();
        for (List<Cell> row : rows) {
            if (row.size() <= last) {
                narrow.row(row);
                continue;
            }
            List<Cell> begin = row.subList(0, last);
            for (String part : parts(row.get(last).text(), room)) {
                List<Cell> line = new ArrayList<>(begin);
                line.add(new Cell(part, row.get(last).style()));
                narrow.row(line);
                begin = Collections.nCopies(last, Cell.of(""));
            }
        }
        return narrow.lines(terminal);
    }

    /** Parted at blanks; a word that is longer stands alone. */
    private static List<String> parts(String text, int room) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!part.isEmpty() && width(part.toString()) + 1 + width(word) > room) {
                parts.add(part.toString());
                part.setLength(0);
            }
            part.append(part.isEmpty() ? "" : " ").append(word);
        }
        parts.add(part.toString());
        return parts;
    }

    private int[] widths() {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = new int[columns];
        for (List<Cell> row : rows) {
            for (int column = 0; column < row.size(); column++) {
                widths[column] = Math.max(widths[column], width(row.get(column).text()));
            }
        }
        return widths;
    }

    /** In code points: good for the words here, not for scripts of double width. */
    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
