package dev.umpire.harness.environment;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * A loop that no run drives: who stands outside, such as a test, asks something of it and is answered on the own thread.
 *
 * <p>In real time the loop goes on all the while. In virtual time it goes on only while somebody asks or lets time pass, so
 * that nothing happens behind the asker's back. Thread-safe.
 */
public interface AskedLoop extends AutoCloseable {

    /** A loop in the time of the machine, on a thread of its own. */
    static AskedLoop real(KeyedRandom random) {
        return new RealAskedLoop(new RealEnvironment(random));
    }

    /** A loop in virtual time, on the threads of those who ask, one at a time. */
    static AskedLoop simulated(KeyedRandom random) {
        return new SimulatedAskedLoop(new SimulatedEnvironment(random));
    }

    /** Of what runs on the loop; not to be used elsewhere. */
    Environment environment();

    /**
     * Asks on the loop and waits for the answer.
     *
     * @param what is asked, for people
     * @param atMost of the loop's time
     * @param question is asked on the loop
     * @throws IllegalStateException if there is no answer in time, if the question fails, or if the waiting thread is
     *     interrupted, which it then still is; the message says what was asked
     */
    <T> T ask(String what, Duration atMost, Supplier<CompletionStage<T>> question);

    /** Lets so much of the loop's time pass where it does not pass by itself. */
    void letPass(Duration time);

    /** Nanoseconds since the loop began; later at each reading than at the one before. */
    long nanos();

    /** Ends the loop and every thread of it. */
    @Override
    void close();
}
