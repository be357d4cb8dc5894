package dev.umpire.harness.report;

import dev.umpire.harness.run.Run;
import dev.umpire.harness.run.Runner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What is said of a run, in its folder. */
public final class RunFiles {
    /** The verdicts, for programs. */
    public static final String VERDICT = "verdict.json";

    /** The report, for people. */
    public static final String REPORT = "report.html";

    /** The latencies, for programs that know HdrHistogram. */
    public static final String LATENCY = "latency.hlog";

    private RunFiles() {}

    /** As {@link #keep(Path, Run, List)}, of a run that nobody can make again with a line. */
    public static void keep(Path folder, Run run) throws IOException {
        keep(folder, run, List.of());
    }

    /**
     * Keeps verdicts, report and latencies beside the history; files that exist are replaced.
     *
     * @param commands lines for a shell that make the run again, or something of it; the report shows them
     */
    public static void keep(Path folder, Run run, List<String> commands) throws IOException {
        Files.writeString(folder.resolve(VERDICT), VerdictJson.file(run));
        Files.writeString(folder.resolve(LATENCY), LatencyLog.of(run));
        Files.writeString(
                folder.resolve(REPORT), HtmlReport.of(run, RunLogs.in(folder.resolve(Runner.NODES), run), commands));
    }
}
