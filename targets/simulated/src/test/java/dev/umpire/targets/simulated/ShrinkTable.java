package dev.umpire.targets.simulated;

import com.sun.management.OperatingSystemMXBean;
import dev.umpire.harness.plan.ScriptFile;
import dev.umpire.harness.shrink.Shrunk;
import dev.umpire.harness.shrink.Size;
import dev.umpire.harness.target.Defect;
import dev.umpire.harness.target.Node;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Prints what is left of the runs of all defects. {@code -Dumpire.only=SL,ML3} shrinks those of these stores and defects. */
final class ShrinkTable {
    private static final String ROW = "%-5s %-20s %10s %6s %8s %4s %5s %7s %7s %6s %s%n";

    private ShrinkTable() {}

    public static void main(String[] args) throws Exception {
        List<String> only = Arrays.asList(System.getProperty("umpire.only", "").split(","));
        OperatingSystemMXBean system =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        System.out.printf(Locale.ROOT, ROW, "", "breaks", "operations", "faults", "sessions", "keys", "nodes", "seconds",
                "cpu", "runs", "minimal");
        for (Defect defect : new SimulatedTarget().defects()) {
            if (only.stream().noneMatch(one -> one.equals(defect.id()) || (defect.id().startsWith(one) && !one.matches(".*[0-9]")))) {
                continue;
            }
            for (String guarantee : defect.breaks()) {
                long begun = System.nanoTime();
                long cpu = system.getProcessCpuTime();
                try {
                    Shrunk shrunk = Shrinking.of(defect, guarantee);
                    Size size = shrunk.size();
                    System.out.printf(Locale.ROOT, ROW, defect.id(), guarantee, size.operations(), size.faults(),
                            size.sessions(), size.keys(), size.nodes(), seconds(System.nanoTime() - begun),
                            seconds(system.getProcessCpuTime() - cpu), shrunk.runs(),
                            shrunk.minimal() ? "yes, " + shrunk.removals() + " removals" : "not proved");
                    if (System.getProperty("umpire.scripts") != null) {
                        ScriptFile.write(Path.of(System.getProperty("umpire.scripts"), defect.id() + "-" + guarantee + ".jsonl"), shrunk.script(), IntStream.rangeClosed(1, size.nodes()).mapToObj(i -> new Node("n" + i)).toList());
                    }
                } catch (AssertionError e) {
                    System.out.println(e.getMessage());
                }
            }
        }
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.1f", nanos / 1e9);
    }
}
