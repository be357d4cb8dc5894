package dev.umpire.checkers.causal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.oracle.Share;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.words.Reasons;
import dev.umpire.checkers.words.Words;
import dev.umpire.histories.History;
import dev.umpire.histories.event.MalformedHistoryException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Of a store with one copy the first walk finds an order, whatever overlaps, so that nothing need be derived or tried. */
class CasAttemptTest {
    private static final int SESSIONS = 4;
    private static final int IDLE = 0;
    private static final int ASKED = 1;
    private static final int DONE = 2;

    @Test
    void whatOneCopyDidIsPutInOrderAtOnce() {
        int longest = 0;
        for (long seed = 0; seed < Share.of(3_000); seed++) {
            Random random = new Random(seed);
            Nodes nodes = nodes(oneCopy(random, 1 + random.nextInt(3), 8 + random.nextInt(40)));
            longest = Math.max(longest, nodes.size);
            for (IntPredicate bound : List.<IntPredicate>of(v -> false, nodes::reads, v -> nodes.session(v) == 0)) {
                assertThat(order(nodes, v -> nodes.reads(v) && bound.test(v)).isFoundAtOnce())
                        .as("seed %s", seed)
                        .isTrue();
            }
        }
        assertThat(longest).isGreaterThan(20);
    }

    private static CasOrder order(Nodes nodes, IntPredicate bound) {
        SessionOrder sessions = new SessionOrder(nodes);
        CausalOrder causes = new CausalOrder(nodes, sessions);
        return new CasOrder(
                nodes, sessions, causes::tell, (before, after) -> new int[0], bound, Steps.of(CheckOptions.DEFAULT));
    }

    private static Nodes nodes(String events) {
        try {
            History history = History.parse(events);
            return Nodes.of(history, new Reasons(Words.of(history)));
        } catch (MalformedHistoryException refused) {
            throw new IllegalArgumentException(refused);
        }
    }

    /** Operations of which each takes effect at once, between its invocation and its completion. */
    private static String oneCopy(Random random, int keys, int operations) {
        int[] present = new int[keys];
        int[] state = new int[SESSIONS];
        int[] key = new int[SESSIONS];
        int[] invoked = new int[SESSIONS];
        String[] function = new String[SESSIONS];
        String[] value = new String[SESSIONS];
        List<String> events = new ArrayList<>();
        int begun = 0;
        while (begun < operations || Arrays.stream(state).anyMatch(one -> one != IDLE)) {
            int session = random.nextInt(SESSIONS);
            switch (state[session]) {
                case IDLE -> {
                    if (begun < operations) {
                        begun++;
                        key[session] = random.nextInt(keys);
                        function[session] =
                                List.of("read", "write", "cas", "cas").get(random.nextInt(4));
                        invoked[session] = events.size();
                        events.add("");
                        state[session] = ASKED;
                    }
                }
                case ASKED -> {
                    int before = present[key[session]];
                    int next = events.size() * SESSIONS + session + 1; // no value is written twice
                    value[session] = switch (function[session]) {
                        case "read" -> told(before);
                        case "write" -> told(next);
                        default -> "[" + told(before) + " " + told(next) + "]";
                    };
                    if (!function[session].equals("read")) {
                        present[key[session]] = next;
                    }
                    String asked = function[session].equals("read") ? "nil" : value[session];
                    events.set(invoked[session], event(session, "invoke", function[session], key[session], asked));
                    state[session] = DONE;
                }
                default -> {
                    events.add(event(session, "ok", function[session], key[session], value[session]));
                    state[session] = IDLE;
                }
            }
        }
        return events.stream().collect(Collectors.joining("\n"));
    }

    private static String told(int value) {
        return value == 0 ? "nil" : "" + value;
    }

    private static String event(int session, String type, String function, int key, String value) {
        return "{:process " + session + ", :type :" + type + ", :f :" + function + ", :key \"k" + key + "\", :value "
                + value + "}";
    }
}
