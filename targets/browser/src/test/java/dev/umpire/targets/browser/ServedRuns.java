package dev.umpire.targets.browser;

import dev.umpire.harness.cli.serve.ServedStore;
import dev.umpire.harness.cli.serve.StoreServer;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.PlanBuilder;
import dev.umpire.harness.plan.PlanFile;
import dev.umpire.harness.report.RunFiles;
import dev.umpire.harness.run.RunListener;
import dev.umpire.harness.run.Runner;
import dev.umpire.targets.simulated.SimulatedTarget;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;

/** A folder of runs and the server that shows it. */
record ServedRuns(Path folder, StoreServer server) implements AutoCloseable {
    static final String STALE = "2026-11-23T13.31.02-simulated-1";
    static final String FRESH = "2026-11-24T09.00.00-simulated-1";
    static final String GOING_ON = "2026-11-25T10.00.00-simulated-7";

    /** A name of a folder that means harm. */
    static final String HOSTILE = "<img src=x onerror=harmed=1>";

    /** Runs of a store whose sessions see old data, and of one whose do not. */
    static ServedRuns in(Path folder) throws Exception {
        run(folder.resolve(STALE), "any-follower");
        run(folder.resolve(FRESH), "leader");
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        // stands still, so that however long a test takes, what it writes is new
        Clock clock = Clock.fixed(Clock.systemUTC().instant(), ZoneOffset.UTC);
        ServedStore store = new ServedStore(folder, "runs", clock, new Pasted());
        return new ServedRuns(folder, StoreServer.open(anyPort, "127.0.0.1", store));
    }

    private static final class Pasted implements ServedStore.Commands {
        @Override
        public List<String> of(String run, Plan plan, boolean repeatable, boolean broken) {
            return List.of("./umpire replay runs/" + run);
        }

        @Override
        public String diff(String a, String b) {
            return "./umpire diff runs/" + a + " runs/" + b;
        }
    }

    private static void run(Path folder, String reads) throws Exception {
        Files.createDirectories(folder);
        Plan plan = PlanBuilder.simulated("simulated")
                .set("reads", reads)
                .guarantees("read-your-writes", "monotonic-reads", "consistent-prefix")
                .nemesis("partition")
                .operations(2_000)
                .seed(1)
                .build();
        RunFiles.keep(folder, Runner.run(plan, new SimulatedTarget(), RunListener.SILENT, folder));
    }

    /** A run whose name, plan and verdict mean harm. */
    void hostile() throws IOException {
        Path run = Files.createDirectories(folder.resolve(HOSTILE));
        String plan = Files.readString(folder.resolve(STALE).resolve(PlanFile.NAME));
        Files.writeString(run.resolve(PlanFile.NAME), plan.replace("any-follower", "<script>harmed = 2</script>"));
        String verdict = Files.readString(folder.resolve(STALE).resolve(RunFiles.VERDICT));
        Files.writeString(
                run.resolve(RunFiles.VERDICT), verdict.replace("read-your-writes", "<script>harmed = 3</script>"));
        Files.writeString(run.resolve(RunFiles.REPORT), "<script>window.harmed = 4</script><p>a report</p>");
    }

    /** Begins the folder of a run of 4 operations. */
    void begin() throws IOException {
        Path run = Files.createDirectories(folder.resolve(GOING_ON));
        PlanFile.write(
                run.resolve(PlanFile.NAME),
                PlanBuilder.simulated("simulated").operations(4).seed(7).build());
        append("{\"umpire\":\"history\",\"version\":1,\"nodes\":[\"n1\"],\"initial\":null}\n");
    }

    void append(String lines) throws IOException {
        Files.writeString(
                folder.resolve(GOING_ON).resolve(Runner.HISTORY),
                lines,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    /** Ends the run that goes on. */
    void end() throws IOException {
        Files.copy(
                folder.resolve(FRESH).resolve(RunFiles.VERDICT),
                folder.resolve(GOING_ON).resolve(RunFiles.VERDICT));
    }

    String address(String path) {
        return server.address() + path;
    }

    @Override
    public void close() {
        server.close();
    }
}
