package dev.umpire.checkers.convergence;

import dev.umpire.checkers.collection.ElementWords;
import dev.umpire.checkers.collection.Queues.Queue;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.checkers.words.Reasons;
import dev.umpire.checkers.words.Words;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The elements of queues that are lost, duplicated, reordered or phantoms; as the total-queue workload of Jepsen tells them
 * apart.
 *
 * <p>An acknowledged element has to have been taken once the queue was found empty afterwards, by a dequeue that began after
 * every acknowledged enqueue had ended. A dequeue of unknown outcome may have taken one at any time, a drain all.
 * Elements that left in another order than they came are only counted: not every queue promises one.
 */
final class LostInQueues {
    /** An element that was enqueued once and taken once. */
    private record Passage(int enqueue, int take) {}

    private final History history;
    private final WriteOrder order;
    private final FinalReads finalReads;
    private final Words words;
    private final Reasons reasons;
    private final Losses losses;
    private final ElementWords sentences;

    LostInQueues(
            History history, WriteOrder order, FinalReads finalReads, Words words, Reasons reasons, Losses losses) {
        this.history = history;
        this.order = order;
        this.finalReads = finalReads;
        this.words = words;
        this.reasons = reasons;
        this.losses = losses;
        sentences = new ElementWords(history, words);
    }

    void judge(int key, Queue queue) {
        lost(key, queue);
        queue.takes().forEach((element, takes) -> taken(key, queue, element, takes));
        List<Passage> passages = new ArrayList<>();
        queue.takes().forEach((element, takes) -> {
            List<Integer> enqueues = queue.enqueues().getOrDefault(element, List.of());
            if (enqueues.size() == 1 && takes.size() == 1) {
                passages.add(new Passage(enqueues.get(0), takes.get(0)));
            }
        });
        late(queue, passages);
        reordered(passages);
    }

    private void lost(int key, Queue queue) {
        int settled = -1;
        long acknowledged = 0;
        for (List<Integer> enqueues : queue.enqueues().values()) {
            for (int enqueue : enqueues) {
                settled = Math.max(settled, isOk(enqueue) ? history.completed(enqueue) : -1);
                acknowledged += isOk(enqueue) ? 1 : 0;
            }
        }
        Optional<Integer> last = finalReads.lastAfter(queue.emptied(), settled);
        if (last.isEmpty()) {
            return;
        }
        int emptied = last.get();
        losses.oblige(acknowledged, queue.emptied().size());
        if (finalReads.unconverged().isPresent()) {
            return;
        }
        List<Integer> missing = new ArrayList<>();
        queue.enqueues().forEach((element, enqueues) -> {
            List<Integer> own = enqueues.stream().filter(this::isOk).toList();
            int taken = queue.takes().getOrDefault(element, List.of()).size();
            missing.addAll(own.subList(Math.min(taken, own.size()), own.size()));
        });
        int unknown = queue.unknownDequeues().size();
        if (!queue.unknownDrains().isEmpty() || missing.size() <= unknown) {
            if (!explains(queue, settled, missing.size())) {
                reasons.undecided(
                        key,
                        "was found empty, and only what was asked of it later, with unknown outcome, can have taken what is"
                                + " missing");
            }
            return;
        }
        Collections.sort(missing);
        String found = "though " + words.session(emptied)
                + (history.functionName(history.function(emptied)).equals("drain") ? " drained " : " found nothing in ")
                + words.key(key) + words.atNode(emptied) + " (" + words.span(emptied) + ")";
        if (unknown == 0) {
            for (int enqueue : missing) {
                Value element = history.value(history.argument(enqueue));
                losses.add(
                        "lost",
                        "LOST_ELEMENT",
                        words.key(key),
                        element,
                        () -> sentences.did(enqueue, key, element) + ", but nobody dequeued it, " + found,
                        List.of(enqueue, emptied));
            }
            return;
        }
        List<Integer> witness = new ArrayList<>(missing.subList(0, unknown + 1));
        witness.add(emptied);
        Value first = history.value(history.argument(missing.get(0)));
        losses.add(
                "lost",
                "LOST_ELEMENT",
                words.key(key),
                first,
                () -> Words.count(missing.size(), "acknowledged element", "acknowledged elements") + " of "
                        + words.key(key)
                        + " were never dequeued, and no more than " + unknown
                        + " can have been taken by dequeues of unknown outcome; the first: "
                        + sentences.did(missing.get(0), key, first) + "; " + found,
                witness);
    }

