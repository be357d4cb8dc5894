package dev.umpire.targets.simulated;

import com.sun.management.OperatingSystemMXBean;
import dev.umpire.harness.shrink.Shrunk;
import dev.umpire.harness.shrink.Size;
import dev.umpire.harness.target.Defect;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;

/**
 * Prints what is left of the runs of all defects, in seconds of the wall and of all cores. {@code -Dumpire.only=SL,ML3}
 * shrinks those of these stores and defects.
 */
final class ShrinkTable {
    private static final String ROW = "%-5s %-20s %10s %6s %8s %4s %5s %7s %7s %6s %s%n";

    private ShrinkTable() {}

    public static void main(String[] args) throws Exception {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        System.out.printf(
                Locale.ROOT,
                ROW,
                "",
                "breaks",
                "operations",
                "faults",
                "sessions",
                "keys",
                "nodes",
                "seconds",
                "cpu",
                "runs",
                "minimal");
        List<Defect> defects =
                Shrinking.defects(System.getProperty("umpire.only", "")).toList();
        for (Defect defect : defects) {
            for (String guarantee : defect.breaks()) {
                long begun = System.nanoTime();
                long cpu = system.getProcessCpuTime();
                try {
                    Shrunk shrunk = Shrinking.of(defect, guarantee);
                    Size size = shrunk.size();
                    System.out.printf(
                            Locale.ROOT,
                            ROW,
                            defect.id(),
                            guarantee,
                            size.operations(),
                            size.faults(),
                            size.sessions(),
                            size.keys(),
                            size.nodes(),
                            seconds(System.nanoTime() - begun),
                            seconds(system.getProcessCpuTime() - cpu),
                            shrunk.runs(),
                            shrunk.minimal() ? "yes, " + shrunk.removals() + " removals" : "not proved");
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
