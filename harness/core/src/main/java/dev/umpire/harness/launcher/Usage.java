package dev.umpire.harness.launcher;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What nodes and harness have used of this machine.
 *
 * @param harnessCpuNanos the harness's own CPU time; 0 or more
 * @param nodesCpuNanos that of the processes it started and of all that descends from them, with those that have ended
 * @param residentBytes what the nodes have in memory; what several processes share is counted once, in shares
 */
public record Usage(long harnessCpuNanos, long nodesCpuNanos, long residentBytes) {

    /** In which {@code /proc} tells CPU times, whatever the kernel's own clock. */
    private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(1) / 100;

    // fields of /proc/PID/stat from the third on, proc(5): user and system time, and those of children that have ended
    private static final int USER = 14 - 3;
    private static final int SYSTEM = 15 - 3;
    private static final int CHILDREN_USER = 16 - 3;
    private static final int CHILDREN_SYSTEM = 17 - 3;

    private static final String SHARE = "Pss:";

    /** That of this process and of what it has started. */
    static Usage of(List<Long> nodes) {
        long[] self = times("self");
        List<String> all = nodes.stream()
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .flatMap(node -> Stream.concat(Stream.of(node), node.descendants()))
                .map(process -> String.valueOf(process.pid()))
                .toList();
        long alive =
                all.stream().mapToLong(pid -> LongStream.of(times(pid)).sum()).sum();
        return new Usage(
                (self[0] + self[1]) * TICK_NANOS,
                (self[2] + self[3] + alive) * TICK_NANOS,
                all.stream().mapToLong(Usage::residentBytes).sum());
    }

    /** What was used since then, with what is resident now. */
    public Usage since(Usage before) {
        return new Usage(harnessCpuNanos - before.harnessCpuNanos, nodesCpuNanos - before.nodesCpuNanos, residentBytes);
    }

    /** The harness's part of all CPU time, from 0 to 1; 0 where none was used. */
    public double harnessShare() {
        long all = harnessCpuNanos + nodesCpuNanos;
        return all == 0 ? 0 : (double) harnessCpuNanos / all;
    }

    private static long[] times(String pid) {
        try {
            String[] fields = ProcessIdentity.fromThird(ProcessIdentity.readAtOnce("/proc/" + pid + "/stat"));
            return LongStream.of(USER, SYSTEM, CHILDREN_USER, CHILDREN_SYSTEM)
                    .map(field -> Long.parseLong(fields[(int) field]))
                    .toArray();
        } catch (IOException gone) {
            return new long[4];
        }
    }

    private static long residentBytes(String pid) {
        try {
            return ProcessIdentity.readAtOnce("/proc/" + pid + "/smaps_rollup")
                    .lines()
                    .filter(line -> line.startsWith(SHARE))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                    .sum();
        } catch (IOException goneOrOfAnotherUser) {
            return 0;
        }
    }
}
