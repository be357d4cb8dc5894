package dev.umpire.checkers.prefix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.oracle.Share;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.histories.History;
import dev.umpire.histories.event.Event;
import dev.umpire.histories.event.EventType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Larger histories than can be enumerated; {@code -Dumpire.seed=N} begins with another seed. */
class RandomHistoriesTest {
    private static final int HISTORIES = Share.of(3_000);
    private static final List<WriteOrder> ASSUMPTIONS = List.of(WriteOrder.values());
    private static final List<Promise> PROMISES = List.of(Promise.values());

    @Test
    void randomHistoriesWithReportsUnknownOutcomesAndCasAreJudgedAsDefined() {
        long first = Long.getLong("umpire.seed", 1);
        Map<Answer, Integer> answers = new EnumMap<>(Answer.class);
        for (long seed = first; seed < first + HISTORIES; seed++) {
            List<Event> events = RandomHistory.events(seed);
            WriteOrder assumption = ASSUMPTIONS.get((int) (seed % 3));
            Promise promise = PROMISES.get((int) (seed / 3 % 3));
            Predicate<List<Event>> wrong =
                    some -> judge(some, assumption, promise) != define(some, assumption, promise);
            History history = History.of(events);
            Answer answer = Judgement.check(history, CheckOptions.DEFAULT.with(assumption), promise)
                    .answer();
            if (answer != PrefixOracle.judge(history, assumption, promise)) {
                List<Event> smallest = shrink(events, wrong);
                assertThat(judge(smallest, assumption, promise))
                        .as("seed %d, %s, %s%n%s", seed, promise, assumption, text(smallest))
                        .isEqualTo(define(smallest, assumption, promise));
            }
            answers.merge(answer, 1, Integer::sum);
        }
        System.out.println(HISTORIES + " random histories: " + answers);
        assertThat(answers.getOrDefault(Answer.VALID, 0)).isGreaterThan(HISTORIES / 4);
        assertThat(answers.getOrDefault(Answer.INVALID, 0)).isGreaterThan(HISTORIES / 10);
    }

    @Test
    void aWitnessIsBrokenByItselfAndNotWithoutAnyOneOfItsOperations() {
        long first = Long.getLong("umpire.seed", 1);
        int witnesses = 0;
        for (long seed = first; seed < first + HISTORIES / 2; seed++) {
            List<Event> events = RandomHistory.events(seed);
            WriteOrder assumption = ASSUMPTIONS.get((int) (seed % 3));
            History history = History.of(events);
            Promise promise = PROMISES.get((int) (seed / 3 % 3));
            Verdict verdict = Judgement.check(history, CheckOptions.DEFAULT.with(assumption), promise);
            if (verdict.answer() != Answer.INVALID || !sameSources(verdict)) {
                continue;
            }
            for (var anomaly : verdict.anomalies()) {
                witnesses++;
                Set<Integer> all = new HashSet<>(anomaly.operations());
                String as = "seed " + seed + " " + promise + " " + assumption + " " + anomaly + text(events);
                List<Event> alone = only(events, history, all);
                if (!sameSource(alone, assumption, promise, verdict)) {
                    continue;
                }
                assertThat(define(alone, assumption, promise)).as(as).isEqualTo(Answer.INVALID);
                for (int dropped : all) {
                    Set<Integer> rest = new HashSet<>(all);
                    rest.remove(dropped);
                    List<Event> fewer = only(events, history, rest);
                    if (sameSource(fewer, assumption, promise, verdict)) {
                        assertThat(define(fewer, assumption, promise))
                                .as("without %d: %s", dropped, as)
                                .isNotEqualTo(Answer.INVALID);
                    }
                }
            }
        }
        assertThat(witnesses).isGreaterThan(Share.seen(100));
    }

    /** In a part of a history, more may be reported completely, or fewer values written twice, than in the whole. */
    private static boolean sameSources(Verdict verdict) {
        return verdict.reason().isEmpty();
    }

    private static boolean sameSource(List<Event> part, WriteOrder assumption, Promise promise, Verdict verdict) {
        if (part.isEmpty()) {
            return true;
        }
        Verdict ofPart = Judgement.check(History.of(part), CheckOptions.DEFAULT.with(assumption), promise);
        return ofPart.assumes().equals(verdict.assumes());
    }

    private static Answer judge(List<Event> events, WriteOrder assumption, Promise promise) {
        return Judgement.check(History.of(events), CheckOptions.DEFAULT.with(assumption), promise)
                .answer();
    }

    private static Answer define(List<Event> events, WriteOrder assumption, Promise promise) {
        return events.isEmpty() ? Answer.UNKNOWN : PrefixOracle.judge(History.of(events), assumption, promise);
    }

    private static List<Event> shrink(List<Event> events, Predicate<List<Event>> fails) {
        List<Event> smallest = events;
        boolean shrunk = true;
        while (shrunk) {
            shrunk = false;
            History history = History.of(smallest);
            for (int operation = 0; operation < history.size() && !shrunk; operation++) {
                Set<Integer> rest = new HashSet<>();
                for (int other = 0; other < history.size(); other++) {
                    if (other != operation) {
                        rest.add(other);
                    }
                }
                List<Event> fewer = only(smallest, history, rest);
                if (!fewer.isEmpty() && fails.test(fewer)) {
                    smallest = fewer;
                    shrunk = true;
                }
            }
        }
        return smallest;
    }

    /** The events of some operations. */
    private static List<Event> only(List<Event> events, History history, Set<Integer> operations) {
        Set<Integer> positions = new HashSet<>();
        for (int operation : operations) {
            positions.add(history.invoked(operation));
            positions.add(history.ended(operation));
        }
        List<Event> some = new ArrayList<>();
        for (int position = 0; position < events.size(); position++) {
            if (positions.contains(position)) {
                some.add(events.get(position));
            }
        }
        return some;
    }

    private static String text(List<Event> events) {
        return events.stream()
                .map(event -> (event.type() == EventType.INVOKE ? "invoke " : event.type() + "     ")
                        + "session " + event.session().orElseThrow() + "  "
                        + event.function().orElseThrow() + " "
                        + event.key().map(Object::toString).orElse("") + " "
                        + event.value().orElseThrow()
                        + (event.version().isPresent()
                                ? " version " + event.version().getAsLong()
                                : "")
                        + (event.position().isPresent()
                                ? " position " + event.position().getAsLong()
                                : ""))
                .collect(Collectors.joining("\n", "\n", "\n"));
    }
}
