package dev.umpire.checkers.convergence;

import dev.umpire.checkers.log.LogWords;
import dev.umpire.checkers.log.Partition;
import dev.umpire.checkers.log.Partition.Entry;
import dev.umpire.checkers.log.Partition.Placed;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.checkers.words.Reasons;
import dev.umpire.checkers.words.Words;
import dev.umpire.histories.History;
import dev.umpire.histories.value.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** The messages of logs that polls show to be lost, duplicated, reordered or phantoms. */
final class LostMessages {
    private final History history;
    private final WriteOrder order;
    private final Words words;
    private final LogWords logWords;
    private final Losses losses;
    private final UnpolledMessages unpolled;

    LostMessages(
            History history, WriteOrder order, FinalReads finalReads, Words words, Reasons reasons, Losses losses) {
        this.history = history;
        this.order = order;
        this.words = words;
        this.logWords = new LogWords(words);
        this.losses = losses;
        unpolled = new UnpolledMessages(history, finalReads, words, reasons, losses);
    }

    void judge(Partition partition) {
        partition.polled().forEach(entry -> phantom(partition, entry));
        unpolled.judge(partition);
        Map<Value, Map<Long, Entry>> places = partition.places();
        places.forEach((message, offsets) -> duplicated(partition, message, offsets));
        reordered(partition, places);
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
                    () -> logWords.polled(partition, entry) + ", which nobody can have sent",
                    List.of(entry.operation()));
        }
    }

    private void duplicated(Partition partition, Value message, Map<Long, Entry> offsets) {
        List<Entry> repeated = partition.repeated(message, offsets);
        if (!repeated.isEmpty()) {
            add(
                    "duplicated",
                    "DUPLICATED_ELEMENT",
                    partition,
                    message,
                    () -> logWords.repeated(partition, repeated, offsets.size()),
                    repeated.stream().map(Entry::operation).distinct().toList());
        }
    }

    /** From the end: whatever was sent after the acknowledgement of one that stands behind it is in the wrong place. */
    private void reordered(Partition partition, Map<Value, Map<Long, Entry>> places) {
        if (order == WriteOrder.NONE) {
            return;
        }
        NavigableMap<Long, Placed> log = new TreeMap<>();
        for (Entry send : partition.sent()) {
            partition
                    .onlyPlace(send, places)
                    .ifPresent(placed -> log.putIfAbsent(placed.place().offset(), placed));
        }
        Map<Integer, Placed> earliest = new HashMap<>();
        for (Placed wrong : log.descendingMap().values()) {
            int send = wrong.send().operation();
            int lane = order == WriteOrder.SESSION ? history.session(send) : 0;
            Placed behind = earliest.get(lane);
            if (behind != null && history.completed(behind.send().operation()) < history.invoked(send)) {
                reordered(partition, behind, wrong);
            }
            if (behind == null
                    || history.completed(send) < history.completed(behind.send().operation())) {
                earliest.put(lane, wrong);
            }
        }
    }

    private void reordered(Partition partition, Placed behind, Placed wrong) {
        int first = behind.send().operation();
        int second = wrong.send().operation();
        add(
                "reordered",
                "REORDERED_ELEMENTS",
                partition,
                wrong.send().message(),
                () -> logWords.sent(partition, behind.send()) + ", " + words.gapBefore(first, second) + " "
                        + logWords.sent(partition, wrong.send()) + ", but "
                        + words.value(wrong.send().message()) + " stands at offset "
                        + wrong.place().offset() + ", before "
                        + words.value(behind.send().message()) + " at offset "
                        + behind.place().offset(),
                IntStream.of(
                                first,
                                second,
                                behind.place().operation(),
                                wrong.place().operation())
                        .distinct()
                        .boxed()
                        .toList());
    }

    private void add(
            String figure,
            String kind,
            Partition partition,
            Value element,
            Supplier<String> sentence,
            List<Integer> operations) {
        losses.add(figure, kind, logWords.name(partition), element, sentence, operations);
    }
}
