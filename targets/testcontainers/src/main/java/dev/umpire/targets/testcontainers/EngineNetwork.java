package dev.umpire.targets.testcontainers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
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

    /** The address of each container that is on it now, by the container's id. */
    Map<String, InetAddress> addresses() {
        return engine
                .client()
                .inspectNetworkCmd()
                .withNetworkId(made.getId())
                .exec()
                .getContainers()
                .entrySet()
                .stream()
                // one that is on its way has none yet
                .filter(one -> !one.getValue().getIpv4Address().isEmpty())
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, one -> address(one.getValue().getIpv4Address())));
    }

    /** @param withMask {@code 172.18.0.2/16} */
    private static InetAddress address(String withMask) {
        try {
            return InetAddress.getByName(withMask.split("/", 2)[0]);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("network: found " + withMask + ", expected an address", e);
        }
    }

    /** Removes it, when its containers are gone. */
    void remove() throws IOException {
        engine.act(any -> engine.removeNetwork(made.getId()));
        made.close();
    }
}
