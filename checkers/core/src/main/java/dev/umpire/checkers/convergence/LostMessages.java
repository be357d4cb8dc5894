package dev.umpire.checkers.convergence;

import dev.umpire.checkers.log.LogWords;
import dev.umpire.checkers.log.Partition;
import dev.umpire.checkers.log.Partition.Entry;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.checkers.words.Words;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The messages of logs that polls show to be lost, duplicated, reordered or phantoms.
 *
 * <p>A message has to have been polled by somebody once something was polled from a higher offset than that at which it was
 * acknowledged, or once a poll that is marked as final began after it was acknowledged: such polls read to the end.
 */
final class LostMessages {
    private final History history;
    private final WriteOrder order;
    private final Words words;
    private final LogWords logWords;
    private final Losses losses;

    LostMessages(History history, WriteOrder order, Words words, Losses losses) {
        this.history = history;
        this.order = order;
        this.words = words;
        this.logWords = new LogWords(words);
        this.losses = losses;
    }

    void judge(Partition partition) {
        Map<Value, Map<Long, Entry>> polledAt = new HashMap<>();
        NavigableMap<Long, Entry> polled = new TreeMap<>();
        for (Entry entry : partition.polled()) {
            polled.putIfAbsent(entry.offset(), entry);
            polledAt.computeIfAbsent(entry.message(), message -> new TreeMap<>())
                    .putIfAbsent(entry.offset(), entry);
            phantom(partition, entry);
        }
        lost(partition, polledAt, polled);
        Map<Value, Map<Long, Entry>> places = partition.places();
        places.forEach((message, offsets) -> duplicated(partition, message, offsets));
        reordered(partition, places);
    }

    private void lost(Partition partition, Map<Value, Map<Long, Entry>> polledAt, NavigableMap<Long, Entry> polled) {
        Map<Value, List<Entry>> due = new HashMap<>();
        Optional<Integer> end =
                partition.polls().stream().filter(history::isFinal).reduce((a, b) -> b);
        for (Entry send : partition.sent()) {
            if (history.outcome(send.operation()) == Outcome.OK
                    && (isBefore(send, end) || (send.hasOffset() && polled.higherKey(send.offset()) != null))) {
                due.computeIfAbsent(send.message(), message -> new ArrayList<>())
                        .add(send);
            }
        }
        losses.oblige(
                due.values().stream().mapToLong(List::size).sum(),
                partition.polls().size());
        due.forEach((message, sends) -> {
            Map<Long, Entry> found = polledAt.getOrDefault(message, Map.of());
            if (found.size() >= sends.size()) {
                return;
            }
            Entry send = sends.get(sends.size() - 1);
            Entry beyond = send.hasOffset() && polled.higherKey(send.offset()) != null
                    ? polled.higherEntry(send.offset()).getValue()
                    : send;
            boolean passed = beyond.isPolled();
            int evidence = passed ? beyond.operation() : end.orElseThrow();
            String often = sends.size() == 1
                    ? "nobody polled it"
                    : "of " + sends.size() + " such messages that were acknowledged polls found " + found.size();
            add(
                    "lost",
                    "LOST_ELEMENT",
                    partition,
                    message,
                    logWords.sent(partition, send) + ", but " + often + ", though "
                            + (passed
                                    ? logWords.polled(partition, beyond)
                                    : words.session(evidence) + words.atNode(evidence) + " read to the end of "
                                            + logWords.name(partition) + " (" + words.span(evidence) + ")"),
                    List.of(send.operation(), evidence));
        });
    }

    private boolean isBefore(Entry send, Optional<Integer> end) {
        return end.isPresent() && history.completed(send.operation()) < history.invoked(end.get());
    }

    private void phantom(Partition partition, Entry entry) {
        boolean sent = partition.sendsOf(entry.message()).stream()
                .anyMatch(send -> history.invoked(send.operation()) < history.completed(entry.operation()));
        if (!sent) {
            add(
                    "phantom",
                    "PHANTOM_ELEMENT",
                    partition,
                    entry.message(),
                    logWords.polled(partition, entry) + ", which nobody can have sent",
                    List.of(entry.operation()));
        }
    }

    private void duplicated(Partition partition, Value message, Map<Long, Entry> offsets) {
        List<Entry> sends = partition.sendsOf(message);
        if (sends.isEmpty() || offsets.size() <= sends.size()) {
            return;
        }
        List<Entry> witness = new ArrayList<>(sends);
        offsets.values().stream().limit(sends.size() + 1L).forEach(witness::add);
        add(
                "duplicated",
                "DUPLICATED_ELEMENT",
                partition,
                message,
                words.value(message) + " was sent " + Words.count(sends.size(), "time", "times") + " and stands at "
                        + offsets.size() + " offsets of " + logWords.name(partition) + ": "
                        + logWords.told(partition, witness.get(sends.size())) + ", and "
                        + logWords.told(partition, witness.get(witness.size() - 1)),
                witness.stream().map(Entry::operation).distinct().toList());
    }

    /** From the end: whatever was sent after the acknowledgement of one that stands behind it is in the wrong place. */
    private void reordered(Partition partition, Map<Value, Map<Long, Entry>> places) {
        NavigableMap<Long, Entry> log = new TreeMap<>();
        for (Entry send : partition.sent()) {
            Map<Long, Entry> offsets = places.getOrDefault(send.message(), Map.of());
            if (offsets.size() == 1 && partition.sendsOf(send.message()).size() == 1) {
                log.putIfAbsent(offsets.keySet().iterator().next(), send);
            }
        }
        Map<Integer, Entry> earliest = new HashMap<>();
        for (Entry send : order == WriteOrder.NONE
                ? List.<Entry>of()
                : log.descendingMap().values()) {
            int lane = order == WriteOrder.SESSION ? history.session(send.operation()) : 0;
            Entry behind = earliest.get(lane);
            if (behind != null && history.completed(behind.operation()) < history.invoked(send.operation())) {
                Entry wrong = place(places, send);
                Entry right = place(places, behind);
                add(
                        "reordered",
                        "REORDERED_ELEMENTS",
                        partition,
                        send.message(),
                        logWords.sent(partition, behind) + ", "
                                + words.gapBefore(behind.operation(), send.operation()) + " "
                                + logWords.sent(partition, send) + ", but " + words.value(send.message())
                                + " stands at offset " + wrong.offset() + ", before " + words.value(behind.message())
                                + " at offset " + right.offset(),
                        IntStream.of(behind.operation(), send.operation(), right.operation(), wrong.operation())
                                .distinct()
                                .boxed()
                                .toList());
            }
            if (behind == null || history.completed(send.operation()) < history.completed(behind.operation())) {
                earliest.put(lane, send);
            }
        }
    }

    private static Entry place(Map<Value, Map<Long, Entry>> places, Entry send) {
        return places.getOrDefault(send.message(), Map.of()).values().iterator().next();
    }

    private void add(
            String figure, String kind, Partition partition, Value element, String sentence, List<Integer> operations) {
        losses.add(figure, kind, logWords.name(partition), element, () -> sentence, operations);
    }
}
