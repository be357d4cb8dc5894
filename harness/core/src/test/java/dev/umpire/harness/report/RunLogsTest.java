package dev.umpire.harness.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.harness.run.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLogsTest {
    /** Of operations from 1204 to 1312 ms; the partition was injected at 1180 ms. */
    private static final Anomaly STALE = new Anomaly("K", "x", "stale", List.of(1, 2));

    private static final LogWindow TIME = new LogWindow(1_180_000_000, 1_312_000_000);
    private static final Run RUN = RunExamples.run(
            RunExamples.history(RunExamples.STALE_OWN_READ), RunExamples.broken("read-your-writes", STALE));

    @TempDir
    Path folder;

    private void write(String node, String... lines) throws Exception {
        Files.write(Files.createDirectories(folder.resolve("nodes")).resolve(node + ".log"), List.of(lines));
    }

    @Test
    void whatNodesWroteFromTheFaultToTheEndOfTheWitnessStandsUnderItsDiagram() throws Exception {
        write("n1", "1179.999 ms  too early", "1180.000 ms  lost <n2>", "1312.001 ms  too late");
        write("n2", "0.000 ms  begins", "1250.500 ms  no leader", "half a line", "1312.000 ms  leads");

        RunLogs logs = RunLogs.in(folder.resolve("nodes"), RUN);
        RunFiles.keep(folder, RUN);

        assertThat(logs.during())
                .containsOnlyKeys(TIME)
                .containsValue(new RunLogs.Excerpt(
                        List.of("n1  1180.000 ms  lost <n2>", "n2  1250.500 ms  no leader", "n2  1312.000 ms  leads"),
                        0));
        String page = Files.readString(folder.resolve(RunFiles.REPORT));
        String anomaly = page.substring(page.indexOf("<figure>"), page.indexOf("</section>"));
        assertThat(anomaly.substring(anomaly.indexOf("</figure>")))
                .contains("What the nodes wrote from 1,180 ms to 1,312 ms: 3 lines<")
                .contains("n1  1180.000 ms  lost &lt;n2&gt;\n")
                .doesNotContain("too early", "too late");
        assertThat(page).contains("n1.log, 3 lines", "too early");
    }

    /** The end of a log says nothing of an anomaly that was early in a long run. */
    @Test
    void anEarlyAnomalyOfALongRunHasItsLinesToo() throws Exception {
        write(
                "n1",
                IntStream.range(0, 20_000)
                        .mapToObj(i -> (1_000 + i) + ".000 ms  " + (i == 250 ? "steps down" : "tick"))
                        .toArray(String[]::new));

        RunLogs logs = RunLogs.in(folder.resolve("nodes"), RUN);

        assertThat(logs.ends().get(0).lines()).doesNotContain("1250.000 ms  steps down");
        RunLogs.Excerpt excerpt = Objects.requireNonNull(logs.during().get(TIME));
        assertThat(excerpt.lines()).hasSize(24).last().isEqualTo("n1  1312.000 ms  tick");
        assertThat(excerpt.leftOut()).isEqualTo(1_312 - 1_180 + 1 - 24);
        assertThat(HtmlReport.of(RUN, logs, List.of()))
                .contains("24 lines, the last of each node; 109 before them left out");
    }

    @Test
    void aLogOfAnotherClockIsShownByItsEndAlone() throws Exception {
        write("n1", "19387:C 28 Nov 2026 06:36:14.552 # Redis is starting", "1250.000 ms  as if by chance");

        RunLogs logs = RunLogs.in(folder.resolve("nodes"), RUN);

        assertThat(logs.during()).isEmpty();
        assertThat(HtmlReport.of(RUN, logs, List.of()))
                .contains("n1.log, 2 lines")
                .doesNotContain("What the nodes wrote from");
    }

    @Test
    void howeverManyAnomaliesAndHoweverLongLinesThePageStaysSmall() throws Exception {
        String edn = IntStream.range(0, 100)
                .mapToObj(i -> """
                        {:type :invoke, :process 1, :f :write, :key "k", :value I, :time I000000}
                        {:type :ok, :process 1, :f :write, :key "k", :value I, :time I000000}
                        """.replace("I", Integer.toString(i + 1)))
                .collect(Collectors.joining());
        Anomaly[] many = IntStream.range(0, 100)
                .mapToObj(i -> new Anomaly("K", "k", "one", List.of(i)))
                .toArray(Anomaly[]::new);
        Run run = RunExamples.run(RunExamples.history(edn), RunExamples.broken("integrity", many));
        write(
                "n1",
                IntStream.range(1, 101)
                        .mapToObj(i -> i + ".000 ms  " + "x".repeat(100_000))
                        .toArray(String[]::new));

        RunLogs logs = RunLogs.in(folder.resolve("nodes"), run);

        assertThat(logs.during()).hasSize(24);
        assertThat(logs.during().values().stream().flatMap(one -> one.lines().stream()))
                .hasSize(24)
                .allMatch(line -> line.length() < 300);
        assertThat(HtmlReport.of(run, logs, List.of()))
                .contains("What the nodes wrote from 100 ms to 100 ms is in their logs")
                .contains("it stands here for the first 24 anomalies alone.");
    }

    @Test
    void ofNodesThatWroteNothingThePageSaysNothing() throws Exception {
        write("n1");
        write("n2", "1.000 ms  begins");

        assertThat(HtmlReport.of(RUN, RunLogs.in(folder.resolve("nodes"), RUN), List.of()))
                .contains("n2.log, 1 line")
                .doesNotContain("n1.log", "0 lines", "What the nodes wrote from");

        write("n2");

        assertThat(HtmlReport.of(RUN, RunLogs.in(folder.resolve("nodes"), RUN), List.of()))
                .doesNotContain("What the nodes wrote");
    }

    @Test
    void aRunWithoutLogsHasNone() throws Exception {
        assertThat(RunLogs.in(folder.resolve("nodes"), RUN)).isEqualTo(RunLogs.NONE);
    }
}
