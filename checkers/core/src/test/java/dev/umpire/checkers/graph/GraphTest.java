package dev.umpire.checkers.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Components and orders of random graphs, against what can be reached from where. */
class GraphTest {

    @Test
    void componentsAndTheirOrderAreAsReachabilitySays() {
        Random random = new Random(Long.getLong("umpire.seed", 1));
        int cyclic = 0;
        for (int run = 0; run < 200; run++) {
            int nodes = 1 + random.nextInt(30);
            Edges edges = new Edges(random.nextInt(4));
            boolean[][] reaches = new boolean[nodes][nodes];
            int count = random.nextInt(2 * nodes);
            for (int i = 0; i < count; i++) {
                int from = random.nextInt(nodes);
                int to = run % 2 == 0 ? random.nextInt(nodes) : Math.min(nodes - 1, from + 1 + random.nextInt(3));
                edges.add(from, to);
                reaches[from][to] = true;
            }
            assertThat(edges.size()).isEqualTo(count);
            for (int middle = 0; middle < nodes; middle++) {
                for (int from = 0; from < nodes; from++) {
                    for (int to = 0; to < nodes; to++) {
                        reaches[from][to] |= reaches[from][middle] && reaches[middle][to];
                    }
                }
            }
            Digraph graph = Digraph.of(nodes, edges);
            assertThat(graph.size()).isEqualTo(nodes);
            Components components = graph.components();
            boolean anyCycle = false;
            for (int a = 0; a < nodes; a++) {
                anyCycle |= reaches[a][a];
                assertThat(components.onCycle(a)).isEqualTo(reaches[a][a]);
                int size = 1;
                for (int b = 0; b < nodes; b++) {
                    boolean together = a == b || (reaches[a][b] && reaches[b][a]);
                    assertThat(components.of(a) == components.of(b)).isEqualTo(together);
                    size += together && a != b ? 1 : 0;
                }
                assertThat(components.size(components.of(a))).isEqualTo(size);
            }
            assertThat(components.cyclic()).isEqualTo(anyCycle);
            assertThat(graph.cyclic()).isEqualTo(anyCycle);
            cyclic += anyCycle ? 1 : 0;
            if (!anyCycle) {
                assertThat(components.count()).isEqualTo(nodes);
                int[] order = components.topologicalOrder();
                assertThat(Arrays.stream(order).distinct().count()).isEqualTo(nodes);
                for (int i = 0; i < nodes; i++) {
                    for (int j = 0; j < i; j++) {
                        assertThat(reaches[order[i]][order[j]]).isFalse();
                    }
                }
            }
        }
        assertThat(cyclic).isBetween(50, 150);
    }

    @Test
    void edgesAreToldInTheOrderInWhichTheyCame() {
        Edges edges = new Edges(3);
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            edges.add(i, 2 * i);
            expected.append(i + ">" + 2 * i + " ");
        }
        StringBuilder told = new StringBuilder();
        edges.tell((from, to) -> told.append(from + ">" + to + " "));
        assertThat(told.toString()).isEqualTo(expected.toString());
    }
}
