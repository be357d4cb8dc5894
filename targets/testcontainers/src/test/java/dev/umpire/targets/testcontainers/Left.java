package dev.umpire.targets.testcontainers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Network;
import java.util.List;
import org.testcontainers.DockerClientFactory;

/** What the engine has of any harness. */
final class Left {
    private Left() {}

    static List<String> containers() {
        return client().listContainersCmd().withShowAll(true).withLabelFilter(List.of(Engine.LABEL)).exec().stream()
                .map(Container::getId)
                .toList();
    }

    static List<String> networks() {
        return client().listNetworksCmd().exec().stream()
                .filter(network -> network.getLabels().containsKey(Engine.LABEL))
                .map(Network::getId)
                .toList();
    }

    private static DockerClient client() {
        return DockerClientFactory.instance().client();
    }
}
