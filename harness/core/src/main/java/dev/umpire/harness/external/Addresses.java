package dev.umpire.harness.external;

import dev.umpire.harness.target.Node;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The setting that says where the nodes are: {@code 10.0.0.1:7001,10.0.0.2:7001}, n1 first. */
public final class Addresses {

    /** Its name. */
    public static final String SETTING = "addresses";

    private static final Pattern ADDRESS = Pattern.compile("(\\[[^\\[\\]]+]|[^:\\[\\]\\s]+):(\\d{1,5})");
    private static final int MOST_PORT = 65_535;

    private Addresses() {}

    /**
     * An address of a node.
     *
     * @param host a name or a number; one of IPv6 without its brackets
     * @param port 1 to 65535
     */
    record Address(String host, int port) {}

    /**
     * The addresses one by one, whatever they look like.
     *
     * @throws IllegalArgumentException if there is none, an empty one, or one twice
     */
    public static List<String> listed(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException(SETTING + ": found none, expected one for each node, as in --set "
                    + SETTING + "=10.0.0.1:7001,10.0.0.2:7001");
        }
        List<String> addresses = List.of(text.split(",", -1));
        if (addresses.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException(SETTING + ": found an empty one in " + text + ", expected none");
        }
        if (new LinkedHashSet<>(addresses).size() < addresses.size()) {
            throw new IllegalArgumentException(SETTING + ": found one twice in " + text + ", expected each once");
        }
        return addresses;
    }

    /**
     * Refuses a number of nodes for which there are not as many addresses.
     *
     * @throws IllegalArgumentException if there are not
     */
    public static void requireFor(int nodes, List<String> addresses) {
        if (addresses.size() != nodes) {
            throw new IllegalArgumentException(SETTING + ": found " + addresses.size() + ", expected " + nodes
                    + ", one for each node (or --nodes " + addresses.size() + ")");
        }
    }

    /** Where each node is, in the order of the nodes. */
    public static Map<Node, String> byNode(List<String> addresses) {
        Map<Node, String> byNode = new LinkedHashMap<>();
        for (Node node : Node.firstOf(addresses.size())) {
            byNode.put(node, addresses.get(byNode.size()));
        }
        return Collections.unmodifiableMap(byNode);
    }

    /**
     * One of them as host and port.
     *
     * @throws IllegalArgumentException if it is none
     */
    static Address of(String text) {
        Matcher matcher = ADDRESS.matcher(text);
        int port = matcher.matches() ? Integer.parseInt(matcher.group(2)) : 0;
        if (port < 1 || port > MOST_PORT) {
            throw new IllegalArgumentException(SETTING + ": found " + text
                    + ", expected host:port, as in db1:7001 or [::1]:7001, the port 1 to " + MOST_PORT);
        }
        String host = matcher.group(1);
        return new Address(host.startsWith("[") ? host.substring(1, host.length() - 1) : host, port);
    }
}
