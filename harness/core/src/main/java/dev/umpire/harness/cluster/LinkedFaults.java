package dev.umpire.harness.cluster;

import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.target.FaultControl;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.LinkSample;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Observation;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** What every cluster behind {@link NodeLinks} has, whatever its nodes are: levers of links, and probes. Used on the loop. */
public abstract class LinkedFaults implements FaultControl {

    private final Environment environment;
    private final NodeLinks links;
    private final Probes probes;

    protected LinkedFaults(Environment environment, NodeLinks links, Probes probes) {
        this.environment = environment;
        this.links = links;
        this.probes = probes;
    }

    /**
     * What asks the ways of sessions to nodes; empty, as by default, of a store whose sessions go past no proxy. A store overrides
     * it, as it must where it offers faults of clients.
     */
    protected Optional<Probes> clientProbes() {
        return Optional.empty();
    }

    private Probes probes(Link link) {
        return link.ofClients() ? clientProbes().orElse(probes) : probes;
    }

    @Override
    public final CompletionStage<Void> cut(Set<Link> some) {
        return links.cut(environment, some);
    }

    @Override
    public final CompletionStage<Void> mend(Set<Link> some) {
        return links.mend(environment, some);
    }

    @Override
    public final CompletionStage<Void> slow(Set<Link> some, Duration longer) {
        return links.slow(environment, some, longer);
    }

    @Override
    public final CompletionStage<Void> lose(Set<Link> some, int percent) {
        return links.lose(environment, some, percent);
    }

    @Override
    public final CompletionStage<Void> throttle(Set<Link> some, long bytesPerSecond) {
        return links.throttle(environment, some, bytesPerSecond);
    }

    @Override
    public final CompletionStage<Void> reset(Set<Link> some, Duration every) {
        return links.reset(environment, some, every);
    }

    @Override
    public final boolean sendsAgain() {
        return true;
    }

    @Override
    public final CompletionStage<Observation> answers(Node node) {
        return probes.answers(node);
    }

    @Override
    public final CompletionStage<Observation> delivers(Link link) {
        return probes(link).delivers(link);
    }

    @Override
    public final CompletionStage<LinkSample> sample(Link link) {
        return probes(link).sample(link);
    }

    @Override
    public final CompletionStage<LinkSample> losses(Link link) {
        return measured(link, LinkGauge::losses);
    }

    @Override
    public final CompletionStage<Long> bytesPerSecond(Link link) {
        return measured(link, LinkGauge::bytesPerSecond);
    }

    @Override
    public final CompletionStage<Observation> stands(Link link) {
        return measured(link, LinkGauge::stands);
    }

    /** Something that is measured. */
    private interface Measure<T> {
        T of(LinkGauge gauge) throws IOException;
    }

    private <T> CompletionStage<T> measured(Link link, Measure<T> measure) {
        return environment.blocking("probe-" + link, () -> {
            try (LinkGauge gauge = links.gauge(environment, link)) {
                return measure.of(gauge);
            }
        });
    }

    /** What the node says that the time is; as {@link Probes#time}. */
    protected final Instant time(Node node) throws Exception {
        return probes.time(node);
    }

    /** Does something to a node, off the loop, after what was done to it before. */
    protected final CompletionStage<Void> at(Node node, Lever lever) {
        return environment.blocking("launcher-" + node, () -> {
            lever.pull();
            return null;
        });
    }
}
