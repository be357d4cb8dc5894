package dev.umpire.harness.cluster;

import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Request;
import java.util.Arrays;
import java.util.List;

/** Which node a session asks, for reads and writes alike, in a store in which any node takes any request. */
public enum AskedNode {
    /** The one at which the session is now. */
    HOME("home", "asked where the session is"),
    /** One for each session, for ever. */
    STICKY("sticky", "one node a session"),
    /** A random one for each request. */
    ANY("any", "any node");

    private final String option;
    private final String words;

    AskedNode(String option, String words) {
        this.option = option;
        this.words = words;
    }

    /** The names of all, as on the command line. */
    public static List<String> options() {
        return Arrays.stream(values()).map(one -> one.option).toList();
    }

    /**
     * The one of this name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static AskedNode of(String option) {
        return Arrays.stream(values())
                .filter(one -> one.option.equals(option))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "at: found " + option + ", expected one of " + String.join(", ", options())));
    }

    /** {@code one node a session}. */
    public String words() {
        return words;
    }

    /**
     * Routes the requests of one session.
     *
     * @param session its number
     * @param home where it is now
     * @param random its own
     */
    public Route route(List<Node> nodes, int session, Node home, KeyedRandom.Stream random) {
        return new Route(this, List.copyOf(nodes), session, home, random);
    }

    /** The way of the requests of one session. Used on the loop only. */
    public static final class Route {
        private final AskedNode asked;
        private final List<Node> nodes;
        private final int session;
        private final Node home;
        private final KeyedRandom.Stream random;
        private long routed;

        private Route(AskedNode asked, List<Node> nodes, int session, Node home, KeyedRandom.Stream random) {
            this.asked = asked;
            this.nodes = nodes;
            this.session = session;
            this.home = home;
            this.random = random;
        }

        /** The node that is asked. */
        public Node of(Request request) {
            if (request.at().isPresent()) {
                return request.at().get();
            }
            return switch (asked) {
                case HOME -> home;
                case STICKY -> nodes.get(session % nodes.size());
                case ANY -> nodes.get(random.below(nodes.size(), routed++));
            };
        }
    }
}
