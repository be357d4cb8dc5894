package dev.umpire.checkers.order;

import dev.umpire.checkers.register.Siblings;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import dev.umpire.histories.value.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
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
 *
 * <p>This is the order of the versions of a key whose reads return siblings: a store that keeps what concurrent writes left
 * replaces a version by what was written by somebody who knew of it, and by nothing else.
 */
public final class CausalPast {
    private static final int[] NOTHING = new int[0];

    private record Written(int key, Value value) {}

    private final History history;
    /** By operation, of writes: how many acknowledged operations of each session lie in its past. */
    private final int[][] past;
    /** By operation: its number among the acknowledged ones of its session, from 1. */
    private final int[] number;
    /** By operation: the last acknowledged one of its session that was completed before, or {@link History#NONE}. */
    private final int[] previous;

    private final Map<Written, List<Integer>> writers = new HashMap<>();

    private final boolean known;
    private final boolean possible;
    private boolean guessed;

    /** @param possible whether a read from one of several writes is taken to come from all of them, or from none */
    public CausalPast(History history, boolean possible) {
        this.possible = possible;
        this.history = history;
        past = new int[history.size()][];
        Arrays.fill(past, NOTHING);
        number = new int[history.size()];
        previous = new int[history.size()];
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
        follow(at);
    }

    private void follow(int[] at) {
        int[][] clock = new int[history.sessionCount()][];
        Arrays.fill(clock, NOTHING);
        int[] last = new int[history.sessionCount()];
        Arrays.fill(last, History.NONE);
        for (int position = 0; position < at.length; position++) {
            int o = at[position];
            if (o == History.NONE) {
                continue;
            }
            int session = history.session(o);
            if (position == history.invoked(o)) {
                previous[o] = last[session];
                if (history.writeCount(o) > 0) {
                    past[o] = clock[session];
                }
                continue;
            }
            int[] now = Arrays.copyOf(clock[session], history.sessionCount());
            for (int writer : sources(o)) {
                join(now, past[writer]);
                int own = history.session(writer);
                now[own] = Math.max(now[own], number[writer]);
            }
            now[session] = Math.max(now[session], number[o]);
            clock[session] = now;
            last[session] = o;
        }
    }

    /** The writes from which an acknowledged operation read. */
    private List<Integer> sources(int operation) {
        List<Integer> sources = new ArrayList<>();
        for (int i = 0; i < history.readCount(operation); i++) {
            Set<Value> values = history.readCount(operation) == 1
                    ? Siblings.shown(history, operation)
                    : Set.of(history.value(history.readValue(operation, i)));
            for (Value value : values) {
                List<Integer> all = writers.getOrDefault(new Written(history.readKey(operation, i), value), List.of());
                boolean several =
                        all.size() > 1 || (!all.isEmpty() && value.equals(history.value(history.initialValue())));
                guessed |= several;
                all.stream()
                        .filter(writer ->
                                history.invoked(writer) < history.completed(operation) && (possible || !several))
                        .forEach(sources::add);
            }
        }
        return sources;
    }

    private static void join(int[] into, int[] other) {
        for (int i = 0; i < other.length; i++) {
            into[i] = Math.max(into[i], other[i]);
        }
    }

    /** Whether the operations of each session follow one another and none both reads and writes; if not, this knows nothing. */
    public boolean isKnown() {
        return known;
    }

    /** Whether a read may have come from more than one write: then what is possible and what is certain may differ. */
    public boolean isGuessed() {
        return guessed;
    }

    /** Those of the acknowledged writes, all of one key, that lie in the past of none of the writes. */
    public List<Integer> heads(List<Integer> acknowledged, List<Integer> writes) {
        int[] replaced = new int[history.sessionCount()];
        writes.forEach(write -> join(replaced, past[write]));
        return acknowledged.stream()
                .filter(write -> replaced[history.session(write)] < number[write])
                .toList();
    }

    /** Whether a write that did not fail lies in the past of another; of one of unknown outcome O(operations) time. */
    public boolean isBefore(int write, int other) {
        return history.outcome(write) == Outcome.OK
                ? past[other].length > 0 && past[other][history.session(write)] >= number[write]
                : isReadBefore(write, other);
    }

    /** As what it is unknown of is in no session's order, it is looked for among what was read, backwards. */
    private boolean isReadBefore(int write, int other) {
        ArrayDeque<Integer> open = new ArrayDeque<>();
        BitSet met = new BitSet();
        open.add(other);
        while (!open.isEmpty()) {
            int operation = previous[open.remove()];
            while (operation != History.NONE
                    && !met.get(operation)
                    && history.completed(operation) > history.invoked(write)) {
                met.set(operation);
                List<Integer> sources = sources(operation);
                if (sources.contains(write)) {
                    return true;
                }
                open.addAll(sources);
                operation = previous[operation];
            }
        }
        return false;
    }
}
