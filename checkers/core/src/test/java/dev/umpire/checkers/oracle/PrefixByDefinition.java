package dev.umpire.checkers.oracle;

import dev.umpire.checkers.oracle.KeyByDefinition.Read;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.histories.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The prefix guarantees over registers, lists and transactions: every order of what wrote, every prefix for every
 * observation. The writes of a transaction take effect together; its reads are one observation, before its own writes.
 */
public final class PrefixByDefinition {

    /** What is promised beside consistent-prefix. */
    public enum Promised {
        NOTHING_MORE,
        REAL_TIME,
        NEVER_BACK
    }

    private final WriteOrder assumption;
    private final Promised promised;
    private final List<KeyByDefinition> keys;
    /** What wrote, and took effect. */
    private final List<Deed> writers;
    /** What read something that can be judged. */
    private final List<Deed> observers;

    private final List<Deed> deeds;
    private final boolean[][] before;

    private PrefixByDefinition(DeedHistory history, WriteOrder assumption, Promised promised) {
        this.assumption = assumption;
        this.promised = promised;
        deeds = history.deeds();
        keys = IntStream.range(0, history.lists().size())
                .mapToObj(key -> new KeyByDefinition(history, key))
                .toList();
        writers = deeds.stream()
                .filter(deed -> keys.stream().anyMatch(key -> key.effective.contains(deed)))
                .toList();
        observers = deeds.stream()
                .filter(deed ->
                        keys.stream().anyMatch(key -> !readsOf(key, deed).isEmpty()))
                .toList();
        before = happensBefore();
    }

    public static Answer judge(DeedHistory history, WriteOrder assumption, Promised promised) {
        PrefixByDefinition definition = new PrefixByDefinition(history, assumption, promised);
        if (!definition.someOrder(new ArrayList<>())) {
            return Answer.INVALID;
        }
        return definition.observers.stream().anyMatch(definition::mightHaveBroken) ? Answer.VALID : Answer.UNKNOWN;
    }

    /** Whether an observation could have been one that no order explains, had it returned something else. */
    private boolean mightHaveBroken(Deed observer) {
        List<KeyByDefinition> written = keys.stream()
                .filter(key -> !readsOf(key, observer).isEmpty())
                .filter(key -> !writersOf(key).isEmpty())
                .toList();
        boolean listOfSeveral =
                written.stream().anyMatch(key -> key.list && writersOf(key).size() > 1);
        boolean amidOthers = keys.stream().anyMatch(key -> observer.writes(key.key))
                && written.stream()
                        .anyMatch(key -> writersOf(key).stream().anyMatch(writer -> !writer.equals(observer)));
        boolean readBefore = promised == Promised.NEVER_BACK
                && observers.stream().anyMatch(earlier -> earlier.sessionBefore(observer));
        return written.size() > 1 || listOfSeveral || amidOthers || (!written.isEmpty() && readBefore);
    }

    private List<Deed> writersOf(KeyByDefinition key) {
        return deeds.stream()
                .filter(deed -> deed.outcome() != Outcome.FAIL && deed.writes(key.key))
                .toList();
    }

    private static List<Read> readsOf(KeyByDefinition key, Deed deed) {
        return key.reads.stream().filter(read -> read.reader().equals(deed)).toList();
    }

    private boolean[][] happensBefore() {
        int size = deeds.size();
        boolean[][] order = new boolean[size][size];
        for (int a = 0; a < size; a++) {
            for (int b = 0; b < size; b++) {
                Deed first = deeds.get(a);
                Deed second = deeds.get(b);
                order[a][b] = first.sessionBefore(second)
                        || keys.stream()
                                .anyMatch(key -> first.writes(key.key)
                                        && readsOf(key, second).stream().anyMatch(read -> key.shows(read, first)));
            }
        }
        for (int via = 0; via < size; via++) {
            for (int a = 0; a < size; a++) {
                for (int b = 0; b < size; b++) {
                    order[a][b] |= order[a][via] && order[via][b];
                }
            }
        }
        return order;
    }

    private boolean someOrder(List<Deed> order) {
        if (order.size() == writers.size()) {
            return explains(order);
        }
        for (Deed next : writers) {
            boolean free = !order.contains(next)
                    && writers.stream().allMatch(other -> order.contains(other) || !mustPrecede(other, next));
            if (free) {
                order.add(next);
                boolean found = someOrder(order);
                order.remove(order.size() - 1);
                if (found) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean mustPrecede(Deed a, Deed b) {
        return before[deeds.indexOf(a)][deeds.indexOf(b)]
                || (promised == Promised.REAL_TIME && a.realTimeBefore(b))
                || (!a.equals(b) && keys.stream().anyMatch(key -> isAssumed(key, a, b)));
    }

    /** What a list shows is not assumed, nor what stands before what no list shows. */
    private boolean isAssumed(KeyByDefinition key, Deed a, Deed b) {
        boolean both = a.writes(key.key) && b.writes(key.key);
        boolean shown =
                both && key.list && key.reads.stream().anyMatch(read -> key.shows(read, a) || key.shows(read, b));
        return both
                && !shown
                && ((assumption == WriteOrder.REAL_TIME && a.realTimeBefore(b))
                        || (assumption == WriteOrder.SESSION && a.sessionBefore(b)));
    }

    private boolean explains(List<Deed> order) {
        int[] places = new int[observers.size()];
        return placed(order, places, 0);
    }

    private boolean placed(List<Deed> order, int[] places, int next) {
        if (next == places.length) {
            return true;
        }
        Deed observer = observers.get(next);
        int own = order.indexOf(observer);
        for (int place = 0; place <= (own < 0 ? order.size() : own); place++) {
            places[next] = place;
            if (saw(observer, order.subList(0, place)) && goesOn(places, next)) {
                if (placed(order, places, next + 1)) {
                    return true;
                }
                if (promised != Promised.NEVER_BACK) {
                    return false;
                }
            }
        }
        return false;
    }

    private boolean goesOn(int[] places, int last) {
        for (int other = 0; other < last && promised == Promised.NEVER_BACK; other++) {
            boolean back = observers.get(other).sessionBefore(observers.get(last)) && places[other] > places[last];
            boolean ahead = observers.get(last).sessionBefore(observers.get(other)) && places[last] > places[other];
            if (back || ahead) {
                return false;
            }
        }
        return true;
    }

    private boolean saw(Deed observer, List<Deed> prefix) {
        for (KeyByDefinition key : keys) {
            List<Integer> state = new ArrayList<>();
            for (Deed writer : prefix) {
                if (writer.writes(key.key)) {
                    if (!key.list) {
                        state.clear();
                    }
                    state.addAll(key.list ? writer.writesOf(key.key) : List.of(writer.last(key.key)));
                }
            }
            if (readsOf(key, observer).stream().anyMatch(read -> !read.value().equals(state))) {
                return false;
            }
        }
        return true;
    }
}
