package dev.umpire.harness.external;

import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Setting;
import dev.umpire.harness.target.Settings;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a command of the user's does to his cluster, or tells of it. Of a node it is told by {@code UMPIRE_NODE} and {@code
 * UMPIRE_ADDRESS}, of a link by {@code UMPIRE_FROM}, {@code UMPIRE_FROM_ADDRESS}, {@code UMPIRE_TO} and {@code
 * UMPIRE_TO_ADDRESS}. The last line that it prints is its answer.
 */
public enum Order {
    CRASH("ends the process of $UMPIRE_NODE without warning"),
    RESTART("starts the process of $UMPIRE_NODE, if it does not run, with what its disk kept"),
    PAUSE("lets the process of $UMPIRE_NODE stand still"),
    RESUME("lets the process of $UMPIRE_NODE go on, if it stands still"),
    CUT("lets nothing pass from $UMPIRE_FROM to $UMPIRE_TO"),
    MEND("lets everything pass from $UMPIRE_FROM to $UMPIRE_TO again"),
    DELIVERS("prints yes or no: whether something sent from $UMPIRE_FROM to $UMPIRE_TO arrives"),
    FAILOVER("makes another node the leader than $UMPIRE_NODE, which is lost; 'restart' brings it back"),
    LEADER("prints the name of the node that leads, or none"),
    CONVERGED("prints yes when all replicas have everything, otherwise what they lack");

    private static final String PREFIX = "order.";

    /** What a fault needs, the order that is the reason to want the others first. */
    private static final Map<FaultKind, List<Order>> NEEDED = Map.of(
            FaultKind.CRASH, List.of(CRASH, RESTART),
            FaultKind.PAUSE, List.of(PAUSE, RESUME),
            FaultKind.PARTITION, List.of(CUT, MEND, DELIVERS),
            FaultKind.FAILOVER, List.of(FAILOVER, RESTART, LEADER));

    private final String meaning;

    Order(String meaning) {
        this.meaning = meaning;
    }

    /** Its setting: {@code order.crash}. */
    public String setting() {
        return PREFIX + optionName();
    }

    /** {@code crash}. */
    String optionName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The settings of these, each of which is a command; empty: none is given. */
    public static List<Setting> settings(Collection<Order> orders) {
        return orders.stream()
                .map(order -> new Setting(order.setting(), List.of(), "", "a command that " + order.meaning))
                .toList();
    }

    /**
     * Those that are given, each with its command.
     *
     * @throws IllegalArgumentException if one is given without another that it needs and that is a setting too
     */
    public static Map<Order, String> given(Settings settings) {
        Map<Order, String> given = new EnumMap<>(Order.class);
        for (Order order : values()) {
            String command = settings.values().getOrDefault(order.setting(), "");
            if (!command.isBlank()) {
                given.put(order, command);
            }
        }
        NEEDED.values().forEach(needed -> requireAll(needed, given, settings));
        return given;
    }

    private static void requireAll(List<Order> needed, Map<Order, String> given, Settings settings) {
        Order first = needed.get(0);
        for (Order other : needed) {
            if (given.containsKey(first) && other.isMissing(given, settings)) {
                throw new IllegalArgumentException(
                        other.setting() + ": found none, expected a command, as there is " + first.setting());
            }
        }
    }

    /** What is no setting is known without an order. */
    private boolean isMissing(Map<Order, String> given, Settings settings) {
        return settings.values().containsKey(setting()) && !given.containsKey(this);
    }

    /**
     * The faults for which all is given.
     *
     * @throws IllegalArgumentException as {@link #given}
     */
    public static Set<FaultKind> faults(Settings settings) {
        Map<Order, String> given = given(settings);
        Set<FaultKind> faults = EnumSet.noneOf(FaultKind.class);
        NEEDED.forEach((kind, needed) -> {
            if (given.containsKey(needed.get(0))) {
                faults.add(kind);
            }
        });
        return faults;
    }
}
