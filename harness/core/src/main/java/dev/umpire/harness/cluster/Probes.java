package dev.umpire.harness.cluster;

import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.LinkSample;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * The questions by which a fault is seen: traffic of their own over the path that is at fault, never a look at what the
 * levers did. How to ask is the store's; how it is told is the same for all.
 */
public abstract class Probes {

    private static final int MESSAGES_OF_A_SAMPLE = 7;

    private final Environment environment;

    protected Probes(Environment environment) {
        this.environment = environment;
    }

    /** As {@link dev.umpire.harness.target.FaultControl#answers}. */
    public abstract CompletionStage<Observation> answers(Node node);

    /** As {@link dev.umpire.harness.target.FaultControl#delivers}. */
    public abstract CompletionStage<Observation> delivers(Link link);

    /**
     * As {@link dev.umpire.harness.target.FaultControl#sample}, on a new connection. Fails unless a store overrides it, as it
     * must where it offers slow links.
     */
    public CompletionStage<LinkSample> sample(Link link) {
        return CompletableFuture.failedStage(new UnsupportedOperationException(
                "found a wish for a sample of " + link + ", which is not supported here"));
    }

    /**
     * What the node says that the time is, by its own wall clock. Blocks. Fails unless a store overrides it, as it must where it
     * offers clocks that go wrong.
     *
     * @throws Exception if it does not say so within about a second
     */
    public Instant time(Node node) throws Exception {
        throw new UnsupportedOperationException(
                "found a wish for the time of " + node + ", which is not supported here");
    }

    /** A message of a sample. Blocks. */
    protected interface Message {
        /** Sends it and awaits it at the other end; whether it arrived. */
        boolean arrives(int number) throws Exception;
    }

    /**
     * Sends a few messages one after another, up to the first that does not arrive, and tells how they were carried. Blocks.
     *
     * @param message number 0 opens the way, which takes longer, and is not counted where it arrives
     */
    protected final LinkSample sampled(Message message) throws Exception {
        if (!message.arrives(0)) {
            return new LinkSample(1, 0, 0, Duration.ZERO);
        }
        List<Long> tookNanos = new ArrayList<>();
        int sent = 0;
        boolean arrived = true;
        while (arrived && sent < MESSAGES_OF_A_SAMPLE) {
            sent++;
            long sentNanos = environment.nowNanos();
            arrived = message.arrives(sent);
            if (arrived) {
                tookNanos.add(environment.nowNanos() - sentNanos);
            }
        }
        Collections.sort(tookNanos);
        long median = tookNanos.isEmpty() ? 0 : tookNanos.get(tookNanos.size() / 2);
        return new LinkSample(sent, tookNanos.size(), 0, Duration.ofNanos(median));
    }

    /** {@code  after 12 ms}, the end of a sentence. */
    protected final String after(long sentNanos) {
        return " after " + TimeUnit.NANOSECONDS.toMillis(environment.nowNanos() - sentNanos) + " ms";
    }

    /** What is seen of a link whose end does not answer: nothing. Whether it carries may be asked again. */
    protected final Observation silent(Link link, String why, long beganNanos) {
        return Observation.unknown(
                link.to() + " itself does not answer, so nothing is known of " + link + why + after(beganNanos));
    }

    /**
     * What is seen of a link on two of its connections.
     *
     * @param dialled on a new one
     * @param streamed on the one that the nodes hold; empty where they hold none
     * @throws IllegalStateException if one of them delivers and the other does not, which is neither yes nor no: whoever
     *     hopes for either has to ask again
     */
    protected static Observation together(Link link, Observation dialled, Optional<Observation> streamed) {
        if (streamed.isEmpty()) {
            return dialled;
        }
        String both = dialled.evidence() + ", " + streamed.get().evidence();
        if (dialled.positive() != streamed.get().positive()) {
            throw new IllegalStateException(link + " delivers in part: " + both);
        }
        return new Observation(dialled.positive(), both);
    }
}
