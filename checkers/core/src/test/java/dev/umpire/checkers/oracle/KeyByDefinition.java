package dev.umpire.checkers.oracle;

import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** One key of a {@link DeedHistory}, by the definitions: which reads are good, which writes took effect, in which orders. */
final class KeyByDefinition {
    /** A good read: who read, what, and the write that it returned; empty: the initial value. */
    record Read(Deed reader, List<Integer> value, Optional<Deed> source) {}

    final int key;
    final boolean list;
    final List<Read> reads = new ArrayList<>();
    final List<Deed> effective = new ArrayList<>();
    private final DeedHistory history;

    KeyByDefinition(DeedHistory history, int key) {
        this.history = history;
        this.key = key;
        list = history.lists().get(key);
        for (Deed deed : history.deeds()) {
            for (List<Integer> value : deed.readsOf(key)) {
                if (fault(deed, value).isEmpty()) {
                    reads.add(new Read(deed, value, value.isEmpty() ? Optional.empty() : writer(last(value))));
                }
            }
        }
        for (Deed deed : history.deeds()) {
            if (deed.writes(key) && (deed.isOk() || (deed.outcome() == Outcome.INFO && isSeen(deed)))) {
                effective.add(deed);
            }
        }
    }

    private static int last(List<Integer> value) {
        return value.get(value.size() - 1);
    }

    private Optional<Deed> writer(int value) {
        return history.deeds().stream()
                .filter(deed -> deed.outcome() != Outcome.FAIL)
                .filter(deed -> deed.writesOf(key).contains(value))
                .findFirst();
    }

    private boolean isSeen(Deed writer) {
        return reads.stream().anyMatch(read -> shows(read, writer));
    }

    /** Whether what was read is what the write left, or a list with it. */
    boolean shows(Read read, Deed writer) {
        return list
                ? read.value().contains(writer.last(key))
                : read.source().filter(writer::equals).isPresent();
    }

    /** The kind of anomaly that a read is by integrity; of a list, of the first element at fault. */
    Optional<String> fault(Deed reader, List<Integer> value) {
        boolean future = false;
        for (int i = 0; i < value.size(); i++) {
            int element = value.get(i);
            boolean failed = history.deeds().stream()
                    .anyMatch(
                            d -> d.outcome() == Outcome.FAIL && d.writesOf(key).contains(element));
            Optional<Deed> writer = writer(element);
            if (writer.isEmpty()) {
                return Optional.of(failed ? "ABORTED_READ" : "PHANTOM_READ");
            }
            if (list && value.indexOf(element) < i) {
                return Optional.of("DUPLICATE_ELEMENT");
            }
            List<Integer> together = writer.get().writesOf(key);
            int at = together.indexOf(element);
            if (!list && at < together.size() - 1) {
                return Optional.of("INTERMEDIATE_READ");
            }
            boolean apart = list && at > 0 && (i == 0 || !value.get(i - 1).equals(together.get(at - 1)));
            if (apart || (list && isParted(value, i))) {
                return Optional.of("INTERMEDIATE_READ");
            }
            future |= writer.get().invoked() > reader.completed();
        }
        if (list && !value.isEmpty() && writer(last(value)).orElseThrow().last(key) != last(value)) {
            return Optional.of("INTERMEDIATE_READ");
        }
        if (future) {
            return Optional.of("FUTURE_READ");
        }
        boolean own = value.stream().anyMatch(reader.writesOf(key)::contains);
        return own ? Optional.of("PHANTOM_READ") : Optional.empty();
    }

    /** Whether the element before was to be followed by another one of its transaction. */
    private boolean isParted(List<Integer> value, int i) {
        if (i == 0) {
            return false;
        }
        List<Integer> before = writer(value.get(i - 1)).orElseThrow().writesOf(key);
        int at = before.indexOf(value.get(i - 1));
        return at < before.size() - 1 && !before.get(at + 1).equals(value.get(i));
    }

    /** Whether two lists were read of which neither begins like the other. */
    boolean incompatible() {
        return list
                && reads.stream()
                        .anyMatch(a -> reads.stream()
                                .anyMatch(b -> !isPrefix(a.value(), b.value()) && !isPrefix(b.value(), a.value())));
    }

    private static boolean isPrefix(List<Integer> shorter, List<Integer> longer) {
        return shorter.size() <= longer.size()
                && longer.subList(0, shorter.size()).equals(shorter);
    }

    /** Whether the store told the version of every acknowledged write. */
    boolean reported() {
        return effective.stream().filter(Deed::isOk).allMatch(w -> version(w) != History.ABSENT)
                && effective.stream().anyMatch(w -> version(w) != History.ABSENT);
    }

    private static long version(Deed deed) {
        return deed.writesOneKey() ? deed.version() : History.ABSENT;
    }

    /** Whether the history tells the order: it is reported, or the key is a list. */
    boolean recorded() {
        return reported() || list;
    }

    /** Whether a recorded order puts the first write before the second. */
    boolean recordedBefore(Deed first, Deed second) {
        return reported()
                ? version(first) != History.ABSENT
                        && version(second) != History.ABSENT
                        && version(first) < version(second)
                : tracedBefore(first, second);
    }

    private boolean tracedBefore(Deed first, Deed second) {
        List<Integer> longest = List.of();
        for (Read read : reads) {
            longest = read.value().size() > longest.size() ? read.value() : longest;
        }
        int a = longest.indexOf(first.last(key));
        int b = longest.indexOf(second.last(key));
        return a >= 0 && (b < 0 || a < b);
    }

    /** Whether reported versions and lists that were read contradict one another. */
    boolean contradictory() {
        return list
                && reported()
                && effective.stream()
                        .anyMatch(a -> effective.stream().anyMatch(b -> tracedBefore(a, b) && recordedBefore(b, a)));
    }

    /** Whether some order of the writes, the initial value first, is one of the source and satisfies the condition. */
    boolean exists(WriteOrder assumption, Predicate<List<Optional<Deed>>> condition) {
        return Permutations.anyOrder(effective, order -> {
            for (int i = 0; i < order.size(); i++) {
                for (int j = i + 1; j < order.size(); j++) {
                    if (isAgainst(order.get(j), order.get(i), assumption)) {
                        return false;
                    }
                }
            }
            List<Optional<Deed>> full = new ArrayList<>();
            full.add(Optional.empty());
            order.forEach(deed -> full.add(Optional.of(deed)));
            return condition.test(full);
        });
    }

    private boolean isAgainst(Deed first, Deed second, WriteOrder assumption) {
        if (recorded()) {
            return recordedBefore(first, second);
        }
        return (assumption == WriteOrder.REAL_TIME && first.realTimeBefore(second))
                || (assumption == WriteOrder.SESSION && first.sessionBefore(second));
    }

    /** No value was written twice. */
    boolean differentiated() {
        HashSet<Integer> values = new HashSet<>();
        return history.deeds().stream()
                .filter(deed -> deed.outcome() != Outcome.FAIL)
                .flatMap(deed -> deed.writesOf(key).stream())
                .allMatch(values::add);
    }
}
