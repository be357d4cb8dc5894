package dev.umpire.checkers.integrity;

import dev.umpire.checkers.collection.ElementWords;
import dev.umpire.checkers.collection.Elements;
import dev.umpire.checkers.collection.Queues;
import dev.umpire.checkers.log.LogWords;
import dev.umpire.checkers.log.Partition;
import dev.umpire.checkers.verdict.Anomalies;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.words.Words;
import dev.umpire.histories.History;
import dev.umpire.histories.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The elements of sets, queues and logs that somebody got although nobody put them there: phantoms, those whose only adds
 * failed, and those that were added only after they had been got.
 */
final class ElementFaults {
    private final History history;
    private final Words words;
    private final ElementWords sentences;
    private final LogWords logWords;
    private final Anomalies anomalies;
    private long examined;

    ElementFaults(History history, Words words, Anomalies anomalies) {
        this.history = history;
        this.words = words;
        sentences = new ElementWords(history, words);
        logWords = new LogWords(words);
        this.anomalies = anomalies;
    }

    /** How many operations were looked at that returned elements. */
    long examined() {
        return examined;
    }

    void judge(int number, Elements elements) {
        Elements.Key key = elements.key(number);
        for (int read : key.reads()) {
            examined++;
            for (Value element : elements.contents(read, number)) {
                judge(
                        words.key(number),
                        read,
                        key.elements()
                                .getOrDefault(element, new Elements.Changes())
                                .adds(),
                        elements.failedAdd(number, element),
                        () -> words.read(read, number) + ", with " + words.value(element),
                        add -> sentences.did(add, number, element));
            }
        }
    }

    void judge(int number, Queues.Queue queue) {
        queue.takes()
                .forEach((element, takes) -> takes.stream().distinct().forEach(take -> {
                    examined++;
                    judge(
                            words.key(number),
                            take,
                            queue.enqueues().getOrDefault(element, List.of()),
                            queue.failedEnqueue(element),
                            () -> sentences.dequeued(take, number, element),
                            enqueue -> sentences.did(enqueue, number, element));
                }));
    }

    void judge(Partition partition) {
        for (Partition.Entry entry : partition.polled()) {
            examined++;
            if (partition.sendsOf(entry.message()).stream()
                    .anyMatch(send -> history.invoked(send.operation()) < history.completed(entry.operation()))) {
                continue;
            }
            judge(
                    logWords.name(partition),
                    entry.operation(),
                    partition.sendsOf(entry.message()).stream()
                            .map(Partition.Entry::operation)
                            .toList(),
                    partition.failedSend(entry.message()).map(Partition.Entry::operation),
                    () -> logWords.polled(partition, entry),
                    send -> logWords.sent(
                            partition, new Partition.Entry(send, entry.message(), History.ABSENT, false)));
        }
    }

    /** Tells who put something there. */
    private interface Telling {
        String of(int operation);
    }

    private void judge(
            String key,
            int reader,
            List<Integer> adds,
            Optional<Integer> failed,
            Supplier<String> got,
            Telling telling) {
        if (adds.stream().anyMatch(add -> history.invoked(add) < history.completed(reader))) {
            return;
        }
        if (!adds.isEmpty()) {
            int add = adds.get(0);
            add(
                    "FUTURE_READ",
                    key,
                    () -> history.realTime()
                            ? got.get() + " before anybody put it there: " + telling.of(add) + ", invoked "
                                    + words.gapBetween(reader, add) + " after that had completed"
                            : got.get() + ", which " + telling.of(add) + Integrity.IN_A_CIRCLE,
                    add,
                    reader);
        } else if (failed.isPresent()) {
            int add = failed.get();
            add(
                    "ABORTED_READ",
                    key,
                    () -> got.get() + ", which took no effect: " + telling.of(add) + ", and nobody else put it there",
                    add,
                    reader);
        } else {
            anomalies.add(
                    1,
                    0,
                    () -> new Anomaly("PHANTOM_READ", key, got.get() + ", which nobody put there", List.of(reader)));
        }
    }

    private void add(String kind, String key, Supplier<String> sentence, int add, int reader) {
        anomalies.add(
                2,
                Math.abs((long) history.invoked(reader) - history.invoked(add)),
                () -> new Anomaly(kind, key, sentence.get(), List.of(add, reader)));
    }
}
