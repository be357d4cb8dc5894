package dev.umpire.checkers.benchmarks;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.histories.History;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The general search of linearizability on twenty cas-registers; the time is that of one. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms2g", "-Xmx2g", "-XX:+UseSerialGC", "-XX:+AlwaysPreTouch"})
public class SearchBenchmark {

    /** Whether one read was changed, so that some of the histories are not linearizable. */
    @Param({"false", "true"})
    public boolean changed;

    /** How long processes wait before they invoke again; the longer, the fewer operations are open at once. */
    @Param({"0", "100"})
    public int pause;

    private final List<History> histories = new ArrayList<>();

    /** Draws the histories. */
    @Setup
    public void draw() {
        for (int seed = 0; seed < SearchFigure.SEEDS; seed++) {
            histories.add(SearchFigure.history(seed, changed, pause));
        }
    }

    /** Judges all. */
    @Benchmark
    @OperationsPerInvocation(SearchFigure.SEEDS)
    public long check() {
        long obliged = 0;
        for (History history : histories) {
            Verdict verdict = SearchFigure.check(history);
            if (verdict.answer() == Answer.UNKNOWN || (verdict.answer() == Answer.INVALID && !changed)) {
                throw new IllegalStateException("answer: found " + verdict + ", expected a right one");
            }
            obliged += verdict.obliged();
        }
        return obliged;
    }
}
