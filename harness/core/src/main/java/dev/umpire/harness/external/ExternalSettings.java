package dev.umpire.harness.external;

import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.InContainers;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Setting;
import dev.umpire.harness.target.Settings;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The settings of a store whose nodes may be started here, as processes or in containers, or run already.
 *
 * <p>Whoever names addresses and yet wants nodes to be started, or the reverse, is refused before anything is touched: each
 * setting has a meaning only with some values of {@code launcher}.
 */
public final class ExternalSettings {

    private static final String LAUNCHER = InContainers.LAUNCHER;
    private static final String PROCESS = "process";
    private static final String STARTED = PROCESS + "|" + InContainers.DOCKER;
    private static final String EXTERNAL = "external";
    private static final String PREFIX = "prefix";

    /** What a store's own class can neither do to a cluster of somebody else's nor see of it. */
    private static final List<Order> ORDERS =
            List.of(Order.CRASH, Order.RESTART, Order.PAUSE, Order.RESUME, Order.CUT, Order.MEND, Order.DELIVERS);

    private ExternalSettings() {}

    /**
     * The settings of a store: its own, that of the image in which nodes may be started, and those by which a user names a cluster
     * of his.
     *
     * @param everywhere that have a meaning whoever runs the nodes
     * @param ofProcesses that have a meaning only where nodes are started here
     * @param ofExternal that have a meaning only in a user's cluster, among them what keeps the run's data from the user's
     * @param leads whether one of the nodes leads, so that another can be made the leader
     */
    public static List<Setting> all(
            List<Setting> everywhere, List<Setting> ofProcesses, List<Setting> ofExternal, boolean leads) {
        List<Setting> external = new ArrayList<>();
        external.add(new Setting(
                Addresses.SETTING, List.of(), "", "where the nodes are, n1 first: 10.0.0.1:7001,10.0.0.2:7001"));
        external.addAll(ofExternal);
        List<Order> orders = new ArrayList<>(ORDERS);
        if (leads) {
            orders.add(Order.FAILOVER);
        }
        external.addAll(Order.settings(orders));
        List<Setting> all = new ArrayList<>(everywhere);
        ofProcesses.forEach(setting -> all.add(setting.onlyWith(LAUNCHER, STARTED)));
        all.add(new Setting(
                LAUNCHER,
                List.of(PROCESS, InContainers.DOCKER, EXTERNAL),
                PROCESS,
                "process: nodes are started on this machine; docker: each in a container of image; external: they run"
                        + " already, at addresses"));
        all.add(new Setting(
                        InContainers.IMAGE, List.of(), "", "has the programs, in the engine of this machine: redis:7")
                .onlyWith(LAUNCHER, InContainers.DOCKER));
        external.forEach(setting -> all.add(setting.onlyWith(LAUNCHER, EXTERNAL)));
        return List.copyOf(all);
    }

    /** The setting that says what each key of the run begins with in a user's cluster. */
    public static Setting prefix(String byDefault) {
        return new Setting(PREFIX, List.of(), byDefault, "what each key begins with, so that yours stay yours");
    }

    /** Whether the nodes run already. */
    public static boolean external(Settings settings) {
        return settings.get(LAUNCHER).equals(EXTERNAL);
    }

    /** What all keys of the run begin with; empty where nodes are started for it. */
    public static String prefix(Settings settings) {
        return external(settings) ? settings.get(PREFIX) : "";
    }

    /** The value of a setting that may have no meaning here, and is empty then. */
    public static String value(Settings settings, String name) {
        return settings.values().getOrDefault(name, "");
    }

    /** {@code 10.0.0.1:7001,10.0.0.2:7001 · }, the begin of a description; empty where nodes are started here. */
    public static String describe(Settings settings) {
        return external(settings) ? settings.get(Addresses.SETTING) + " · " : "";
    }

    /**
     * The faults that can be made from outside: those of clients, and those for which there are orders.
     *
     * @throws IllegalArgumentException if an order is given without another that it needs
     */
    public static Set<FaultKind> faults(Settings settings) {
        Set<FaultKind> faults = EnumSet.of(FaultKind.CLIENT_CUT, FaultKind.CLIENT_SLOW);
        faults.addAll(Order.faults(settings));
        return faults;
    }

    /**
     * Refuses an image, addresses and a prefix that are none, and addresses that are not as many as nodes. Does nothing where nodes
     * are processes that are started here.
     *
     * @throws IllegalArgumentException if they cannot be; the message says what is expected
     */
    public static void requirePossible(Settings settings, int nodes) {
        InContainers.requirePossible(settings);
        if (!external(settings)) {
            return;
        }
        List<String> addresses = Addresses.listed(settings.get(Addresses.SETTING));
        addresses.forEach(Addresses::of);
        Addresses.requireFor(nodes, addresses);
        String prefix = value(settings, PREFIX);
        if (settings.values().containsKey(PREFIX) && !prefix.matches("[A-Za-z][A-Za-z0-9_.:/-]*")) {
            throw new IllegalArgumentException(PREFIX + ": found " + (prefix.isEmpty() ? "none" : prefix)
                    + ", expected a letter, and then letters, digits, or _ . : / -");
        }
        Map<Order, String> unused = Order.given(settings);
    }

    static Map<Node, String> addresses(Settings settings) {
        return Addresses.byNode(Addresses.listed(settings.get(Addresses.SETTING)));
    }
}
