package dev.umpire.targets.testcontainers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import dev.umpire.harness.launcher.HarnessProcess;
import dev.umpire.harness.launcher.LaunchException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.Network;

/** The container engine of this machine, and what belongs to which harness there. Its calls block. */
final class Engine {
    /** Of a container or network: the {@link HarnessProcess#mark} of who made it. */
    static final String LABEL = "dev.umpire.harness";

    /** Of a container or network: the cluster to which it belongs. */
    private static final String CLUSTER = "dev.umpire.cluster";

    private final DockerClient client;
    private final HarnessProcess harness;

    /** What the engine is asked or told. */
    interface Deed {
        void by(DockerClient client);
    }

    private Engine(DockerClient client, HarnessProcess harness) {
        this.client = client;
        this.harness = harness;
    }

    /**
     * Finds the engine and removes what killed harnesses left there.
     *
     * @throws LaunchException if there is none
     */
    static Engine open() throws IOException {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            throw new LaunchException("docker: found no engine that answers, expected one; on Debian: apt-get install"
                    + " docker.io, and the right to use /var/run/docker.sock");
        }
        Engine engine = new Engine(DockerClientFactory.instance().client(), HarnessProcess.current());
        engine.act(any -> engine.removeLeftovers());
        return engine;
    }

    /** What marks things as made by this process for a cluster. */
    private Map<String, String> labels(String cluster) {
        return Map.of(LABEL, harness.mark(), CLUSTER, cluster);
    }

    private void removeLeftovers() {
        removeWhere(this::isLeft);
    }

    /** Removes all that belongs to a cluster; does no harm where nothing does. */
    void removeCluster(String cluster) throws IOException {
        act(any -> removeWhere(labels -> cluster.equals(labels.get(CLUSTER))));
    }

    private void removeWhere(Predicate<Map<String, String>> labels) {
        client.listContainersCmd().withShowAll(true).withLabelFilter(List.of(LABEL)).exec().stream()
                .filter(container -> labels.test(container.getLabels()))
                .forEach(container -> remove(container.getId()));
        client.listNetworksCmd().exec().stream()
                .filter(network -> labels.test(network.getLabels()))
                .forEach(network -> removeNetwork(network.getId()));
    }

    private boolean isLeft(Map<String, String> labels) {
        return Optional.ofNullable(labels.get(LABEL))
                .flatMap(HarnessProcess::of)
                .filter(maker -> maker.hasEnded(harness))
                .isPresent();
    }

    /**
     * Makes a network for the containers of a cluster.
     *
     * @param cluster differs from that of every other cluster of this engine
     */
    EngineNetwork newNetwork(String cluster) throws IOException {
        Map<String, String> labels = labels(cluster);
        Network network = Network.builder()
                .createNetworkCmdModifier(command -> command.withLabels(both(labels, command.getLabels())))
                .build();
        act(any -> network.getId()); // which makes it
        return new EngineNetwork(this, network, labels);
    }

    /** Our labels beside those that Testcontainers has given, if any. */
    private static Map<String, String> both(Map<String, String> labels, @Nullable Map<String, String> others) {
        Map<String, String> all = new HashMap<>(labels);
        if (others != null) {
            all.putAll(others);
        }
        return all;
    }

    DockerClient client() {
        return client;
    }

    /** Removes a container, whatever state it is in. */
    void remove(String container) {
        try {
            client.removeContainerCmd(container)
                    .withForce(true)
                    .withRemoveVolumes(true)
                    .exec();
        } catch (NotFoundException gone) {
            return; // somebody was quicker, such as Testcontainers' reaper
        }
    }

    /** Removes a network that no container is on. */
    void removeNetwork(String network) {
        try {
            client.removeNetworkCmd(network).exec();
        } catch (NotFoundException gone) {
            return; // as above
        }
    }

    /** @throws IOException if the engine refuses, or is there no longer; the message says what */
    void act(Deed deed) throws IOException {
        try {
            deed.by(client);
        } catch (RuntimeException e) { // not all of the client's are its own
            throw new IOException("docker: " + String.valueOf(e.getMessage()).strip(), e);
        }
    }
}
