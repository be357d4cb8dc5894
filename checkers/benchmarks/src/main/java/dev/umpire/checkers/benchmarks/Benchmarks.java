package dev.umpire.checkers.benchmarks;

import dev.umpire.checkers.Guarantee;
import dev.umpire.histories.History;
import dev.umpire.histories.HistoryFormat;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Runs JMH with the given arguments; for {@code heap [operations]}, tells the heap that a history takes and judges it; for
 * {@code table FILE}, makes a table of what JMH wrote; for {@code search [pause]}, judges each of the histories of the general search
 * once.
 *
 * <p>{@code java -Xmx200m -jar benchmarks.jar heap 1000000} ending well is the proof of 200 bytes an operation with
 * everything that reading and the checkers need besides.
 */
public final class Benchmarks {
    private Benchmarks() {}

    /** The entry of {@code java -jar benchmarks.jar}. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length > 0 && arguments[0].equals("heap")) {
            heap(arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000_000, System.out);
        } else if (arguments.length == 2 && arguments[0].equals("table")) {
            ResultTable.print(Path.of(arguments[1]), System.out);
        } else if (arguments.length > 0 && arguments[0].equals("search")) {
            SearchFigure.print(arguments.length > 1 ? Integer.parseInt(arguments[1]) : 0, System.out);
        } else {
            org.openjdk.jmh.Main.main(arguments);
        }
    }

    private static void heap(int operations, PrintStream out) throws IOException {
        var file = GeneratedHistory.write(new Shape(operations, 32, 16, Shape.Flavour.SNAPSHOTS), HistoryFormat.BINARY);
        long before = usedBytes();
        long begin = System.nanoTime();
        History history = History.read(file);
        out.printf(Locale.ROOT, "read               %,6d ms%n", (System.nanoTime() - begin) / 1_000_000);
        out.printf(Locale.ROOT, "history            %,6d bytes an operation%n", (usedBytes() - before) / operations);
        for (Guarantee guarantee :
                List.of(Guarantee.READ_YOUR_WRITES, Guarantee.MONOTONIC_READS, Guarantee.CONSISTENT_PREFIX)) {
            begin = System.nanoTime();
            var verdict = guarantee.check(history);
            long millis = (System.nanoTime() - begin) / 1_000_000;
            out.printf(
                    Locale.ROOT,
                    "%-18s %,6d ms  %s, %,d obliged%n",
                    guarantee,
                    millis,
                    verdict.answer(),
                    verdict.obliged());
        }
        out.printf(
                Locale.ROOT,
                "heap limit         %,6d bytes an operation%n",
                Runtime.getRuntime().maxMemory() / operations);
    }

    private static long usedBytes() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
