package dev.umpire.targets.etcd;

import dev.umpire.harness.environment.Polling;
import dev.umpire.harness.target.FaultControl;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Observation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** SIGKILL, SIGSTOP and SIGCONT, and the link proxy. Who leads is left to the members. Used on the loop. */
final class EtcdFaults implements FaultControl {

    private static final long ELECTION_NANOS = TimeUnit.SECONDS.toNanos(8);

    private final Layout layout;
    private final Map<Node, Member> members;
    private final EtcdProbes probes;
    private volatile boolean ended;

    EtcdFaults(Layout layout, Map<Node, Member> members, EtcdProbes probes) {
        this.layout = layout;
        this.members = members;
        this.probes = probes;
    }

    /** From now on nothing is started any more. */
    void end() {
        ended = true;
    }

    @Override
    public CompletionStage<Void> crash(Node node) {
        return process(node, member -> member.process().kill());
    }

    @Override
    public CompletionStage<Void> restart(Node node) {
        return process(node, member -> {
            if (!ended && !member.process().alive()) {
                member.process().restart();
            }
        });
    }

    @Override
    public CompletionStage<Void> pause(Node node) {
        return process(node, member -> member.process().pause());
    }

    @Override
    public CompletionStage<Void> resume(Node node) {
        return process(node, member -> member.process().resume());
    }

    @Override
    public CompletionStage<Void> cut(Set<Link> links) {
        return layout.links().cut(layout.environment(), links);
    }

    @Override
    public CompletionStage<Void> mend(Set<Link> links) {
        return layout.links().mend(layout.environment(), links);
    }

    /**
     * {@inheritDoc}
     *
     * <p>The leader is killed, and the others elect one of themselves.
     */
    @Override
    public CompletionStage<Node> failOver(Node leader) {
        List<Node> elected = new ArrayList<>();
        return crash(leader)
                .thenCompose(dead -> Polling.until(
                        layout.environment(),
                        "another leader than " + leader,
                        ELECTION_NANOS,
                        () -> Standing.ask(layout).thenApply(standing -> {
                            standing.leader()
                                    .filter(node -> !node.equals(leader))
                                    .ifPresent(elected::add);
                            return new Polling.Seen(!elected.isEmpty(), standing.describe());
                        })))
                .thenApply(another -> elected.get(0));
    }

    @Override
    public CompletionStage<Observation> answers(Node node) {
        return probes.answers(node);
    }

    @Override
    public CompletionStage<Observation> delivers(Link link) {
        return probes.delivers(link);
    }

    private CompletionStage<Void> process(Node node, Lever lever) {
        Member member = members.get(node);
        if (member == null) {
            throw new IllegalArgumentException("node: found " + node + ", expected one of " + members.keySet());
        }
        return layout.environment().blocking("launcher-" + node, () -> {
            lever.pull(member);
            return null;
        });
    }

    private interface Lever {
        void pull(Member member) throws IOException;
    }
}
