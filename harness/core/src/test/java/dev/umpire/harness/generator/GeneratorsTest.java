package dev.umpire.harness.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Response;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GeneratorsTest {

    private static final int SESSIONS = 3;
    private static final long SERVICE_NANOS = 10;

    @Test
    void aLimitEndsAfterItsNumberOfActions() {
        assertThat(emitted(Generators.limit(3, numbered("a")), 1)).containsExactly("0 a0", "0 a1", "0 a2");
    }

    @Test
    void requestsWaitUntilASessionIsFree() {
        assertThat(emitted(Generators.limit(5, numbered("a")), 1))
                .containsExactly("0 a0", "0 a1", "0 a2", "10 a3", "10 a4");
    }

    @Test
    void aTimeLimitEndsAGeneratorThatWouldGoOn() {
        assertThat(emitted(Generators.timeLimit(15, numbered("a")), 1))
                .containsExactly("0 a0", "0 a1", "0 a2", "10 a3", "10 a4", "10 a5");
    }

    @Test
    void aDelayComesBeforeTheFirstAction() {
        assertThat(emitted(Generators.delay(7, Generators.limit(1, numbered("a"))), 1))
                .containsExactly("7 a0");
    }

    @Test
    void aPhaseBeginsWhenTheOneBeforeIsDoneAndEveryAnswerIsThere() {
        Generator phases = Generators.phases(
                List.of(Generators.limit(1, numbered("a")), Generators.nothing(), Generators.limit(2, numbered("b"))));

        assertThat(emitted(phases, 1)).containsExactly("0 a0", "10 b0", "10 b1");
    }

    @Test
    void aMixTakesFromEveryChoiceUntilAllAreDone() {
        List<String> emitted = emitted(
                Generators.mix("m", List.of(Generators.limit(20, numbered("a")), Generators.limit(20, numbered("b")))),
                1);

        assertThat(emitted).hasSize(40);
        assertThat(emitted.subList(0, 15)).anyMatch(one -> one.contains("a")).anyMatch(one -> one.contains("b"));
    }

    @Test
    void aRepetitionBeginsAnew() {
        assertThat(emitted(Generators.repeat(2, Generators.limit(2, numbered("a"))), 1))
                .containsExactly("0 a0", "0 a1", "0 a0", "10 a1");
        assertThat(emitted(Generators.limit(3, Generators.cycle(Generators.limit(1, numbered("a")))), 1))
                .containsExactly("0 a0", "0 a0", "0 a0");
    }

    @Test
    void aRepetitionOfNothingEnds() {
        assertThat(emitted(Generators.cycle(Generators.nothing()), 1)).isEmpty();
    }

    @Test
    void staggeredActionsComeAtTheirRate() {
        // a thousand actions, one every 100 ns on average, from sessions that answer within 10 ns
        List<String> emitted = emitted(Generators.limit(1_000, Generators.stagger("s", 1e7, numbered("a"))), 1);

        long last = Long.parseLong(emitted.get(999).replaceFirst(" .*", ""));
        assertThat(last).isBetween(90_000L, 110_000L);
    }

    @Test
    void evenArrivalsComeLikeAClockAndWaitInTheirOrderWhileNobodyIsFree() {
        // three sessions of 10 ns each serve three requests in 10 ns: of ten that arrive, each ns one, most wait
        Generator arrivals =
                Generators.limit(10, Generators.arrivals(new ArrivalTimes("arrivals", 1e9, true), numbered("a")));

        assertThat(emitted(arrivals, 1))
                .containsExactly(
                        "1 a0",
                        "2 a1",
                        "3 a2",
                        "11 a3 intended 4",
                        "12 a4 intended 5",
                        "13 a5 intended 6",
                        "21 a6 intended 7",
                        "22 a7 intended 8",
                        "23 a8 intended 9",
                        "31 a9 intended 10");
    }

    @Test
    void whatASlowStoreHoldsUpChangesNoTimeOfArrival() {
        ArrivalTimes times = new ArrivalTimes("arrivals", 5e8, false);
        List<String> emitted = emitted(Generators.limit(500, Generators.arrivals(times, numbered("a"))), 7);

        long due = 0;
        for (int number = 0; number < 500; number++) {
            due += times.gapNanos(new KeyedRandom(7), number);
            String[] words = emitted.get(number).split(" ", -1);
            assertThat(words[1]).isEqualTo("a" + number);
            assertThat(Long.parseLong(words.length == 2 ? words[0] : words[3]))
                    .as("arrival %d", number)
                    .isEqualTo(due);
        }
    }

    @Test
    void arrivalsThatAreDrawnAreAPoissonProcess() {
        ArrivalTimes times = new ArrivalTimes("arrivals", 1_000, false);
        KeyedRandom random = new KeyedRandom(Long.getLong("umpire.test.seed", 1));
        int count = 100_000;
        double sum = 0;
        double squares = 0;
        int longerThanTheMean = 0;
        for (int number = 0; number < count; number++) {
            double millis = times.gapNanos(random, number) / 1e6;
            sum += millis;
            squares += millis * millis;
            longerThanTheMean += millis > 1 ? 1 : 0;
        }

        // of an exponential distribution with mean 1: variance 1, and a share of 1/e is longer than the mean
        double mean = sum / count;
        assertThat(mean).isBetween(0.98, 1.02);
        assertThat(squares / count - mean * mean).isBetween(0.95, 1.05);
        assertThat(longerThanTheMean / (double) count).isBetween(0.36, 0.376);
    }

    @Test
    void arrivalsNeedARate() {
        assertThatThrownBy(() -> new ArrivalTimes("arrivals", 0, true))
                .hasMessage("ratePerSecond: found 0.0, expected more than 0");
    }

    @Test
    void aRateThatIsNotKeptTellsWhenEachActionFellDue() {
        List<String> late = emitted(Generators.limit(200, Generators.stagger("s", 1e9, numbered("a"))), 1).stream()
                .filter(one -> one.contains("intended"))
                .toList();

        // sessions serve 0.3 requests a nanosecond, and one is made up for at most
        assertThat(late).hasSizeGreaterThan(80).allSatisfy(one -> {
            String[] words = one.split(" ", -1);
            assertThat(Long.parseLong(words[0]) - Long.parseLong(words[3])).isBetween(1L, 12L);
        });
    }

    @Test
    void theNemesisActsBesideTheSessionsAndEndsWithThem() {
        Generator nemesis = Generators.cycle(
                Generators.delay(4, Generators.inOrder(List.of(new Action.Inject(FaultKind.CRASH, List.of(), 0)))));

        assertThat(emitted(Generators.onNemesis(nemesis, Generators.limit(4, numbered("a"))), 1))
                .containsExactly("0 a0", "0 a1", "0 a2", "4 inject crash", "10 a3");
    }

    @Test
    void ofTwoThatAreReadyTheFirstGoesAndTheSoonestIsWaitedFor() {
        Generator early = Generators.delay(5, Generators.limit(1, numbered("early")));
        Generator late = Generators.delay(9, Generators.limit(1, numbered("late")));

        assertThat(emitted(Generators.any(List.of(late, early)), 1)).containsExactly("5 early0", "9 late0");
    }

    @Test
    void actionsInOrderWaitForTheSessionThatTheyName() {
        Action toSession1 = new Action.Ask(Request.read(Value.of("k")), OptionalInt.of(1));

        assertThat(emitted(Generators.inOrder(List.of(toSession1, toSession1)), 1))
                .containsExactly("0 k", "10 k");
    }

    /** Random compositions: asked twice they answer the same, and two drives of one seed are one. */
    @Test
    void everyGeneratorIsPureAndDeterministic() {
        long seed = Long.getLong("umpire.test.seed", 1);
        for (long number = 0; number < 300; number++) {
            KeyedRandom.Stream stream =
                    new KeyedRandom(seed).stream("composition").split(number);
            Generator generator = Generators.limit(50, composed(stream, 3));
            String place = "seed " + seed + ", composition " + number + ": " + generator;

            assertThat(emitted(generator, seed)).as(place).isEqualTo(emitted(generator, seed));
        }
    }

    private static Generator composed(KeyedRandom.Stream stream, int depth) {
        if (depth == 0) {
            return Generators.limit(1 + stream.below(5, 0), numbered("k" + stream.below(9, 1)));
        }
        Generator one = composed(stream.split(1), depth - 1);
        Generator other = composed(stream.split(2), depth - 1);
        return switch (stream.below(10, 2)) {
            case 0 -> Generators.mix("mix", List.of(one, other));
            case 1 -> Generators.limit(stream.below(10, 3), one);
            case 2 -> Generators.timeLimit(stream.below(100, 3), one);
            case 3 -> Generators.stagger("stagger", 1e8, one);
            case 4 -> Generators.delay(stream.below(30, 3), one);
            case 5 -> Generators.phases(List.of(one, other));
            case 6 -> Generators.repeat(stream.below(4, 3), one);
            case 7 -> Generators.any(List.of(one, other));
            case 8 -> Generators.arrivals(new ArrivalTimes("arrivals", 1e8, stream.below(2, 3) == 0), one);
            default -> Generators.onNemesis(one, other);
        };
    }

    private static Generator numbered(String prefix) {
        return Generators.requests(number -> Request.read(Value.of(prefix + number)));
    }

    /** Drives a generator with sessions that answer after a fixed time; every question is asked twice. */
    private static List<String> emitted(Generator toDrive, long seed) {
        KeyedRandom random = new KeyedRandom(seed);
        List<String> emitted = new ArrayList<>();
        long[] freeAtNanos = new long[SESSIONS + 1];
        boolean[] busy = new boolean[SESSIONS + 1];
        Generator generator = toDrive;
        long now = 0;
        for (int turn = 0; turn < 20_000; turn++) {
            Context context = context(now, random, busy);
            Step step = generator.next(context);
            assertThat(generator.next(context)).as("asked twice").isEqualTo(step);
            if (step instanceof Step.Done) {
                return emitted;
            }
            long until = Long.MAX_VALUE;
            if (step instanceof Step.Emit emit) {
                generator = emit.rest();
                int who = who(emit.action(), context);
                assertThat(busy[who]).isFalse();
                busy[who] = true;
                freeAtNanos[who] = now + SERVICE_NANOS;
                emitted.add(now + " " + text(emit.action()) + intended(emit.action(), now));
                continue;
            } else if (step instanceof Step.Wait wait) {
                assertThat(wait.untilNanos()).isGreaterThan(now);
                generator = wait.rest();
                until = wait.untilNanos();
            } else if (step instanceof Step.Pending pending) {
                generator = pending.rest();
            }
            for (int who = 0; who <= SESSIONS; who++) {
                until = busy[who] ? Math.min(until, freeAtNanos[who]) : until;
            }
            assertThat(until).as("somebody must act: %s", generator).isNotEqualTo(Long.MAX_VALUE);
            now = until;
            for (int who = 0; who <= SESSIONS; who++) {
                if (busy[who] && freeAtNanos[who] <= now) {
                    busy[who] = false;
                    Completion completion = who == SESSIONS
                            ? new Completion.Injected(FaultKind.CRASH, true)
                            : new Completion.Answered(who, Request.read(Value.NIL), Response.ok(Value.NIL));
                    generator = generator.update(context(now, random, busy), completion);
                }
            }
        }
        throw new AssertionError("no end: " + toDrive);
    }

    private static int who(Action action, Context context) {
        if (action instanceof Action.Ask ask) {
            return ask.session().orElse(context.freeSessions().get(0));
        }
        return SESSIONS;
    }

    /** When an action was to be done, where that was not now. */
    private static String intended(Action action, long now) {
        return action instanceof Action.Ask ask && ask.intendedNanos().orElse(now) != now
                ? " intended " + ask.intendedNanos().getAsLong()
                : "";
    }

    private static String text(Action action) {
        return action instanceof Action.Ask ask
                ? ask.request().key().orElseThrow().toString()
                : "inject crash";
    }

    private static Context context(long now, KeyedRandom random, boolean[] busy) {
        List<Integer> free =
                IntStream.range(0, SESSIONS).filter(who -> !busy[who]).boxed().toList();
        return new Context(now, random, SESSIONS, free, List.of(new Node("n1")), !busy[SESSIONS]);
    }
}
