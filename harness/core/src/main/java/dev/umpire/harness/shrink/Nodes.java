package dev.umpire.harness.shrink;

import dev.umpire.harness.plan.Script;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.Node;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Schedules on a smaller cluster.
 *
 * <p>Nodes are called {@code n1}, {@code n2} and so on, without a gap, as those of all simulated clusters are; of others
 * nothing is left out. Those after the one that goes are called otherwise then, and so are their parts in the store.
 */
final class Nodes {
    private static final Pattern NAME = Pattern.compile("n[1-9][0-9]{0,3}");

    private Nodes() {}

    /** Whether nodes can be left out. */
    static boolean canGo(Candidate candidate) {
        return candidate.plan().nodes() > 1
                && candidate.script().strikes().stream()
                        .flatMap(strike -> nodes(strike).stream())
                        .allMatch(node -> NAME.matcher(node.name()).matches());
    }

    /**
     * Without one node: who was there is at the next, and what struck it alone strikes no more.
     *
     * @param gone its number, from 0
     */
    static Candidate without(Candidate candidate, int gone) {
        int left = candidate.plan().nodes() - 1;
        List<Script.Ask> asks = candidate.script().asks().stream()
                .map(ask -> new Script.Ask(
                        ask.session(),
                        ask.atNanos(),
                        (ask.home() > gone ? ask.home() - 1 : ask.home()) % left,
                        ask.request()))
                .toList();
        List<Script.Strike> strikes = new ArrayList<>();
        for (Script.Strike strike : candidate.script().strikes()) {
            SortedSet<Node> nodes = new TreeSet<>();
            strike.nodes().stream()
                    .filter(node -> number(node) != gone)
                    .forEach(node -> nodes.add(renamed(node, gone)));
            SortedSet<Link> links = new TreeSet<>();
            strike.links().stream()
                    .filter(link -> number(link.from()) != gone && number(link.to()) != gone)
                    .forEach(link -> links.add(new Link(renamed(link.from(), gone), renamed(link.to(), gone))));
            if (!nodes.isEmpty() || !links.isEmpty()) {
                strikes.add(Strikes.on(strike, nodes, links));
            }
        }
        return new Candidate(candidate.plan().with(left, candidate.plan().sessions()), new Script(asks, strikes));
    }

    private static int number(Node node) {
        return Integer.parseInt(node.name().substring(1)) - 1;
    }

    private static Node renamed(Node node, int gone) {
        int number = number(node);
        return number < gone ? node : new Node("n" + number);
    }

    private static Collection<Node> nodes(Script.Strike strike) {
        SortedSet<Node> all = new TreeSet<>(strike.nodes());
        all.addAll(strike.links().stream()
                .flatMap(link -> List.of(link.from(), link.to()).stream())
                .collect(Collectors.toSet()));
        return all;
    }
}
