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
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.Network;

/** The container engine of this machine, and what belongs to which harness there. Its calls block. */
final class Engine {
    /** Of a container or network: the {@link HarnessProcess#mark} of who made it. */
    static final String LABEL = "dev.umpire.harness";

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

    /** What marks things as made by this process. */
    Map<String, String> labels() {
        return Map.of(LABEL, harness.mark());
    }

    private void removeLeftovers() {
        client.listContainersCmd().withShowAll(true).withLabelFilter(List.of(LABEL)).exec().stream()
                .filter(container -> isLeft(container.getLabels()))
                .forEach(container -> remove(container.getId()));
        client.listNetworksCmd().exec().stream()
                .filter(network -> isLeft(network.getLabels()))
                .forEach(network -> removeNetwork(network.getId()));
    }

    private boolean isLeft(Map<String, String> labels) {
        return Optional.ofNullable(labels.get(LABEL))
                .flatMap(HarnessProcess::of)
                .filter(maker -> maker.hasEnded(harness))
                .isPresent();
    }

    /** Makes a network for the containers of a cluster. */
    EngineNetwork newNetwork() throws IOException {
        Network network = Network.builder()
                .createNetworkCmdModifier(command -> command.withLabels(with(command.getLabels())))
                .build();
        act(any -> network.getId()); // which makes it
        return new EngineNetwork(this, network);
    }

    /** The labels of this process beside those that Testcontainers has given, if any. */
    private Map<String, String> with(@Nullable Map<String, String> others) {
        Map<String, String> all = new HashMap<>(labels());
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
