package dev.umpire.targets.simulated.leaderless;

import dev.umpire.targets.simulated.leaderless.Protocol.CatchUp;
import dev.umpire.targets.simulated.leaderless.Protocol.CaughtUp;
import dev.umpire.targets.simulated.world.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a process does before it answers reads: it cannot know whether its disk is the one that the process before it left, or
 * an old backup of it, so it asks as many other replicas as are needed to know of everything that was acknowledged.
 */
final class CatchingUp {
    private static final long RETRY_NANOS = 20_000_000;

    private final Host host;
    private final Post post;
    private final Ring ring;
    private final Records records;
    private final int others;
    private final Map<Integer, Set<Integer>> heardFrom = new TreeMap<>();
    private boolean ready;

    CatchingUp(Host host, Post post, Rules rules, Ring ring, Records records) {
        this.host = host;
        this.post = post;
        this.ring = ring;
        this.records = records;
        this.others = rules.othersToCatchUpWith();
        for (int segment = 0; segment < host.nodeCount(); segment++) {
            if (ring.keeps(host.address(), segment)) {
                heardFrom.put(segment, new TreeSet<>());
            }
        }
    }

    void begin() {
        ready = heardFrom.values().stream().allMatch(nodes -> nodes.size() >= others);
        if (ready) {
            host.log("has caught up");
            return;
        }
        heardFrom.forEach((segment, nodes) -> {
            for (int node : ring.replicas(segment)) {
                if (node != host.address() && !nodes.contains(node)) {
                    post.send(node, new CatchUp(post.name(), segment, hashes(segment)));
                }
            }
        });
        host.schedule(RETRY_NANOS, () -> {
            if (!ready) {
                begin();
            }
        });
    }

    private List<Long> hashes(int segment) {
        HashTree tree = records.tree(segment);
        List<Long> hashes = new ArrayList<>();
        for (int leaf = 0; leaf < HashTree.LEAVES; leaf++) {
            hashes.add(tree.hash(HashTree.LEAF_LEVEL, leaf));
        }
        return List.copyOf(hashes);
    }

    /** Sends what another may lack. */
    void onCatchUp(int from, CatchUp question) {
        List<Integer> differing = new ArrayList<>();
        for (int leaf = 0; leaf < HashTree.LEAVES; leaf++) {
            if (records.tree(question.segment()).hash(HashTree.LEAF_LEVEL, leaf)
                    != question.hashes().get(leaf)) {
                differing.add(leaf);
            }
        }
        List<Entry> entries = records.inLeaves(question.segment(), differing);
        records.whenDurable(() -> post.send(
                from, new CaughtUp(post.stamp(), question.process(), question.segment(), List.copyOf(entries))));
    }

    void onCaughtUp(int from, CaughtUp answer) {
        answer.entries().forEach(records::join);
        Set<Integer> nodes = heardFrom.get(answer.segment());
        if (!ready && nodes != null && answer.asker().equals(post.name())) {
            // a crash may bring the disk back to what it was before
            records.whenDurable(() -> {
                nodes.add(from);
                if (!ready && heardFrom.values().stream().allMatch(heard -> heard.size() >= others)) {
                    ready = true;
                    host.log("has caught up");
                }
            });
        }
    }

    /** Whether this process knows of everything that was acknowledged. */
    boolean ready() {
        return ready;
    }
}
