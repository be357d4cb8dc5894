package dev.umpire.checkers.log;

import dev.umpire.checkers.log.Partition.Entry;
import dev.umpire.checkers.log.Partition.Placed;
import dev.umpire.checkers.verdict.Anomalies;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Figure;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.words.Reasons;
import dev.umpire.checkers.words.Words;
import dev.umpire.histories.History;
import dev.umpire.histories.value.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Log order: every consumer of a partition gets the same messages in the same order.
 *
 * <p><b>Definition.</b> Of each partition: no offset holds two messages, whoever says so; a message stands at no more offsets
 * than it was sent times; the offsets of one poll rise, and those of a session's polls rise from one to the next, until the
 * session is told where to go on ({@code assign}, {@code seek}); and between two offsets that a consumer got one after the other
 * stands no acknowledged message. The sessions that {@code subscribe} are one group, whose partitions move between them: what
 * none of them got is skipped, unless one was told to {@code seek}, and they may go back. A poll of unknown outcome may have
 * got anything, from its beginning on, and a move of unknown outcome may happen at any time. As the Kafka workload of Jepsen asks it (inconsistent offsets, duplicates, nonmonotonic and skipping polls); Kreps, Narkhede and Rao, <i>Kafka: a
 * Distributed Messaging System for Log Processing</i>, NetDB 2011.
 *
 * <p><b>Algorithm.</b> Offsets sorted, polls in the order of their sessions. O(n log n) in the number of messages.
 *
 * <p><b>Witness.</b> The two operations that say what stands at an offset ({@code DIVERGENT_OFFSET}), one for each message but
 * the first; the sends of a message and who says where it stands ({@code DUPLICATED_MESSAGE}); the one or two polls
 * ({@code BACKWARD_POLL}); the send, who says where it stands if that does not, and the one or two polls
 * ({@code SKIPPED_MESSAGE}), one for each gap.
 */
public final class LogOrder {

    /** As on the command line. */
    public static final String NAME = "log-order";

    private final History history;
    private final Words words;
    private final LogWords logWords;
    private final Anomalies anomalies;
    private final Consumers consumers;
    private long skipped;

    private LogOrder(History history, CheckOptions options) {
        this.history = history;
        words = Words.of(history);
        logWords = new LogWords(words);
        anomalies = new Anomalies(options.anomalyLimit());
        consumers = new Consumers(history);
    }

    public static Verdict check(History history, CheckOptions options) {
        return new LogOrder(history, options).verdict();
    }

    private Verdict verdict() {
        Reasons reasons = new Reasons(words);
        Partitions partitions = Partitions.of(history);
        long polled = 0;
        for (Partition partition : partitions.all()) {
            partitions.strange(partition).ifPresent(why -> reasons.undecided(logWords.name(partition), why));
            polled += partition.polled().size();
            divergent(partition);
            Map<Value, Map<Long, Entry>> places = partition.places();
            duplicated(partition, places);
            Acknowledged acknowledged = new Acknowledged(history, partition, places);
            along(partition, acknowledged);
            passedOver(partition, acknowledged);
            overlapping(partition)
                    .ifPresent(poll -> reasons.undecided(
                            logWords.name(partition),
                            "was polled by " + words.session(poll) + ", of which polls or moves overlap, so that nobody"
                                    + " knows in what order it got its messages"));
        }
        return reasons.verdict(
                        NAME,
                        Optional.empty(),
                        "polls followed by their offsets",
                        polled,
                        polled,
                        anomalies,
                        "nothing was polled from a log: nothing could have been violated")
                .with(List.of(Figure.count("skipped", skipped)));
    }

    private void divergent(Partition partition) {
        Map<Long, Entry> first = new HashMap<>();
        Map<Long, Set<Value>> others = new HashMap<>();
        for (List<Entry> entries : List.of(partition.sent(), partition.polled())) {
            for (Entry entry : entries) {
                Entry before = entry.hasOffset() ? first.putIfAbsent(entry.offset(), entry) : null;
                if (before != null
                        && !before.message().equals(entry.message())
                        && others.computeIfAbsent(entry.offset(), offset -> new HashSet<>())
                                .add(entry.message())) {
                    add(
                            "DIVERGENT_OFFSET",
                            partition,
                            () -> "offset " + entry.offset() + " of " + logWords.name(partition)
                                    + " holds two messages: " + logWords.told(partition, before) + ", and "
                                    + logWords.told(partition, entry),
                            List.of(before, entry));
                }
            }
        }
    }

