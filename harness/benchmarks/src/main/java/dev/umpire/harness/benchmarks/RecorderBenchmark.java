package dev.umpire.harness.benchmarks;

import dev.umpire.harness.junit.recording.RecordedSession;
import dev.umpire.harness.junit.recording.SessionRecorder;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * What a {@link SessionRecorder} costs beside a call that costs nothing: eight threads, each a session of its own.
 *
 * <p>All that is recorded stays in memory, as it does in a test, so that an iteration is short and begins a new recording; what
 * it costs the collector to keep it is a part of what is measured. What it costs the machine to hand out memory for the first
 * time is not, which on some virtual machines is more than all else: the heap is touched before. {@code -prof gc} tells the
 * bytes that an operation takes. The time is that of the clock: where there are fewer cores than threads, an operation waits
 * for the others, too.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 15, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 15, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Threads(8)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms2g", "-Xmx2g", "-XX:+AlwaysPreTouch"})
public class RecorderBenchmark {
    private SessionRecorder recorder = SessionRecorder.inMemory();

    /** The client of one thread. */
    @State(Scope.Thread)
    public static class Client {
        private static final String[] KEYS = {"a", "b", "c", "d", "e", "f", "g", "h"};

        private RecordedSession session = SessionRecorder.inMemory().session("none");
        private long next;

        /** A new session for each recording. */
        @Setup(Level.Iteration)
        public void open(RecorderBenchmark benchmark, ThreadParams thread) {
            session = benchmark.recorder.session("session " + thread.getThreadIndex());
        }

        private String key() {
            return KEYS[(int) (next & 7)];
        }
    }

    /** A recording of its own for each iteration. */
    @Setup(Level.Iteration)
    public void begin() {
        recorder = SessionRecorder.inMemory();
    }

    /** A recorded write of a call that does nothing. */
    @Benchmark
    public void write(Client client) {
        client.session.write(client.key(), client.next++, () -> {});
    }

    /** A recorded read of a call that returns at once. */
    @Benchmark
    public Long read(Client client) {
        return client.session.read(client.key(), () -> client.next++);
    }

    /** The same call without a recorder. */
    @Benchmark
    public Long call(Client client) {
        return client.next++;
    }
}
