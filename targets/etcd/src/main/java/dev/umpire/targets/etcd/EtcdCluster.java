package dev.umpire.targets.etcd;

import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.launcher.Launcher;
import dev.umpire.harness.target.Client;
import dev.umpire.harness.target.Cluster;
import dev.umpire.harness.target.Convergence;
import dev.umpire.harness.target.FaultControl;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Session;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Etcd processes that run. */
final class EtcdCluster implements Cluster {

    private final Layout layout;
    private final Launcher launcher;
    private final Map<Node, Member> members;
    private final EtcdFaults faults;
    private final KeyedRandom.Stream random;

    EtcdCluster(Layout layout, Launcher launcher, Map<Node, Member> members, Map<Node, Standing.Status> ids) {
        this.layout = layout;
        this.launcher = launcher;
        this.members = Map.copyOf(members);
        this.faults = new EtcdFaults(layout, this.members, new EtcdProbes(layout, ids));
        this.random = layout.environment().random().stream("etcd/route");
    }

    @Override
    public List<Node> nodes() {
        return layout.nodes();
    }

    @Override
    public CompletionStage<Optional<Node>> leader() {
        return Standing.ask(layout).thenApply(Standing::leader);
    }

    @Override
    public Client connect(Session session, Node home) {
        return new EtcdClient(layout, random.split(session.number()), session.number(), home);
    }

    @Override
    public FaultControl faults() {
        return faults;
    }

    @Override
    public CompletionStage<Convergence> convergence() {
        return Standing.ask(layout).thenApply(standing -> new Convergence(standing.converged(), standing.describe()));
    }

    @Override
    public CompletionStage<Void> stop() {
        faults.end();
        return layout.environment().<Void>blocking("launcher", () -> {
            stopBlocking();
            return null;
        });
    }

    private void stopBlocking() throws IOException {
        List<String> troubles = new ArrayList<>();
        for (Member member : members.values()) {
            try {
                member.process().kill();
                launcher.deleteFolder(member.folder());
            } catch (IOException e) {
                troubles.add(String.valueOf(e.getMessage()));
            }
        }
        layout.links().close();
        if (!troubles.isEmpty()) {
            throw new IOException("could not stop everything: " + String.join("; ", troubles));
        }
    }
}
