package dev.umpire.targets.command;

import dev.umpire.harness.cluster.AskedNode;
import dev.umpire.harness.external.Addresses;
import dev.umpire.harness.external.Order;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Setting;
import dev.umpire.harness.target.Settings;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The settings of the command target, read.
 *
 * @param client what the shell runs as a client of the store
 * @param addresses of the nodes, the first of n1
 * @param functions what the client understands
 * @param at which node a session asks
 * @param settleMillis how long after the last heal the replicas count as agreed, where no order tells
 * @param orders what the shell runs to break, to mend or to ask the cluster; those that are not given are absent
 */
record CommandSettings(
        String client,
        List<String> addresses,
        Set<String> functions,
        AskedNode at,
        int settleMillis,
        Map<Order, String> orders) {

    CommandSettings {
        addresses = List.copyOf(addresses);
        functions = Collections.unmodifiableSet(new LinkedHashSet<>(functions));
        orders = Map.copyOf(orders);
    }

    /** Functions whose arguments and results are told by the protocol. */
    static final List<String> KNOWN = List.of(
            Request.READ,
            Request.WRITE,
            Request.SNAPSHOT,
            Request.CAS,
            Request.APPEND,
            Request.ADD,
            Request.INCREMENT,
            Request.SEND,
            Request.POLL);

    private static final String CLIENT = "client";
    private static final String ADDRESSES = Addresses.SETTING;
    private static final String FUNCTIONS = "functions";
    private static final String SETTLE = "settle-ms";

    static final List<Setting> ALL = Stream.concat(
                    Stream.of(
                            new Setting(
                                    CLIENT,
                                    List.of(),
                                    "",
                                    "the command that is a client, for the shell: 'python3 client.py'"),
                            new Setting(
                                    ADDRESSES,
                                    List.of(),
                                    "",
                                    "where the nodes are, n1 first: 10.0.0.1:7001,10.0.0.2:7001"),
                            new Setting(
                                    FUNCTIONS,
                                    List.of(),
                                    Request.READ + "," + Request.WRITE,
                                    "what the client understands, some of " + String.join(", ", KNOWN)),
                            new Setting("at", AskedNode.options(), "home", "which node a session asks"),
                            new Setting(
                                    SETTLE,
                                    List.of(),
                                    "2000",
                                    "without " + Order.CONVERGED.setting()
                                            + ": how long after the last heal replicas count as agreed, in ms")),
                    Order.settings(List.of(Order.values())).stream())
            .toList();

    /**
     * Reads them.
     *
     * @throws IllegalArgumentException if one cannot be; the message says what is expected
     */
    static CommandSettings of(Settings settings) {
        return new CommandSettings(
                required(CLIENT, settings.get(CLIENT), "a command, as in --set client='python3 client.py'"),
                Addresses.listed(settings.get(ADDRESSES)),
                functions(settings.get(FUNCTIONS)),
                AskedNode.of(settings.get("at")),
                settleMillis(settings),
                Order.given(settings));
    }

    /** What the client understands, without a look at the other settings. */
    static Set<String> functions(String text) {
        Set<String> functions = new LinkedHashSet<>(Arrays.asList(text.split(",", -1)));
        for (String function : functions) {
            if (!KNOWN.contains(function)) {
                throw new IllegalArgumentException(FUNCTIONS + ": found " + (function.isEmpty() ? "none" : function)
                        + ", expected some of " + String.join(", ", KNOWN));
            }
        }
        return functions;
    }

    private static int settleMillis(Settings settings) {
        int millis = settings.number(SETTLE);
        if (millis < 0) {
            throw new IllegalArgumentException(SETTLE + ": found " + millis + ", expected 0 or more");
        }
        return millis;
    }

    private static String required(String name, String found, String expected) {
        if (found.isBlank()) {
            throw new IllegalArgumentException(name + ": found none, expected " + expected);
        }
        return found;
    }

    /**
     * Refuses a number of nodes for which there are not as many addresses.
     *
     * @throws IllegalArgumentException if there are not
     */
    void requireFor(int nodes) {
        Addresses.requireFor(nodes, addresses);
    }

    /** Where each node is. */
    Map<Node, String> byNode() {
        return Addresses.byNode(addresses);
    }
}
