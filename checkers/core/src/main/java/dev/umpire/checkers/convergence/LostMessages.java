package dev.umpire.checkers.convergence;

import dev.umpire.checkers.log.Consumers;
import dev.umpire.checkers.log.Consumers.Step;
import dev.umpire.checkers.log.LogWords;
import dev.umpire.checkers.log.Partition;
import dev.umpire.checkers.log.Partition.Entry;
import dev.umpire.checkers.log.Partition.Placed;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.checkers.words.Words;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The messages of logs that polls show to be lost, duplicated, reordered or phantoms.
 *
 * <p>A message has to have been polled by somebody once something was polled from a higher offset than that at which it was
 * acknowledged, or once a poll that is marked as final began after it was acknowledged: such polls read to the end. Where a poll of
 * unknown outcome may have got it, only a consumer that certainly passed over it shows that it is not there.
 */
final class LostMessages {
    private final History history;
    private final WriteOrder order;
    private final FinalReads finalReads;
    private final Words words;
    private final LogWords logWords;
    private final Losses losses;
    private final Consumers consumers;

    LostMessages(History history, WriteOrder order, FinalReads finalReads, Words words, Losses losses) {
        this.history = history;
        this.order = order;
        this.finalReads = finalReads;
        this.words = words;
        this.logWords = new LogWords(words);
        this.losses = losses;
        consumers = new Consumers(history);
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
        Map<Value, List<Entry>> due = new LinkedHashMap<>();
        boolean doubted = consumers.mayHaveGotMore(partition);
        boolean told = consumers.wereTold();
        NavigableMap<Long, Step> passed = doubted || told ? passed(partition) : new TreeMap<>();
        NavigableMap<Long, Entry> readOn = told ? new TreeMap<>() : polled;
        // a replica that is still catching up has an end of its own
        Optional<Integer> end = finalReads.unconverged().isPresent()
                ? Optional.empty()
                : partition.polls().stream().filter(history::isFinal).reduce((a, b) -> b);
        for (Entry send : partition.sent()) {
            if (history.outcome(send.operation()) == Outcome.OK
                    && (doubted
                            ? passedOver(send, passed).isPresent()
                            : isBefore(send, end)
                                    || beyond(send, readOn).isPresent()
                                    || passedOver(send, passed).isPresent())) {
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
            Optional<Step> step = passedOver(send, passed);
            Optional<Entry> beyond = step.map(Step::after).or(() -> beyond(send, readOn));
            String often = sends.size() == 1
                    ? doubted ? "nobody is known to have polled it" : "nobody polled it"
                    : "of " + sends.size() + " such messages that were acknowledged polls found " + found.size();
            Set<Integer> witness = new LinkedHashSet<>();
            for (Entry one : sends.subList(sends.size() - found.size() - 1, sends.size())) {
                witness.add(one.operation());
                passedOver(one, passed)
                        .ifPresent(over -> witness.add(over.before().operation()));
                witness.add(passedOver(one, passed)
                        .map(Step::after)
                        .or(() -> beyond(one, readOn))
                        .map(Entry::operation)
                        .or(() -> end)
                        .orElseThrow());
            }
            found.values().forEach(entry -> witness.add(entry.operation()));
            add(
                    "lost",
                    "LOST_ELEMENT",
                    partition,
                    message,
                    () -> logWords.sent(partition, send) + ", but " + often + ", though "
                            + step.map(Step::before)
                                    .map(entry -> logWords.polled(partition, entry) + " and next ")
                                    .orElse("")
                            + beyond.map(entry -> logWords.polled(partition, entry))
                                    .orElseGet(() -> readToTheEnd(partition, end.orElseThrow())),
                    witness.stream().sorted().toList());
        });
    }

    private String readToTheEnd(Partition partition, int poll) {
        return words.session(poll) + words.atNode(poll) + " read to the end of " + logWords.name(partition) + " ("
                + words.span(poll) + ")";
    }

    /** What was polled next behind the offset at which a message was acknowledged. */
    private static Optional<Entry> beyond(Entry send, NavigableMap<Long, Entry> polled) {
        return send.hasOffset()
                ? Optional.ofNullable(polled.higherEntry(send.offset())).map(Map.Entry::getValue)
                : Optional.empty();
    }

    /** By the offset from which it went on: how a consumer certainly passed over offsets, and no other went on further. */
    private NavigableMap<Long, Step> passed(Partition partition) {
        NavigableMap<Long, Step> passed = new TreeMap<>();
        List<Step> steps = new ArrayList<>(consumers.steps(partition));
        steps.removeIf(step -> step.doubted());
        steps.sort(Comparator.comparingLong(step -> step.before().offset()));
        long end = Long.MIN_VALUE;
        for (Step step : steps) {
            if (step.after().offset() > end) {
                passed.merge(step.before().offset(), step, (one, further) -> further);
                end = step.after().offset();
            }
        }
        return passed;
    }

    private static Optional<Step> passedOver(Entry send, NavigableMap<Long, Step> passed) {
        return send.hasOffset()
                ? Optional.ofNullable(passed.lowerEntry(send.offset()))
                        .map(Map.Entry::getValue)
                        .filter(step -> step.after().offset() > send.offset())
                : Optional.empty();
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
