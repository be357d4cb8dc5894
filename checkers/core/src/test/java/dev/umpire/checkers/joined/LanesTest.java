package dev.umpire.checkers.joined;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.histories.History;
import dev.umpire.histories.event.MalformedHistoryException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LanesTest {
    private static final List<String> ENDS = List.of("ok", "ok", "ok", "info");

    @Test
    void whatFollowsFromThePredecessorsIsThePrecedence() {
        for (long seed = 0; seed < 300; seed++) {
            History history = history(new Random(seed), 1 + (int) (seed % 7), 30);
            for (Precedence precedence : Precedence.values()) {
                Lanes lanes = lanes(history, precedence);
                BitSet[] before = before(lanes);
                for (int second = 0; second < lanes.size(); second++) {
                    for (int first = 0; first < lanes.size(); first++) {
                        boolean same =
                                history.session(lanes.operation[first]) == history.session(lanes.operation[second]);
                        assertThat(before[second].get(first))
                                .as("seed %s, %s, %s before %s", seed, precedence, first, second)
                                .isEqualTo(lanes.completed(first) < lanes.invoked(second)
                                        && (same || precedence == Precedence.REAL_TIME));
                    }
                }
            }
        }
    }

    @Test
    void noMorePrecedeDirectlyThanWereAtWorkAtOnce() {
        StringBuilder events = new StringBuilder();
        int sessions = 1_500;
        for (int i = 0; i < 2 * sessions; i++) { // one after another
            events.append(event(i % sessions, "invoke")).append(event(i % sessions, "ok"));
        }
        Lanes lanes = lanes(parsed(events.toString()), Precedence.REAL_TIME);

        assertThat(lanes.laneCount()).isEqualTo(sessions);
        assertThat(lanes.firstPredecessor(lanes.size())).isEqualTo(lanes.size() - 1);
    }

    private static Lanes lanes(History history, Precedence precedence) {
        return new Lanes(history, IntStream.range(0, history.size()).toArray(), precedence);
    }

    /** All that stand before each node: its predecessors, and theirs. */
    private static BitSet[] before(Lanes lanes) {
        BitSet[] before = new BitSet[lanes.size()];
        for (int node = 0; node < lanes.size(); node++) {
            before[node] = new BitSet();
            for (int slot = lanes.firstPredecessor(node); slot < lanes.firstPredecessor(node + 1); slot++) {
                before[node].set(lanes.predecessor(slot));
                before[node].or(before[lanes.predecessor(slot)]);
            }
        }
        return before;
    }

    /** Operations of each session may overlap. */
    private static History history(Random random, int sessions, int operations) {
        StringBuilder events = new StringBuilder();
        List<Integer> open = new ArrayList<>();
        for (int begun = 0; begun < operations || !open.isEmpty(); ) {
            if (begun < operations && (open.isEmpty() || random.nextBoolean())) {
                open.add(begun);
                events.append(event(begun, "invoke", begun % sessions));
                begun++;
            } else {
                int process = open.remove(random.nextInt(open.size()));
                events.append(event(process, ENDS.get(random.nextInt(ENDS.size())), process % sessions));
            }
        }
        return parsed(events.toString());
    }

    private static String event(int process, String type) {
        return event(process, type, process);
    }

    private static String event(int process, String type, int session) {
        return "{:process " + process + " :session " + session + " :type :" + type + " :f :read :key x :value nil}\n";
    }

    private static History parsed(String events) {
        try {
            return History.parse(events);
        } catch (MalformedHistoryException refused) {
            throw new IllegalArgumentException(refused);
        }
    }
}
