package dev.umpire.targets.testcontainers;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.testcontainers.containers.Network;

/**
 * The network that the containers of a cluster share. Its calls block.
 *
 * @param made known to the engine
 * @param labels of all that is made for the cluster
 */
record EngineNetwork(Engine engine, Network made, Map<String, String> labels) {

    /** Where containers of the network reach this machine. */
    String gateway() {
        return engine.client().inspectNetworkCmd().withNetworkId(made.getId()).exec().getIpam().getConfig().stream()
                .flatMap(one -> Optional.ofNullable(one.getGateway()).stream())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("network: found none with a gateway, expected a bridge"));
    }

    /** Removes it, when its containers are gone. */
    void remove() throws IOException {
        engine.act(any -> engine.removeNetwork(made.getId()));
        made.close();
    }
}
