package dev.umpire.targets.simulated.leaderless;

import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.targets.simulated.leaderless.Protocol.Branch;
import dev.umpire.targets.simulated.leaderless.Protocol.Compare;
import dev.umpire.targets.simulated.leaderless.Protocol.Leaves;
import dev.umpire.targets.simulated.world.Host;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Compares the hash trees of replicas, pair by pair and segment by segment, and exchanges what lies in leaves that differ.
 * No step remembers an earlier one: what is lost is asked again in a later round.
 */
final class AntiEntropy {
    private static final long LEAST_GAP_NANOS = 10_000_000;
    private static final long MOST_GAP_NANOS = 40_000_000;

    private final Host host;
    private final Post post;
    private final Records records;
    private final KeyedRandom.Stream gaps;
    private final List<Partner> partners = new ArrayList<>();
    private long rounds;

    /** Another replica of a segment. */
    private record Partner(int segment, int node) {}

    AntiEntropy(Host host, Post post, Records records, Ring ring) {
        this.host = host;
        this.post = post;
        this.records = records;
        this.gaps = host.random("anti-entropy");
        for (int segment = 0; segment < host.nodeCount(); segment++) {
            if (ring.keeps(host.address(), segment)) {
                for (int node : ring.replicas(segment)) {
                    if (node != host.address()) {
                        partners.add(new Partner(segment, node));
                    }
                }
            }
        }
    }

    /** Compares with the next partner, again and again. */
    void begin() {
        if (partners.isEmpty()) {
            return;
        }
        host.schedule(gaps.between(LEAST_GAP_NANOS, MOST_GAP_NANOS, rounds), () -> {
            Partner partner = partners.get((int) (rounds++ % partners.size()));
            post.send(partner.node, new Compare(partner.segment, 0, branches(partner.segment, 0, List.of(0))));
            begin();
        });
    }

    private List<Branch> branches(int segment, int level, List<Integer> numbers) {
        List<Branch> branches = new ArrayList<>();
        for (int number : numbers) {
            branches.add(new Branch(number, records.tree(segment).hash(level, number)));
        }
        return List.copyOf(branches);
    }

    /** Descends where the branches differ; at the leaves it sends what it has there. */
    void onCompare(int from, Compare compare) {
        List<Integer> differing = compare.branches().stream()
                .filter(branch ->
                        records.tree(compare.segment()).hash(compare.level(), branch.number()) != branch.hash())
                .map(Branch::number)
                .toList();
        if (differing.isEmpty()) {
            return;
        }
        if (compare.level() < HashTree.LEAF_LEVEL) {
            List<Integer> children = new ArrayList<>();
            for (int branch : differing) {
                for (int child = 0; child < HashTree.CHILDREN; child++) {
                    children.add(branch * HashTree.CHILDREN + child);
                }
            }
            int below = compare.level() + 1;
            post.send(from, new Compare(compare.segment(), below, branches(compare.segment(), below, children)));
        } else {
            send(from, compare.segment(), differing, records.inLeaves(compare.segment(), differing), true);
        }
    }

    /** Joins what another has, and sends back what that one lacks. */
    void onLeaves(int from, Leaves leaves) {
        leaves.entries().forEach(records::join);
        if (leaves.answer()) {
            Map<Place, Content> theirs = new HashMap<>();
            leaves.entries().forEach(entry -> theirs.put(entry.place(), entry.content()));
            List<Entry> lacking = records.inLeaves(leaves.segment(), leaves.leaves()).stream()
                    .filter(entry -> !entry.content().equals(theirs.get(entry.place())))
                    .toList();
            if (!lacking.isEmpty()) {
                send(from, leaves.segment(), leaves.leaves(), lacking, false);
            }
        }
    }

    private void send(int to, int segment, List<Integer> leaves, List<Entry> entries, boolean answer) {
        records.whenDurable(
                () -> post.send(to, new Leaves(post.stamp(), segment, leaves, List.copyOf(entries), answer)));
    }

    /** By segment that this node keeps, the hash of everything in it. */
    Map<Integer, Long> roots() {
        Map<Integer, Long> roots = new TreeMap<>();
        for (Partner partner : partners) {
            roots.put(partner.segment, records.tree(partner.segment).root());
        }
        return roots;
    }
}
