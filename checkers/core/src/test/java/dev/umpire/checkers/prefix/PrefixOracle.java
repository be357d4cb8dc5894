package dev.umpire.checkers.prefix;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The definitions of the prefix guarantees in loops: every order of the writes that took effect, every prefix for every
 * observation. Shares nothing with the checkers but the names of what is promised.
 */
final class PrefixOracle {
    private final History history;
    private final WriteOrder assumption;
    private final Promise promise;
    private final Set<Integer> ambiguous = new HashSet<>();
    /** The operations whose writes took effect. */
    private final List<Integer> writes = new ArrayList<>();
    /** What each OK operation saw: key to writer, -1 for the initial value; without what integrity reports. */
    private final Map<Integer, Map<Integer, Integer>> seen = new HashMap<>();

    private final boolean[][] before;
    private final boolean nothingReported;

    private PrefixOracle(History history, WriteOrder assumption, Promise promise) {
        this.history = history;
        this.promise = promise;
        this.assumption = assumption;
        findAmbiguousKeys();
        findReads();
        findWrites();
        nothingReported = IntStream.range(0, history.size())
                .allMatch(op -> !reported(history.position(op)) && !reported(history.version(op)));
        before = constraints();
    }

    static Answer judge(History history, WriteOrder assumption, Promise promise) {
        PrefixOracle oracle = new PrefixOracle(history, assumption, promise);
        if (!oracle.someOrder()) {
            return Answer.INVALID;
        }
        boolean looked = oracle.seen.keySet().stream().anyMatch(oracle::mightHaveBroken);
        return oracle.ambiguous.isEmpty() && looked ? Answer.VALID : Answer.UNKNOWN;
    }

    /** Whether an observation could have been one that no order explains, had it returned something else. */
    private boolean mightHaveBroken(int op) {
        Set<Integer> written = new HashSet<>(seen.getOrDefault(op, Map.of()).keySet());
        written.removeIf(key -> writersOf(key).isEmpty());
        return written.size() > 1
                || (history.writeCount(op) > 0 && amidOthers(op, written))
                || (!written.isEmpty()
                        && ((promise == Promise.MONOTONIC && readBefore(op)) || (ordered() && wroteLater(op))));
    }

    private boolean amidOthers(int op, Set<Integer> written) {
        return written.stream().anyMatch(key -> writersOf(key).stream().anyMatch(writer -> writer != op));
    }

    private boolean readBefore(int op) {
        return seen.keySet().stream().anyMatch(earlier -> inSessionOrder(earlier, op));
    }

    private boolean ordered() {
        return IntStream.range(0, history.keyCount()).anyMatch(key -> byPosition(key) || byVersion(key));
    }

    private boolean wroteLater(int op) {
        return IntStream.range(0, history.size())
                .anyMatch(later -> history.writeCount(later) > 0
                        && history.outcome(later) != Outcome.FAIL
                        && inSessionOrder(op, later));
    }

    private List<Integer> writersOf(int key) {
        return IntStream.range(0, history.size())
                .filter(op -> history.outcome(op) != Outcome.FAIL)
                .filter(op -> history.writeCount(op) > 0 && history.writeKey(op, 0) == key)
                .boxed()
                .toList();
    }

    private void findAmbiguousKeys() {
        Set<List<Integer>> written = new HashSet<>();
        for (int op = 0; op < history.size(); op++) {
            if (history.outcome(op) != Outcome.FAIL && history.writeCount(op) > 0) {
                boolean initial = history.writeValue(op, 0) == history.initialValue();
                if (initial || !written.add(List.of(history.writeKey(op, 0), history.writeValue(op, 0)))) {
                    ambiguous.add(history.writeKey(op, 0));
                }
            }
        }
    }