    private void duplicated(Partition partition, Map<Value, Map<Long, Entry>> places) {
        places.forEach((message, offsets) -> {
            List<Entry> repeated = partition.repeated(message, offsets);
            if (!repeated.isEmpty()) {
                add(
                        "DUPLICATED_MESSAGE",
                        partition,
                        () -> logWords.repeated(partition, repeated, offsets.size()),
                        repeated);
            }
        });
    }

    /** A poll of a session whose polls may have got their messages in several orders, if there is any. */
    private Optional<Integer> overlapping(Partition partition) {
        return partition.polls().stream()
                .filter(poll -> consumers.isOverlapping(poll) && !consumers.isMember(poll))
                .findFirst();
    }

    /** Each poll, and each session from poll to poll. */
    private void along(Partition partition, Acknowledged acknowledged) {
        for (Consumers.Step step : consumers.steps(partition)) {
            Entry before = step.before();
            Entry after = step.after();
            boolean same = before.operation() == after.operation();
            if (after.offset() <= before.offset()) {
                add(
                        "BACKWARD_POLL",
                        partition,
                        () -> logWords.polled(partition, before) + ", and " + (same ? "in the same poll " : "")
                                + "after that " + (same ? logWords.at(after) : logWords.polled(partition, after)),
                        List.of(before, after));
            } else if (!step.doubted()) {
                skipped(
                        partition,
                        acknowledged.between(before.offset(), after.offset()),
                        before,
                        after,
                        "the next that it polled was ");
            }
        }
    }

    /** The group as a whole. */
    private void passedOver(Partition partition, Acknowledged acknowledged) {
        if (consumers.isGroupDoubted()) {
            return;
        }
        NavigableMap<Long, Entry> members = new TreeMap<>();
        NavigableSet<Long> others = new TreeSet<>();
        for (Entry entry : partition.polled()) {
            if (consumers.isMember(entry.operation())) {
                members.putIfAbsent(entry.offset(), entry);
            } else if (consumers.wasMember(entry.operation())) {
                others.add(entry.offset());
            }
        }
        Entry before = null;
        for (Entry entry : members.values()) {
            if (before != null && before.operation() != entry.operation()) {
                skipped(
                        partition,
                        acknowledged.between(before.offset(), entry.offset(), others),
                        before,
                        entry,
                        "the next that a member of the group polled was ");
            }
            before = entry;
        }
    }

    private void skipped(Partition partition, List<Placed> between, Entry before, Entry after, String next) {
        if (between.isEmpty()) {
            return;
        }
        skipped += between.size();
        Placed first = between.get(0);
        boolean known = first.send().equals(first.place());
        add(
                "SKIPPED_MESSAGE",
                partition,
                () -> logWords.polled(partition, before) + ", and " + next
                        + (before.operation() == after.operation()
                                ? logWords.at(after)
                                : logWords.at(after) + " (" + words.span(after.operation()) + ")")
                        + ": it passed over what " + logWords.sent(partition, first.send())
                        + (known ? "" : "; " + logWords.polled(partition, first.place())),
                known ? List.of(first.send(), before, after) : List.of(first.send(), first.place(), before, after));
    }

    private void add(String kind, Partition partition, Supplier<String> sentence, List<Entry> witness) {
        List<Integer> operations =
                witness.stream().map(Entry::operation).distinct().toList();
        int first = operations.stream().mapToInt(history::invoked).min().orElseThrow();
        int last = operations.stream().mapToInt(history::invoked).max().orElseThrow();
        anomalies.add(
                operations.size(),
                (long) last - first,
                () -> new Anomaly(kind, logWords.name(partition), sentence.get(), operations));
    }
}
