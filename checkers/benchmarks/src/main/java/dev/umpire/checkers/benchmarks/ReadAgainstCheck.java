package dev.umpire.checkers.benchmarks;

import dev.umpire.checkers.Guarantee;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.histories.History;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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

/** The reading of a recording against the three checkers on it: 16 keys, 32 sessions, a tenth of it snapshots. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "-Xmx1g")
public class ReadAgainstCheck {

    /** How many operations the history has. */
    @Param("1000000")
    public int operations;

    private Path file = Path.of("");
    private History history = History.of(List.of());

    /** Generates the recording and reads it once. */
    @Setup
    public void generate() throws IOException {
        file = GeneratedHistory.write(operations);
        history = History.read(file);
    }

    /** Parses the file. */
    @Benchmark
    public History read() throws IOException {
        return History.read(file);
    }

    /** Judges read-your-writes. */
    @Benchmark
    public Verdict readYourWrites() {
        return valid(Guarantee.READ_YOUR_WRITES);
    }

    /** Judges monotonic reads. */
    @Benchmark
    public Verdict monotonicReads() {
        return valid(Guarantee.MONOTONIC_READS);
    }

    /** Judges consistent prefix. */
    @Benchmark
    public Verdict consistentPrefix() {
        return valid(Guarantee.CONSISTENT_PREFIX);
    }

    private Verdict valid(Guarantee guarantee) {
        Verdict verdict = guarantee.check(history);
        if (verdict.answer() != Answer.VALID) {
            throw new IllegalStateException("answer: found " + verdict + ", expected VALID");
        }
        return verdict;
    }
}