    private void findReads() {
        for (int op = 0; op < history.size(); op++) {
            for (int i = 0; i < history.readCount(op) && history.outcome(op) == Outcome.OK; i++) {
                int key = history.readKey(op, i);
                if (ambiguous.contains(key)) {
                    continue;
                }
                if (history.readValue(op, i) == history.initialValue()) {
                    seen.computeIfAbsent(op, o -> new HashMap<>()).put(key, -1);
                }
                for (int writer = 0; writer < history.size(); writer++) {
                    if (history.outcome(writer) != Outcome.FAIL
                            && history.writeCount(writer) > 0
                            && history.writeKey(writer, 0) == key
                            && history.writeValue(writer, 0) == history.readValue(op, i)
                            && history.invoked(writer) < history.completed(op)) {
                        seen.computeIfAbsent(op, o -> new HashMap<>()).put(key, writer);
                    }
                }
            }
        }
    }

    private void findWrites() {
        for (int op = 0; op < history.size(); op++) {
            if (history.writeCount(op) == 0 || ambiguous.contains(history.writeKey(op, 0))) {
                continue;
            }
            int writer = op;
            if (history.outcome(op) == Outcome.OK
                    || (history.outcome(op) == Outcome.INFO
                            && seen.values().stream().anyMatch(sights -> sights.containsValue(writer)))) {
                writes.add(op);
            }
        }
    }

    /** Which operation must come before which: happens-before, and the order of each key's writes. */
    private boolean[][] constraints() {
        int size = history.size();
        boolean[][] order = new boolean[size][size];
        for (int a = 0; a < size; a++) {
            for (int b = 0; b < size; b++) {
                boolean sessionOrder = history.outcome(a) == Outcome.OK
                        && history.outcome(b) != Outcome.FAIL
                        && history.session(a) == history.session(b)
                        && history.completed(a) < history.invoked(b);
                boolean readsFrom = seen.containsKey(b) && seen.get(b).containsValue(a);
                order[a][b] = sessionOrder || readsFrom;
            }
        }
        for (int via = 0; via < size; via++) {
            for (int a = 0; a < size; a++) {
                for (int b = 0; b < size; b++) {
                    order[a][b] |= order[a][via] && order[via][b];
                }
            }
        }
        for (int a : writes) {
            for (int b : writes) {
                order[a][b] |= a != b && (orderOfKeys(a, b) || (promise == Promise.STRICT && inRealTime(a, b)));
            }
        }
        return order;
    }

    private boolean orderOfKeys(int a, int b) {
        int keyA = history.writeKey(a, 0);
        int keyB = history.writeKey(b, 0);
        if (nothingReported) {
            return keyA == keyB && assumed(a, b);
        }
        if (byPosition(keyA) && byPosition(keyB)) {
            return reported(history.position(a))
                    && reported(history.position(b))
                    && history.position(a) <= history.position(b);
        }
        if (keyA != keyB || byPosition(keyA)) {
            return false;
        }
        if (byVersion(keyA)) {
            return reported(version(a)) && reported(version(b)) && version(a) < version(b);
        }
        return assumed(a, b);
    }

    private boolean assumed(int a, int b) {
        return assumption != WriteOrder.NONE
                && inRealTime(a, b)
                && (assumption == WriteOrder.REAL_TIME || history.session(a) == history.session(b));
    }

    private boolean inRealTime(int a, int b) {
        return history.outcome(a) == Outcome.OK && history.completed(a) < history.invoked(b);
    }

    private static boolean reported(long mark) {
        return mark != History.ABSENT;
    }

    private boolean byPosition(int key) {
        List<Integer> ofKey = writesOf(key);
        return ofKey.stream().anyMatch(w -> reported(history.position(w)))
                && ofKey.stream().allMatch(w -> reported(history.position(w)) || history.outcome(w) == Outcome.INFO);
    }

    private boolean byVersion(int key) {
        List<Integer> ofKey = writesOf(key);
        Set<Long> distinct = new HashSet<>();
        for (int write : ofKey) {
            Set<Long> versions = versions(write);
            if (versions.size() > 1 || (versions.isEmpty() && history.outcome(write) == Outcome.OK)) {
                return false;
            }
            for (long version : versions) {
                if (!distinct.add(version)) {
                    return false;
                }
            }
        }
        return !distinct.isEmpty();
    }

    private long version(int write) {
        return versions(write).stream().findFirst().orElse(History.ABSENT);
    }

