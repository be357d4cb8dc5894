package dev.umpire.harness.cluster;

import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Observation;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * The questions by which a fault is seen: traffic of their own over the path that is at fault, never a look at what the
 * levers did. How to ask is the store's; how it is told is the same for all.
 */
public abstract class Probes {

    private final Environment environment;

    protected Probes(Environment environment) {
        this.environment = environment;
    }

    /** As {@link dev.umpire.harness.target.FaultControl#answers}. */
    public abstract CompletionStage<Observation> answers(Node node);

    /** As {@link dev.umpire.harness.target.FaultControl#delivers}. */
    public abstract CompletionStage<Observation> delivers(Link link);

    /** {@code  after 12 ms}, the end of a sentence. */
    protected final String after(long sentNanos) {
        return " after " + TimeUnit.NANOSECONDS.toMillis(environment.nowNanos() - sentNanos) + " ms";
    }

    /** What is seen of a link whose end does not answer: no. */
    protected final Observation silent(Link link, String why, long beganNanos) {
        return new Observation(
                false, link.to() + " itself does not answer, so nothing is known of " + link + why + after(beganNanos));
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
