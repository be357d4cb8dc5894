package dev.umpire.targets.testcontainers;

import dev.umpire.harness.cluster.Probes;
import dev.umpire.harness.environment.Environment;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.LinkSample;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Observation;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;

/**
 * Whether a node answers is asked on a connection of its own; whether a link delivers, on one that is dialled as the node at its
 * start dials. A question over a link needs the way back too: while that is closed, the link counts as one that does not deliver.
 */
final class ContainerProbes extends Probes {
    private final Machines machines;
    private final Environment environment;

    ContainerProbes(Machines machines) {
        super(machines.environment());
        this.machines = machines;
        this.environment = machines.environment();
    }

    @Override
    public CompletionStage<Observation> answers(Node node) {
        return environment.blocking(
                "probe-" + node, () -> asked("a question to " + node, () -> machines.connectToProbe(node)));
    }

    @Override
    public CompletionStage<Observation> delivers(Link link) {
        return environment.blocking("probe-" + link, () -> {
            long began = environment.nowNanos();
            if (!asked("", () -> machines.connectToProbe(link.to())).positive()) {
                return silent(link, "", began);
            }
            return asked("a question dialled " + link, () -> machines.connectToProbe(link));
        });
    }

    private Observation asked(String what, Callable<ProbeConnection> dial) {
        long sent = environment.nowNanos();
        try (ProbeConnection connection = dial.call()) {
            return new Observation(true, what + " was answered: " + connection.probe() + after(sent));
        } catch (Exception e) {
            return new Observation(false, what + " was not answered: " + e.getMessage() + after(sent));
        }
    }

    @Override
    public CompletionStage<LinkSample> sample(Link link) {
        return environment.blocking("probe-" + link, () -> {
            try (ProbeConnection connection = machines.connectToProbe(link)) {
                return sampled(number -> arrives(connection));
            }
        });
    }

    private static boolean arrives(ProbeConnection connection) {
        try {
            String unused = connection.probe();
            return true;
        } catch (Exception silence) {
            return false;
        }
    }
}