    /** What the write itself and the reads of its value reported. */
    private Set<Long> versions(int write) {
        Set<Long> versions = new HashSet<>();
        if (reported(history.version(write))) {
            versions.add(history.version(write));
        }
        for (int op : seen.keySet()) {
            if (history.readCount(op) == 1
                    && history.writeCount(op) == 0
                    && seen.getOrDefault(op, Map.of()).containsValue(write)
                    && reported(history.version(op))) {
                versions.add(history.version(op));
            }
        }
        return versions;
    }

    private List<Integer> writesOf(int key) {
        return writes.stream().filter(w -> history.writeKey(w, 0) == key).toList();
    }

    private boolean someOrder() {
        int[] sights = seen.keySet().stream().mapToInt(Integer::intValue).toArray();
        return someOrder(new int[writes.size()], 0, 0L, sights);
    }

    private boolean someOrder(int[] order, int placed, long used, int[] sights) {
        if (placed == order.length) {
            return explained(order, sights);
        }
        for (int next = 0; next < order.length; next++) {
            if ((used & 1L << next) == 0 && mayFollow(next, used)) {
                order[placed] = writes.get(next);
                if (someOrder(order, placed + 1, used | 1L << next, sights)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean mayFollow(int next, long used) {
        for (int other = 0; other < writes.size(); other++) {
            if ((used & 1L << other) == 0 && before[writes.get(other)][writes.get(next)]) {
                return false;
            }
        }
        return true;
    }

    /** Whether every observation has a place in this order, and if they must not go back, whether they have such ones. */
    private boolean explained(int[] order, int[] observations) {
        boolean[][] possible = new boolean[observations.length][];
        for (int i = 0; i < observations.length; i++) {
            possible[i] = placesOf(observations[i], order);
            if (IntStream.range(0, possible[i].length).noneMatch(possibleAt(possible[i]))) {
                return false;
            }
        }
        return promise != Promise.MONOTONIC || placed(observations, possible, new int[observations.length], 0);
    }

    private static IntPredicate possibleAt(boolean[] possible) {
        return place -> possible[place];
    }

    /** The prefixes after which the state is what the operation saw; of a cas, only the one before its own write. */
    private boolean[] placesOf(int op, int[] order) {
        Map<Integer, Integer> sights = seen.getOrDefault(op, Map.of());
        boolean[] places = new boolean[order.length + 1];
        for (int prefix = 0; prefix <= order.length; prefix++) {
            boolean here = history.writeCount(op) == 0 || (prefix < order.length && order[prefix] == op);
            places[prefix] = here && stateAfter(order, prefix, sights);
        }
        return places;
    }

    /** Whether the observations from {@code next} on have places that go well with those of the others. */
    private boolean placed(int[] observations, boolean[][] possible, int[] places, int next) {
        if (next == observations.length) {
            return true;
        }
        for (int prefix = 0; prefix < possible[next].length; prefix++) {
            places[next] = prefix;
            if (possible[next][prefix]
                    && neverGoesBack(observations, places, next)
                    && placed(observations, possible, places, next + 1)) {
                return true;
            }
        }
        return false;
    }

    private boolean neverGoesBack(int[] observations, int[] places, int last) {
        for (int other = 0; other < last; other++) {
            if ((inSessionOrder(observations[other], observations[last]) && places[other] > places[last])
                    || (inSessionOrder(observations[last], observations[other]) && places[last] > places[other])) {
                return false;
            }
        }
        return true;
    }

    private boolean inSessionOrder(int a, int b) {
        return history.session(a) == history.session(b) && inRealTime(a, b);
    }

    private boolean stateAfter(int[] order, int prefix, Map<Integer, Integer> sights) {
        for (Map.Entry<Integer, Integer> sight : sights.entrySet()) {
            int last = -1;
            for (int i = 0; i < prefix; i++) {
                if (history.writeKey(order[i], 0) == sight.getKey()) {
                    last = order[i];
                }
            }
            if (last != sight.getValue()) {
                return false;
            }
        }
        return true;
    }
}
