package dev.umpire.targets.cassandra;

import dev.umpire.harness.launcher.LaunchException;
import java.net.SocketAddress;
import java.util.List;
import java.util.stream.Collectors;

/** Whether nodes that a user names are all those of one data center: then each can have a replica of everything. */
final class OneDatacenter {

    private OneDatacenter() {}

    /**
     * A node of the user's.
     *
     * @param name how the user names it: {@code db1:9042}
     * @param way where the driver goes to find it
     */
    record Named(String name, SocketAddress way) {}

    /**
     * The data center of these nodes.
     *
     * @param told what the driver was told of all nodes
     * @throws LaunchException if one is unknown, of another version or elsewhere, or if there are more
     */
    static String of(List<Named> named, List<Coordinators.Told> told) throws LaunchException {
        String first = itself(named.get(0), told).datacenter();
        for (Named one : named) {
            Coordinators.Told itself = itself(one, told);
            CassandraSettings.RUNNING.requireTold("addresses: " + one.name(), itself.version());
            if (!itself.datacenter().equals(first)) {
                throw new LaunchException("addresses: found " + one.name() + " in the data center "
                        + itself.datacenter() + ", expected it in that of the first, " + first);
            }
        }
        List<String> there = told.stream()
                .filter(one -> one.datacenter().equals(first))
                .map(Coordinators.Told::address)
                .sorted()
                .toList();
        if (there.size() != named.size()) {
            throw new LaunchException("addresses: found " + named.size() + " of the " + there.size()
                    + " nodes of the data center " + first
                    + ", expected all, as each is to have a replica of everything: " + String.join(", ", there));
        }
        return first;
    }

    private static Coordinators.Told itself(Named named, List<Coordinators.Told> told) throws LaunchException {
        return told.stream()
                .filter(one -> one.way().equals(named.way()))
                .findFirst()
                .orElseThrow(() -> new LaunchException("addresses: found " + named.name()
                        + ", expected one to which a node sends clients: "
                        + told.stream().map(Coordinators.Told::address).sorted().collect(Collectors.joining(", "))));
    }
}
