package dev.umpire.checkers.prefix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.graph.Edges;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** An order that grows and is taken back, against a matrix that is closed anew each time. */
class ReachabilityTest {

    @Test
    void whatFollowsIsKnownAndTakenBackAgain() {
        Random random = new Random(Long.getLong("umpire.seed", 1));
        for (int nodes : new int[] {1, 2, 20, 63, 64, 65, 100, 130}) {
            boolean[][] before = new boolean[nodes][nodes];
            Edges edges = new Edges(0);
            for (int i = 0; i < nodes / 3; i++) {
                int from = random.nextInt(nodes);
                int to = random.nextInt(nodes);
                if (from < to) {
                    edges.add(from, to);
                    add(before, from, to);
                }
            }
            Reachability order = Reachability.of(edges, nodes).orElseThrow();
            Deque<Integer> states = new ArrayDeque<>();
            Deque<boolean[][]> matrices = new ArrayDeque<>();
            for (int step = 0; step < nodes; step++) {
                if (random.nextInt(4) == 0 && !states.isEmpty()) {
                    order.undo(states.pop());
                    before = matrices.pop();
                } else {
                    states.push(order.state());
                    matrices.push(copy(before));
                }
                for (int i = 0; i < 3; i++) {
                    int from = random.nextInt(nodes);
                    int to = random.nextInt(nodes);
                    boolean possible = from != to && !before[to][from];
                    int state = order.state();
                    boolean known = before[from][to];
                    assertThat(order.add(from, to)).isEqualTo(possible);
                    if (!possible || known) {
                        assertThat(order.state()).isEqualTo(state);
                    } else {
                        add(before, from, to);
                    }
                }
                assertThat(matrix(order, nodes)).isDeepEqualTo(before);
            }
            while (!states.isEmpty()) {
                order.undo(states.pop());
                assertThat(matrix(order, nodes)).isDeepEqualTo(matrices.pop());
            }
        }
    }

    @Test
    void aCycleIsNoOrder() {
        Edges edges = new Edges(0);
        edges.add(0, 70);
        edges.add(70, 3);
        assertThat(Reachability.of(edges, 71).map(order -> order.before(0, 3))).isEqualTo(Optional.of(true));
        edges.add(3, 0);
        assertThat(Reachability.of(edges, 71)).isEmpty();
    }

    private static boolean[][] matrix(Reachability order, int nodes) {
        boolean[][] matrix = new boolean[nodes][nodes];
        for (int from = 0; from < nodes; from++) {
            for (int to = 0; to < nodes; to++) {
                matrix[from][to] = order.before(from, to);
            }
        }
        return matrix;
    }

    private static boolean[][] copy(boolean[][] matrix) {
        boolean[][] copy = new boolean[matrix.length][];
        for (int i = 0; i < matrix.length; i++) {
            copy[i] = matrix[i].clone();
        }
        return copy;
    }

    private static void add(boolean[][] before, int first, int second) {
        for (int from = 0; from < before.length; from++) {
            for (int to = 0; to < before.length; to++) {
                before[from][to] |= (from == first || before[from][first]) && (to == second || before[second][to]);
            }
        }
    }
}