    /** Whether so many elements can have been taken, by calls of unknown outcome, before the queue was first found empty. */
    private boolean explains(Queue queue, int settled, int missing) {
        int empty = queue.emptied().stream()
                .filter(emptied -> history.invoked(emptied) > settled)
                .mapToInt(history::completed)
                .min()
                .orElse(History.NEVER);
        return queue.unknownDrains().stream().anyMatch(drain -> history.invoked(drain) < empty)
                || queue.unknownDequeues().stream()
                                .filter(dequeue -> history.invoked(dequeue) < empty)
                                .count()
                        >= missing;
    }

    private void taken(int key, Queue queue, Value element, List<Integer> takes) {
        List<Integer> enqueues = queue.enqueues().getOrDefault(element, List.of());
        List<Integer> byEnd = new ArrayList<>(takes);
        byEnd.sort(Comparator.comparingInt(history::completed));
        // each take needs an enqueue of its own that had begun before it ended
        int good = 0;
        while (good < byEnd.size()
                && good < enqueues.size()
                && history.invoked(enqueues.get(good)) < history.completed(byEnd.get(good))) {
            good++;
        }
        if (good == byEnd.size()) {
            return;
        }
        int again = byEnd.get(good);
        if (good == 0) {
            losses.add(
                    "phantom",
                    "PHANTOM_ELEMENT",
                    words.key(key),
                    element,
                    () -> sentences.dequeued(again, key, element) + ", which nobody can have enqueued",
                    List.of(again));
            return;
        }
        List<Integer> witness = new ArrayList<>(enqueues.subList(0, good));
        witness.addAll(byEnd.subList(0, good + 1));
        String times = Words.count(good, "time", "times") + (good < enqueues.size() ? " until then" : "");
        losses.add(
                "duplicated",
                "DUPLICATED_ELEMENT",
                words.key(key),
                element,
                () -> sentences.dequeued(byEnd.get(0), key, element) + ", and "
                        + sentences.dequeued(again, key, element) + ", though it was enqueued " + times,
                witness.stream().distinct().toList());
    }

    /** Those that were acknowledged when the queue was found empty, and taken afterwards. */
    private void late(Queue queue, List<Passage> passages) {
        int[] emptied = queue.emptied().stream().mapToInt(Integer::intValue).toArray();
        int[] ended = new int[emptied.length + 1];
        ended[emptied.length] = History.NEVER;
        for (int i = emptied.length - 1; i >= 0; i--) {
            ended[i] = Math.min(ended[i + 1], history.completed(emptied[i]));
        }
        for (Passage passage : passages) {
            int low = 0;
            int high = emptied.length;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (history.invoked(emptied[middle]) > history.completed(passage.enqueue)) {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            if (ended[low] < history.invoked(passage.take)) {
                losses.count("stale");
            }
        }
    }

    /** Those that were enqueued before another, and taken after it. */
    private void reordered(List<Passage> passages) {
        if (order == WriteOrder.NONE) {
            return;
        }
        List<Passage> byInvocation = new ArrayList<>(passages);
        byInvocation.sort(Comparator.comparingInt(passage -> history.invoked(passage.take)));
        List<Passage> byCompletion = new ArrayList<>(passages);
        byCompletion.sort(Comparator.comparingInt(passage -> history.completed(passage.take)));
        Map<Integer, Integer> latest = new HashMap<>();
        int next = 0;
        for (Passage passage : byInvocation) {
            while (next < byCompletion.size()
                    && history.completed(byCompletion.get(next).take) < history.invoked(passage.take)) {
                int before = byCompletion.get(next++).enqueue;
                latest.merge(lane(before), history.invoked(before), Math::max);
            }
            if (history.completed(passage.enqueue) < latest.getOrDefault(lane(passage.enqueue), -1)) {
                losses.count("reordered");
            }
        }
    }

    private int lane(int enqueue) {
        return order == WriteOrder.SESSION ? history.session(enqueue) : 0;
    }

    private boolean isOk(int operation) {
        return history.outcome(operation) == Outcome.OK;
    }
}
