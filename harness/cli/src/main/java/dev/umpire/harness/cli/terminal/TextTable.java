package dev.umpire.harness.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/** Columns of text, each as wide as its widest cell, two blanks apart. The last column is not padded. */
public final class TextTable {
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
