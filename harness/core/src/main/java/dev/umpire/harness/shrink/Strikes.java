package dev.umpire.harness.shrink;

import dev.umpire.harness.plan.Script;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Link;
import dev.umpire.harness.target.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Fewer faults, and faults that strike less. */
final class Strikes {
    private Strikes() {}

    /** The same fault on these. */
    static Script.Strike on(Script.Strike strike, SortedSet<Node> nodes, SortedSet<Link> links) {
        boolean sameLinks = links.equals(strike.links());
        return strike.on(nodes, links, sameLinks || strike.shape().isEmpty() ? strike.shape() : shape(links));
    }

    /** What a partition of some links is called that has no other name. */
    private static String shape(Set<Link> links) {
        return links.stream().map(Link::toString).collect(Collectors.joining(" "));
    }

    /** For any two faults of one kind and degree, the schedule with one fault instead, which holds as long as both. */
    static List<Candidate> joined(Candidate candidate) {
        List<Script.Strike> strikes = candidate.script().strikes();
        List<Candidate> joined = new ArrayList<>();
        for (int i = 0; i < strikes.size(); i++) {
            for (int j = i + 1; j < strikes.size(); j++) {
                Script.Strike one = strikes.get(i);
                Script.Strike other = strikes.get(j);
                if (one.kind() == other.kind() && one.amount() == other.amount() && one.rate() == other.rate()) {
                    List<Script.Strike> fewer = new ArrayList<>(strikes);
                    fewer.set(i, joined(one, other));
                    fewer.remove(j);
                    joined.add(candidate.withStrikes(fewer));
                }
            }
        }
        return joined;
    }

    private static Script.Strike joined(Script.Strike one, Script.Strike other) {
        SortedSet<Node> nodes = new TreeSet<>(one.nodes());
        nodes.addAll(other.nodes());
        SortedSet<Link> links = new TreeSet<>(one.links());
        links.addAll(other.links());
        return on(one, nodes, links)
                .during(Math.min(one.fromNanos(), other.fromNanos()), Math.max(one.untilNanos(), other.untilNanos()));
    }

    /** For any fault of several nodes, or of several links, the schedule in which one of them is spared. */
    static List<Candidate> narrower(Candidate candidate) {
        List<Script.Strike> strikes = candidate.script().strikes();
        List<Candidate> narrower = new ArrayList<>();
        for (int i = 0; i < strikes.size(); i++) {
            Script.Strike strike = strikes.get(i);
            if (strike.nodes().size() + strike.links().size() < 2) {
                continue;
            }
            for (Node node : strike.nodes()) {
                SortedSet<Node> left = new TreeSet<>(strike.nodes());
                left.remove(node);
                narrower.add(replaced(candidate, i, on(strike, left, strike.links())));
            }
            for (Link link : strike.links()) {
                SortedSet<Link> left = new TreeSet<>(strike.links());
                left.remove(link);
                if (strike.kind() == FaultKind.RESET) {
                    // a connection uses both ways
                    left.remove(link.back());
                }
                if (!left.isEmpty()) {
                    narrower.add(replaced(candidate, i, on(strike, strike.nodes(), left)));
                }
            }
        }
        return narrower;
    }

    private static Candidate replaced(Candidate candidate, int number, Script.Strike by) {
        List<Script.Strike> strikes = new ArrayList<>(candidate.script().strikes());
        strikes.set(number, by);
        return candidate.withStrikes(strikes);
    }
}
