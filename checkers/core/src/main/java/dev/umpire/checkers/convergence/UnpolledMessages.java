package dev.umpire.checkers.convergence;

import dev.umpire.checkers.log.Consumers;
import dev.umpire.checkers.log.Consumers.Step;
import dev.umpire.checkers.log.LogWords;
import dev.umpire.checkers.log.Partition;
import dev.umpire.checkers.log.Partition.Entry;
import dev.umpire.checkers.words.Reasons;
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

/**
 * The acknowledged messages of logs that nobody polled, though polls went further.
 *
 * <p>Polls went further than a message once something was polled from a higher offset than that at which it was acknowledged,
 * or once a poll that is marked as final began after it was acknowledged: such polls read to the end. Then it has to have been
 * polled by somebody. Where a poll of unknown outcome may have got it, or a consumer was told where to go on, only a consumer that
 * certainly passed over it shows that it is lost; else nobody knows of what is not known to have been polled.
 */
final class UnpolledMessages {
    private final History history;
    private final FinalReads finalReads;
    private final Words words;
    private final LogWords logWords;
    private final Reasons reasons;
    private final Losses losses;
    private final Consumers consumers;

    UnpolledMessages(History history, FinalReads finalReads, Words words, Reasons reasons, Losses losses) {
        this.history = history;
        this.finalReads = finalReads;
        this.words = words;
        this.logWords = new LogWords(words);
        this.reasons = reasons;
        this.losses = losses;
        consumers = new Consumers(history);
    }

    void judge(Partition partition) {
        boolean doubted = consumers.mayHaveGotMore(partition);
        boolean certain = !doubted && !consumers.wereTold();
        Polls polls = new Polls(partition, certain);
        Map<Value, List<Entry>> expected = new LinkedHashMap<>();
        Map<Value, List<Entry>> due = new HashMap<>();
        for (Entry send : partition.sent()) {
            if (history.outcome(send.operation()) == Outcome.OK && polls.wentFurtherThan(send)) {
                add(expected, send);
                if (certain || polls.passedOver(send).isPresent()) {
                    add(due, send);
                }
            }
        }
        List<Value> unknown = new ArrayList<>();
        long judged = 0;
        for (Map.Entry<Value, List<Entry>> sends : expected.entrySet()) {
            Map<Long, Entry> found = polls.found(sends.getKey());
            List<Entry> dueOnes = due.getOrDefault(sends.getKey(), List.of());
            int expectedCount = sends.getValue().size();
            judged += Math.max(dueOnes.size(), Math.min(found.size(), expectedCount));
            if (found.size() < dueOnes.size()) {
                String often = dueOnes.size() > 1
                        ? "of " + dueOnes.size() + " such messages that were acknowledged polls found " + found.size()
                        : doubted ? "nobody is known to have polled it" : "nobody polled it";
                lost(partition, polls, dueOnes, found, often);
            } else if (found.size() < expectedCount) {
                unknown.add(sends.getKey());
            }
        }
        losses.oblige(judged, partition.polls().size());
        if (!unknown.isEmpty()) {
            reasons.undecided(
                    logWords.name(partition),
                    "has " + Words.count(unknown.size(), "acknowledged message", "acknowledged messages")
                            + " that nobody is known to have polled, first " + words.value(unknown.get(0)) + ", and "
                            + (doubted
                                    ? "a poll of unknown outcome may have got what others did not"
                                    : "consumers were told where to go on"));
        }
    }

    private static void add(Map<Value, List<Entry>> sends, Entry send) {
        sends.computeIfAbsent(send.message(), message -> new ArrayList<>()).add(send);
    }

    private void lost(Partition partition, Polls polls, List<Entry> due, Map<Long, Entry> found, String often) {
        Entry send = due.get(due.size() - 1);
        Set<Integer> witness = new LinkedHashSet<>();
        for (Entry one : due.subList(due.size() - found.size() - 1, due.size())) {
            witness.add(one.operation());
            polls.passedOver(one).ifPresent(over -> witness.add(over.before().operation()));
            witness.add(
                    polls.after(one).map(Entry::operation).or(() -> polls.end).orElseThrow());
        }
        found.values().forEach(entry -> witness.add(entry.operation()));
        losses.add(
                "lost",
                "LOST_ELEMENT",
                logWords.name(partition),
                send.message(),
                () -> logWords.sent(partition, send) + ", but " + often + ", though "
                        + polls.passedOver(send)
                                .map(step -> logWords.polled(partition, step.before()) + " and next ")
                                .orElse("")
                        + polls.after(send)
                                .map(entry -> logWords.polled(partition, entry))
                                .orElseGet(() -> readToTheEnd(partition, polls.end.orElseThrow())),
                witness.stream().sorted().toList());
    }

    private String readToTheEnd(Partition partition, int poll) {
        return words.session(poll) + words.atNode(poll) + " read to the end of " + logWords.name(partition) + " ("
                + words.span(poll) + ")";
    }

    /** How far the polls of a partition went. */
    private final class Polls {
        private final NavigableMap<Long, Entry> polled = new TreeMap<>();
        /** At which offsets each message was polled, and first by what. */
        private final Map<Value, Map<Long, Entry>> places = new HashMap<>();
        /** By the offset from which it went on: how a consumer certainly passed over offsets, and no other went on further. */
        private final NavigableMap<Long, Step> passed = new TreeMap<>();
        /** The last of those that read to the end. */
        private final Optional<Integer> end;

        /**
         * Looks at them.
         *
         * @param all whether all that any of them got is known, so that nobody has to have passed over what they did not get
         */
        Polls(Partition partition, boolean all) {
            for (Entry entry : partition.polled()) {
                polled.putIfAbsent(entry.offset(), entry);
                places.computeIfAbsent(entry.message(), message -> new TreeMap<>())
                        .putIfAbsent(entry.offset(), entry);
            }
            if (!all) {
                pass(consumers.steps(partition));
            }
            // a replica that is still catching up has an end of its own
            end = finalReads.unconverged().isPresent()
                    ? Optional.empty()
                    : partition.polls().stream().filter(history::isFinal).reduce((a, b) -> b);
        }

        private void pass(List<Step> steps) {
            List<Step> certain = new ArrayList<>(steps);
            certain.removeIf(Step::doubted);
            certain.sort(Comparator.comparingLong(step -> step.before().offset()));
            long furthest = Long.MIN_VALUE;
            for (Step step : certain) {
                if (step.after().offset() > furthest) {
                    passed.merge(step.before().offset(), step, (one, further) -> further);
                    furthest = step.after().offset();
                }
            }
        }

        Map<Long, Entry> found(Value message) {
            return places.getOrDefault(message, Map.of());
        }

        boolean wentFurtherThan(Entry send) {
            boolean endedLater = end.isPresent() && history.completed(send.operation()) < history.invoked(end.get());
            return endedLater || (send.hasOffset() && polled.higherEntry(send.offset()) != null);
        }

        Optional<Step> passedOver(Entry send) {
            return send.hasOffset()
                    ? Optional.ofNullable(passed.lowerEntry(send.offset()))
                            .map(Map.Entry::getValue)
                            .filter(step -> step.after().offset() > send.offset())
                    : Optional.empty();
        }

        /** What was polled behind the offset at which a message was acknowledged: next by who passed over it, or by anybody. */
        Optional<Entry> after(Entry send) {
            return passedOver(send)
                    .map(Step::after)
                    .or(() -> send.hasOffset()
                            ? Optional.ofNullable(polled.higherEntry(send.offset()))
                                    .map(Map.Entry::getValue)
                            : Optional.empty());
        }
    }
}
