package dev.umpire.checkers.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Components and shortest cycles of small random graphs, against what can be reached from where. */
class DigraphTest {

    /** A graph drawn at random, as it is and as a matrix. */
    private static final class Drawn {
        final Digraph graph;
        final boolean[][] edge;
        final boolean[] counts;

        Drawn(Digraph graph, boolean[][] edge, boolean[] counts) {
            this.graph = graph;
            this.edge = edge;
            this.counts = counts;
        }

        static Drawn of(Random random) {
            int nodes = 1 + random.nextInt(24);
            int known = random.nextInt(nodes + 1);
            Digraph graph = new Digraph(known, random.nextInt(3));
            for (int node = known; node < nodes; node++) {
                assertThat(graph.addNode()).isEqualTo(node);
            }
            boolean[][] edge = new boolean[nodes][nodes];
            for (int i = random.nextInt(3 * nodes); i > 0; i--) {
                int from = random.nextInt(nodes);
                int to = random.nextInt(nodes);
                if (from != to) {
                    edge[from][to] = true;
                    graph.addEdge(from, to);
                }
            }
            boolean[] counts = new boolean[nodes];
            for (int node = 0; node < nodes; node++) {
                counts[node] = random.nextInt(4) > 0;
            }
            return new Drawn(graph, edge, counts);
        }

        /** How many counted nodes the shortest way has, its first node left out; -1: there is none. */
        int distance(int from, int to) {
            int nodes = edge.length;
            int[] least = new int[nodes];
            Arrays.fill(least, nodes + 1);
            for (int round = 0; round <= nodes; round++) {
                for (int a = 0; a < nodes; a++) {
                    int soFar = a == from ? 0 : nodes + 1;
                    soFar = round == 0 ? soFar : Math.min(soFar, least[a]);
                    for (int b = 0; b < nodes; b++) {
                        if (edge[a][b] && soFar <= nodes) {
                            least[b] = Math.min(least[b], soFar + (counts[b] ? 1 : 0));
                        }
                    }
                }
            }
            return least[to] > nodes ? -1 : least[to];
        }
    }

    @Test
    void componentsAreTheNodesThatReachOneAnother() {
        Random random = new Random(Long.getLong("umpire.seed", 1));
        for (int run = 0; run < 200; run++) {
            Drawn drawn = Drawn.of(random);
            Set<Set<Integer>> found = new HashSet<>();
            for (int[] component : drawn.graph.components()) {
                Set<Integer> nodes = new HashSet<>();
                Arrays.stream(component).forEach(nodes::add);
                assertThat(nodes).hasSize(component.length);
                found.add(nodes);
            }
            Set<Set<Integer>> expected = new HashSet<>();
            for (int a = 0; a < drawn.edge.length; a++) {
                Set<Integer> nodes = new HashSet<>(Set.of(a));
                for (int b = 0; b < drawn.edge.length; b++) {
                    if (drawn.distance(a, b) >= 0 && drawn.distance(b, a) >= 0) {
                        nodes.add(b);
                    }
                }
                if (nodes.size() > 1) {
                    expected.add(nodes);
                }
            }
            assertThat(found).isEqualTo(expected);
        }
    }

    @Test
    void theShortestCycleHasTheFewestNodesThatCountAndIsOne() {
        Random random = new Random(Long.getLong("umpire.seed", 2));
        int longer = 0;
        for (int run = 0; run < 300; run++) {
            Drawn drawn = Drawn.of(random);
            for (int[] component : drawn.graph.components()) {
                int least = Integer.MAX_VALUE;
                for (int node : component) {
                    if (drawn.counts[node]) {
                        least = Math.min(least, drawn.distance(node, node));
                    }
                }
                if (least == 1) {
                    // no write has to stand before itself by helpers alone
                    continue;
                }
                int[] cycle = drawn.graph.shortestCycle(component, node -> drawn.counts[node]);
                assertThat(cycle.length).isEqualTo(least == Integer.MAX_VALUE ? 0 : least);
                longer += cycle.length > 2 ? 1 : 0;
                List<Integer> in = new ArrayList<>();
                Arrays.stream(component).forEach(in::add);
                for (int i = 0; i < cycle.length; i++) {
                    assertThat(in).contains(cycle[i]);
                    assertThat(drawn.counts[cycle[i]]).isTrue();
                    // from each to the next no other node that counts lies between
                    int next = cycle[(i + 1) % cycle.length];
                    assertThat(drawn.distance(cycle[i], next)).isEqualTo(1);
                }
            }
        }
        assertThat(longer).isGreaterThan(20);
    }

    @Test
    void ofManyNodesTheFirstFewHundredAreTried() {
        // a circle of 400 nodes, with a short cut between the last two
        Digraph graph = new Digraph(400, 0);
        for (int node = 0; node < 400; node++) {
            graph.addEdge(node, (node + 1) % 400);
        }
        graph.addEdge(399, 398);
        int[] component = graph.components().get(0);
        Arrays.sort(component);
        assertThat(graph.shortestCycle(component, node -> true)).hasSize(400);
        graph.addEdge(255, 254);
        assertThat(graph.shortestCycle(component, node -> true)).containsExactly(254, 255);
        Digraph other = new Digraph(400, 0);
        for (int node = 0; node < 400; node++) {
            other.addEdge(node, (node + 1) % 400);
        }
        other.addEdge(257, 256);
        assertThat(other.shortestCycle(component, node -> true)).hasSize(400);
    }
}
