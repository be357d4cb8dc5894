package dev.umpire.checkers.benchmarks;

import dev.umpire.checkers.Guarantee;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.histories.History;
import dev.umpire.histories.HistoryFormat;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
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

/** One guarantee on one valid history, which has been read already. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms6g", "-Xmx6g", "-XX:+UseSerialGC", "-XX:+AlwaysPreTouch"})
public class GuaranteeBenchmark {

    /** The guarantee, and after a {@code @} the flavour of the history. */
    @Param({
        "read-your-writes@plain",
        "monotonic-reads@plain",
        "read-your-writes@versions",
        "monotonic-reads@versions",
        "monotonic-writes@versions",
        "writes-follow-reads@versions",
        "read-your-writes+monotonic-reads+monotonic-writes+writes-follow-reads@versions",
        "linearizable@plain",
        "consistent-prefix@positions",
        "strict-consistent-prefix@positions",
        "monotonic-prefix@positions",
        "consistent-prefix@snapshots_and_positions",
        "consistent-prefix@snapshots",
        "causal@plain",
        "causal-convergence@plain",
        "bounded-staleness:1s@plain",
        "durability@plain",
        "eventual@plain",
        "integrity@plain",
        "counter@counters",
        "durability@sets",
        "uniqueness@claims",
        "log-order@logs",
        "causal-memory@plain",
        "pram@plain"
    })
    public String guarantee = "";

    /**
     * Operations, sessions and keys: four decades, then the other two axes one at a time. Causal memory and pram look at
     * every session by itself, and are meant to be measured up to a million.
     */
    @Param({
        "10000-32-16",
        "100000-32-16",
        "1000000-32-16",
        "10000000-32-16",
        "1000000-8-16",
        "1000000-128-16",
        "1000000-32-1",
        "1000000-32-1000"
    })
    public String shape = "";

    private Guarantee judged = Guarantee.INTEGRITY;
    private History history = History.of(List.of());

    /** Generates the recording and reads it once. */
    @Setup
    public void read() throws IOException {
        String[] nameAndFlavour = guarantee.split("@", 2);
        judged = Guarantee.named(nameAndFlavour[0]);
        Shape.Flavour flavour = Shape.Flavour.valueOf(nameAndFlavour[1].toUpperCase(Locale.ROOT));
        history = History.read(GeneratedHistory.write(Shape.parse(shape, flavour), HistoryFormat.BINARY));
    }

    /** Judges it. */
    @Benchmark
    public Verdict check() {
        Verdict verdict = judged.check(history);
        if (verdict.answer() != Answer.VALID) {
            throw new IllegalStateException("answer: found " + verdict + ", expected VALID");
        }
        return verdict;
    }
}
