package dev.umpire.checkers.benchmarks;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Makes the tables of the README from what JMH wrote with {@code -rf json -prof gc}. */
final class ResultTable {
    private static final String[] DECADES = {"10000-32-16", "100000-32-16", "1000000-32-16", "10000000-32-16"};
    private static final String[] OTHER_AXES = {"1000000-8-16", "1000000-128-16", "1000000-32-1", "1000000-32-1000"};
    private static final double MILLIS_PER_SECOND = 1_000;

    private record Cell(double millis, double allocatedBytes) {}

    private ResultTable() {}

    static void print(Path results, PrintStream out) {
        Map<String, Map<String, Cell>> rows = new LinkedHashMap<>();
        for (JsonNode result : JsonMapper.builder().build().readTree(results.toFile())) {
            JsonNode parameters = result.path("params");
            if (parameters.has("guarantee")) {
                double allocated = Double.NaN;
                for (Map.Entry<String, JsonNode> metric :
                        result.path("secondaryMetrics").properties()) {
                    if (metric.getKey().endsWith("gc.alloc.rate.norm")) {
                        allocated = metric.getValue().path("score").asDouble();
                    }
                }
                rows.computeIfAbsent(parameters.path("guarantee").asString(), name -> new LinkedHashMap<>())
                        .put(
                                parameters.path("shape").asString(),
                                new Cell(
                                        result.path("primaryMetric")
                                                .path("score")
                                                .asDouble(),
                                        allocated));
            }
        }
        out.println(
                "| guarantee | 10^4 | 10^5 | 10^6 | 10^7 ms | growth | million a second at 10^6 | bytes an operation"
                        + " | 8 | 128 sessions | 1 | 1,000 keys |");
        out.println("|---|---|---|---|---|---|---|---|---|---|---|---|");
        rows.forEach((guarantee, cells) -> row(guarantee, cells, out));
    }

    private static void row(String guarantee, Map<String, Cell> cells, PrintStream out) {
        StringBuilder line = new StringBuilder("| ").append(guarantee);
        for (String decade : DECADES) {
            line.append(" | ").append(millis(cells.get(decade)));
        }
        StringBuilder growth = new StringBuilder();
        for (int i = 1; i < DECADES.length; i++) {
            Cell smaller = cells.get(DECADES[i - 1]);
            Cell larger = cells.get(DECADES[i]);
            growth.append(i > 1 ? ", " : "")
                    .append(
                            smaller == null || larger == null
                                    ? "–"
                                    : String.format(Locale.ROOT, "%.1f", larger.millis() / smaller.millis()));
        }
        Cell million = cells.get(DECADES[2]);
        line.append(" | ").append(growth);
        line.append(" | ")
                .append(
                        million == null
                                ? "–"
                                : String.format(Locale.ROOT, "%.1f", MILLIS_PER_SECOND / million.millis()));
        line.append(" | ")
                .append(million == null ? "–" : String.format(Locale.ROOT, "%.0f", million.allocatedBytes() / 1e6));
        for (String axis : OTHER_AXES) {
            line.append(" | ").append(millis(cells.get(axis)));
        }
        out.println(line.append(" |"));
    }

    private static String millis(@Nullable Cell cell) {
        return cell == null ? "–" : String.format(Locale.ROOT, cell.millis() < 10 ? "%.1f" : "%,.0f", cell.millis());
    }
}
