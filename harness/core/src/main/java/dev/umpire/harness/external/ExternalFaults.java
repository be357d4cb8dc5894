package dev.umpire.harness.external;

import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.launcher.LinkProxy;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.LinkSample;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Observation;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What can be done to a cluster from outside: orders to it, and what its clients meet on their way. Used on the loop. */
final class ExternalFaults extends OrderedFaults {

    private final Environment environment;
    private final ClientWays ways;
    private final ClientProbes probes;
    private final Supplier<CompletionStage<Optional<Node>>> leader;

    ExternalFaults(
            Environment environment,
            ClientWays ways,
            Orders orders,
            Question question,
            Supplier<CompletionStage<Optional<Node>>> leader) {
        super(environment, orders);
        this.environment = environment;
        this.ways = ways;
        this.probes = new ClientProbes(environment, ways, question);
        this.leader = leader;
    }

    @Override
    protected CompletionStage<Optional<Node>> leader() {
        return leader.get();
    }

    @Override
    public CompletionStage<Void> cut(Set<Link> links) {
        return ways.set(environment, ofClients(links), LinkProxy.Mode.HOLE)
                .thenCompose(cut -> super.cut(betweenNodes(links)));
    }

    @Override
    public CompletionStage<Void> mend(Set<Link> links) {
        return ways.set(environment, ofClients(links), LinkProxy.Mode.PASS)
                .thenCompose(mended -> super.mend(betweenNodes(links)));
    }

    @Override
    public CompletionStage<Void> slow(Set<Link> links, Duration longer) {
        Set<Link> others = betweenNodes(links);
        return others.isEmpty() ? ways.slow(environment, links, longer) : super.slow(others, longer);
    }

    private static Set<Link> ofClients(Set<Link> links) {
        return links.stream().filter(Link::ofClients).collect(Collectors.toSet());
    }

    private static Set<Link> betweenNodes(Set<Link> links) {
        return links.stream().filter(link -> !link.ofClients()).collect(Collectors.toSet());
    }

    @Override
    public CompletionStage<Observation> answers(Node node) {
        return probes.answers(node);
    }

    @Override
    public CompletionStage<Observation> delivers(Link link) {
        return link.ofClients() ? probes.delivers(link) : super.delivers(link);
    }

    @Override
    public CompletionStage<LinkSample> sample(Link link) {
        return probes.sample(link);
    }
}
