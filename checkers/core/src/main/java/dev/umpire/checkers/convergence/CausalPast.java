package dev.umpire.checkers.convergence;

import dev.umpire.checkers.register.Siblings;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which acknowledged writes lie in the causal past of a write: those that its session made or read before, and what lies in
 * the past of these ({@code (so + wr)+}; Ahamad et al., Causal Memory, 1995). A read reads from all values that it returned.
 *
 * <p>Vector clocks along the recording: O(operations x sessions) time, and memory for the writes. What was read of a value that
 * was written more than once may come from each of these writes; then there are two answers, of what certainly and of what
 * possibly lies in the past.
 */
final class CausalPast {
    private static final int[] NOTHING = new int[0];

    private record Written(int key, Value value) {}

    private final History history;
    /** By operation, of writes: how many acknowledged operations of each session lie in its past. */
    private final int[][] past;
    /** By operation: its number among the acknowledged ones of its session, from 1. */
    private final int[] number;

    private final boolean known;
    private final boolean possible;
    private boolean guessed;

    /** @param possible whether a read from one of several writes is taken to come from all of them, or from none */
    CausalPast(History history, boolean possible) {
        this.possible = possible;
        this.history = history;
        past = new int[history.size()][];
        Arrays.fill(past, NOTHING);
        number = new int[history.size()];
        Map<Written, List<Integer>> writers = new HashMap<>();
        int[] at = new int[history.eventCount()];
        Arrays.fill(at, History.NONE);
        int[] lastEnd = new int[history.sessionCount()];
        Arrays.fill(lastEnd, -1);
        int[] numbers = new int[history.sessionCount()];
        boolean inTurn = true;
        for (int o = 0; o < history.size(); o++) {
            if (history.outcome(o) == Outcome.FAIL) {
                continue;
            }
            for (int i = 0; i < history.writeCount(o); i++) {
                writers.computeIfAbsent(
                                new Written(history.writeKey(o, i), history.value(history.writeValue(o, i))),
                                written -> new ArrayList<>(1))
                        .add(o);
            }
            at[history.invoked(o)] = o;
            if (history.outcome(o) == Outcome.OK) {
                at[history.completed(o)] = o;
                int session = history.session(o);
                number[o] = ++numbers[session];
                inTurn &= history.invoked(o) > lastEnd[session]
                        && (history.readCount(o) == 0 || history.writeCount(o) == 0);
                lastEnd[session] = Math.max(lastEnd[session], history.completed(o));
            }
        }
        known = inTurn;
        follow(at, writers);
    }

    private void follow(int[] at, Map<Written, List<Integer>> writers) {
        int[][] clock = new int[history.sessionCount()][];
        Arrays.fill(clock, NOTHING);
        for (int position = 0; position < at.length; position++) {
            int o = at[position];
            if (o == History.NONE) {
                continue;
            }
            int session = history.session(o);
            if (position == history.invoked(o)) {
                if (history.writeCount(o) > 0) {
                    past[o] = clock[session];
                }
                continue;
            }
            int[] now = Arrays.copyOf(clock[session], history.sessionCount());
            for (int i = 0; i < history.readCount(o); i++) {
                Set<Value> values = history.readCount(o) == 1
                        ? Siblings.shown(history, o)
                        : Set.of(history.value(history.readValue(o, i)));
                for (Value value : values) {
                    read(new Written(history.readKey(o, i), value), position, writers, now);
                }
            }
            now[session] = Math.max(now[session], number[o]);
            clock[session] = now;
        }
    }

    private void read(Written written, int position, Map<Written, List<Integer>> writers, int[] now) {
        List<Integer> all = writers.getOrDefault(written, List.of());
        boolean several =
                all.size() > 1 || (!all.isEmpty() && written.value.equals(history.value(history.initialValue())));
        guessed |= several;
        for (int writer : all) {
            if (history.invoked(writer) < position && (possible || !several)) {
                join(now, past[writer]);
                int own = history.session(writer);
                now[own] = Math.max(now[own], number[writer]);
            }
        }
    }

    private static void join(int[] into, int[] other) {
        for (int i = 0; i < other.length; i++) {
            into[i] = Math.max(into[i], other[i]);
        }
    }

    /** Whether the operations of each session follow one another and none both reads and writes; if not, this knows nothing. */
    boolean isKnown() {
        return known;
    }

    /** Whether a read may have come from more than one write: then what is possible and what is certain may differ. */
    boolean isGuessed() {
        return guessed;
    }

    /** Those of the acknowledged writes, all of one key, that lie in the past of none of the writes. */
    List<Integer> heads(List<Integer> acknowledged, List<Integer> writes) {
        int[] replaced = new int[history.sessionCount()];
        writes.forEach(write -> join(replaced, past[write]));
        return acknowledged.stream()
                .filter(write -> replaced[history.session(write)] < number[write])
                .toList();
    }
}
