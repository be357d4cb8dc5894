package dev.umpire.targets.zookeeper;

import dev.umpire.harness.target.Node;
import java.io.IOException;
import java.util.List;

/**
 * Who belongs to an ensemble, as one of its servers has it in force, which may be long ago.
 *
 * @param version of this membership: the transaction that made it, so that a greater one is newer; 0 at the start
 * @param servers a line each: {@code server.1=n1:4001:4002:participant;127.0.0.1:4003}
 */
record Ensemble(long version, List<String> servers) {

    private static final String VERSION = "version=";
    private static final String SERVER = "server.";

    Ensemble {
        servers = List.copyOf(servers);
    }

    /**
     * Reads what a server answers to {@code conf}, or to a change of the members.
     *
     * @throws IOException if that tells no members, as while it is in no quorum
     */
    static Ensemble of(String page) throws IOException {
        String version = page.lines()
                .map(String::strip)
                .filter(line -> line.startsWith(VERSION))
                .findFirst()
                .orElseThrow(() -> new IOException("found '" + page.strip() + "', expected a list of servers"));
        return new Ensemble(
                Long.parseUnsignedLong(version.substring(VERSION.length()), 16),
                page.lines()
                        .map(String::strip)
                        .filter(line -> line.startsWith(SERVER))
                        .toList());
    }

    boolean lists(Layout layout, Node node) {
        return servers.stream().anyMatch(line -> line.startsWith(layout.key(node)));
    }
}
