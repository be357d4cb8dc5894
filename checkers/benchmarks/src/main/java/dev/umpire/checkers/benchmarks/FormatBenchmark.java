package dev.umpire.checkers.benchmarks;

import dev.umpire.histories.History;
import dev.umpire.histories.HistoryFiles;
import dev.umpire.histories.HistoryFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Reading one recording in each format: 32 sessions, 16 keys, two events an operation, from the page cache. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms4g", "-Xmx4g", "-XX:+UseSerialGC", "-XX:+AlwaysPreTouch"})
public class FormatBenchmark {

    /** How many operations the history has. */
    @Param({"100000", "1000000"})
    public int operations;

    /** The format of the file. */
    @Param
    public HistoryFormat format = HistoryFormat.JSONL;

    private Path file = Path.of("");

    /** Writes the recording in the format. */
    @Setup
    public void write() throws IOException {
        Path recording =
                GeneratedHistory.write(new Shape(operations, 32, 16, Shape.Flavour.PLAIN), HistoryFormat.JSONL);
        file = Files.createTempFile("umpire-benchmark", "." + format);
        file.toFile().deleteOnExit();
        HistoryFiles.write(History.read(recording), file, format);
    }

    /** Parses the file. */
    @Benchmark
    public History read() throws IOException {
        return History.read(file);
    }
}
