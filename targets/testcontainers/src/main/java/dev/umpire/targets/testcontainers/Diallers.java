package dev.umpire.targets.testcontainers;

import dev.umpire.harness.target.Node;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which container dials from an address of the network. The engine gives addresses anew to whoever starts or comes back, and is
 * asked only where one is not known. Thread-safe.
 */
final class Diallers {
    private final EngineNetwork network;
    private final Map<Node, Machine> machines;
    private final Map<InetAddress, Node> known = new ConcurrentHashMap<>();

    /** @param machines that are on the network; may grow */
    Diallers(EngineNetwork network, Map<Node, Machine> machines) {
        this.network = network;
        this.machines = machines;
    }

    /** Who dials from an address; empty: nobody that is on the network now. */
    Optional<Node> at(InetAddress address) {
        if (!known.containsKey(address)) {
            look();
        }
        return Optional.ofNullable(known.get(address));
    }

    private void look() {
        Map<String, InetAddress> addresses;
        try {
            addresses = network.addresses();
        } catch (RuntimeException noAnswer) { // not all of the engine's client are its own
            return; // who dials is reset and dials again
        }
        machines.forEach((node, machine) -> machine.id()
                .flatMap(id -> Optional.ofNullable(addresses.get(id)))
                .ifPresent(address -> known.put(address, node)));
    }

    /** Addresses may be given to others from now on. */
    void forget() {
        known.clear();
    }
}
