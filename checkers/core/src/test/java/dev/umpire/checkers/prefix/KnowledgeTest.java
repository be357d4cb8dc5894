package dev.umpire.checkers.prefix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes after what a session knows, folded or not, against a list of all that it learnt. */
class KnowledgeTest {
    private static final int NODES = 200;
    private static final int FIRST_FOLD = 2 * NODES;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aNodeComesAfterAllThatTheSessionKnowsAndNothingElse(boolean mayFold) {
        Random random = new Random(Long.getLong("umpire.seed", 1));
        List<int[]> edges = new ArrayList<>();
        Knowledge knowledge =
                new Knowledge(2, FIRST_FOLD, mayFold, (before, after) -> edges.add(new int[] {before, after}));
        List<Set<Integer>> known = List.of(new HashSet<>(), new HashSet<>());
        for (int node = 0; node < NODES; node++) {
            int session = random.nextInt(2);
            switch (random.nextInt(6)) {
                case 0 -> {
                    knowledge.precede(session, node);
                    assertThat(before(edges, node)).isEqualTo(known.get(session));
                }
                case 1 -> {
                    // it stands for what was known when it was begun
                    int changes = knowledge.changes(session);
                    knowledge.precede(session, node);
                    if (random.nextBoolean()) {
                        int other = FIRST_FOLD - 1 - node;
                        knowledge.learn(session, other);
                        known.get(session).add(other);
                    }
                    knowledge.replace(session, node, changes);
                    known.get(session).add(node);
                }
                case 2 -> knowledge.fold(session);
                default -> {
                    int changes = knowledge.changes(session);
                    knowledge.learn(session, node);
                    knowledge.learn(session, node);
                    assertThat(knowledge.changes(session)).isEqualTo(changes + 1);
                    known.get(session).add(node);
                }
            }
        }
        assertThat(knowledge.nextNode() > FIRST_FOLD).isEqualTo(mayFold);
        assertThat(edges.size()).isLessThan(mayFold ? 1_000 : 20_000);
    }

    /** All that stands before the node; of folds what they stand for. */
    private static Set<Integer> before(List<int[]> edges, int node) {
        Set<Integer> all = new HashSet<>(Set.of(node));
        boolean more = true;
        while (more) {
            more = false;
            for (int[] edge : edges) {
                more |= all.contains(edge[1]) && all.add(edge[0]);
            }
        }
        all.removeIf(each -> each >= FIRST_FOLD || each == node);
        return all;
    }

    @Test
    void sixteenNodesAreKnownBeforeTheyAreFolded() {
        List<String> edges = new ArrayList<>();
        Knowledge knowledge = new Knowledge(1, 100, true, (before, after) -> edges.add(before + ">" + after));
        for (int node = 0; node < 16; node++) {
            knowledge.learn(0, node);
        }
        assertThat(knowledge.nextNode()).isEqualTo(100);
        knowledge.learn(0, 16);
        assertThat(knowledge.nextNode()).isEqualTo(101);
        assertThat(edges).hasSize(16).allMatch(edge -> edge.endsWith(">100"));
        edges.clear();
        knowledge.precede(0, 16);
        assertThat(edges).containsExactly("100>16");
        knowledge.fold(0);
        knowledge.fold(0);
        assertThat(knowledge.nextNode()).isEqualTo(102);
    }
}
