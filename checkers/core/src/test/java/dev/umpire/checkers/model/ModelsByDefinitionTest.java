package dev.umpire.checkers.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.linearizable.Linearizable;
import dev.umpire.checkers.model.PlainObjects.Deed;
import dev.umpire.checkers.oracle.Share;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.histories.History;
import dev.umpire.histories.event.Event;
import dev.umpire.histories.event.EventType;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every model, under the search, against the same object written down plainly and all orders of the operations. */
class ModelsByDefinitionTest {
    private static final long FIRST = Long.getLong("umpire.seed", 1);
    private static final int HISTORIES = Share.of(250);

    @ParameterizedTest
    @EnumSource
    void smallHistoriesAreJudgedAsTheObjectSays(PlainObjects object) {
        int broken = 0;
        for (long seed = FIRST; seed < FIRST + HISTORIES; seed++) {
            List<Deed> deeds = drawn(object, seed);
            boolean expected = object.someOrder(deeds);
            if ((judged(object, deeds) != Answer.INVALID) != expected) {
                throw new AssertionError("seed " + seed + " " + object + ", smallest: " + smallest(object, deeds));
            }
            broken += expected ? 0 : 1;
        }
        assertThat(broken).as("broken ones").isBetween(HISTORIES / 20, HISTORIES * 19 / 20);
    }

    @ParameterizedTest
    @EnumSource
    void everyHistoryOfThreeOperationsIsJudgedAsTheObjectSays(PlainObjects object) {
        List<Deed> different = answers(object);
        int count = 0;
        for (int[] shape : SHAPES_OF_THREE) {
            for (Deed one : different) {
                for (Deed two : different) {
                    for (Deed three : different) {
                        List<Deed> deeds =
                                List.of(placed(one, 0, shape), placed(two, 1, shape), placed(three, 2, shape));
                        if (Share.includes(count)
                                && (judged(object, deeds) != Answer.INVALID) != object.someOrder(deeds)) {
                            throw new AssertionError(object + ", smallest: " + smallest(object, deeds));
                        }
                        count++;
                    }
                }
            }
        }
        assertThat(count).isEqualTo(SHAPES_OF_THREE.length * different.size() * different.size() * different.size());
    }

    @ParameterizedTest
    @EnumSource
    void aFunctionThatTheModelDoesNotKnowIsUndecided(PlainObjects object) {
        History history = history(List.of(
                new Deed("frob", Value.of(1), Value.of(1), 1, 0, 1), new Deed("read", Value.NIL, Value.NIL, 1, 2, 3)));

        var verdict = Linearizable.check(history, CheckOptions.DEFAULT, object.model());

        assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(verdict.reason().orElseThrow())
                .startsWith("the model " + object.model().name() + " does not know the function frob (event 0); ");
    }

    @ParameterizedTest
    @EnumSource
    void equalCallsLeadToEqualStates(PlainObjects object) {
        equalCallsLeadToEqualStates(object, object.model());
    }

    private static <S> void equalCallsLeadToEqualStates(PlainObjects object, Model<S> model) {
        for (long seed = FIRST; seed < FIRST + Share.of(300); seed++) {
            S state = model.initial(Value.NIL);
            S canonical = model.initial(Value.NIL);
            for (Deed deed : drawn(object, seed)) {
                Call call = new Call(
                        deed.function(), Value.NIL, deed.argument(), deed.result(), !deed.unknown(), Value.of(1));
                S next = model.step(state, call).orElse(state);
                canonical = model.step(canonical, model.canonical(call)).orElse(canonical);
                assertThat(canonical)
                        .as("seed " + seed + " " + call)
                        .isEqualTo(next)
                        .hasSameHashCodeAs(next);
                if (model.effect(call) == Model.Effect.OBSERVES) {
                    assertThat(next).as("seed " + seed + " " + call).isEqualTo(state);
                }
                state = next;
            }
        }
    }

    // -- what is drawn

    /** Positions of the invocations and completions of three operations; MAX_VALUE: never completed. */
    private static final int[][] SHAPES_OF_THREE = {
        {0, 1, 2, 3, 4, 5},
        {0, 2, 1, 3, 4, 5},
        {0, 1, 2, 4, 3, 5},
        {0, 3, 1, 4, 2, 5},
        {0, 5, 1, 2, 3, 4},
        {0, Integer.MAX_VALUE, 1, 2, 3, 4},
        {0, 1, 2, Integer.MAX_VALUE, 3, 4},
        {0, Integer.MAX_VALUE, 1, Integer.MAX_VALUE, 2, 3},
    };

    private static Deed placed(Deed deed, int i, int[] shape) {
        return deed.at(1 + i % 2, shape[2 * i], shape[2 * i + 1]);
    }

    /** Some calls with some answers, right and wrong ones. */
    private static List<Deed> answers(PlainObjects object) {
        Random random = new Random(11);
        Set<Deed> different = new LinkedHashSet<>();
        for (int i = 0; i < 2_000 && different.size() < 6; i++) {
            Deed asked = object.drawn(random);
            List<Value> state = new ArrayList<>();
            for (int n = random.nextInt(3); n > 0 && !asked.function().equals("acquire"); n--) {
                state.add(Value.of(n));
            }
            different.add(asked.answered(object.result(state, asked)));
        }
        return List.copyOf(different);
    }

    /** Operations of an object that works, and in every second history one result that another operation had. */
    private static List<Deed> drawn(PlainObjects object, long seed) {
        Random random = new Random(seed);
        List<Deed> deeds = new ArrayList<>();
        List<Value> state = List.of();
        int count = 4 + random.nextInt(4);
        int width = random.nextBoolean() ? 90 : 300;
        for (int i = 0; i < count; i++) {
            Deed deed = object.drawn(random).at(1 + random.nextInt(2), 0, 0);
            deed = deed.answered(object.result(state, deed));
            boolean unknown = random.nextInt(4) == 0;
            List<List<Value>> after = object.after(state, deed);
            if (after.isEmpty() && !unknown) {
                continue;
            }
            if (!after.isEmpty() && (!unknown || random.nextBoolean())) {
                state = after.get(0);
            }
            int invoked = Math.max(0, 100 * i - random.nextInt(width)) * 20 + 2 * i;
            int completed = unknown ? Integer.MAX_VALUE : (100 * i + random.nextInt(width)) * 20 + 2 * i + 1;
            deeds.add(deed.at(deed.session(), invoked, completed));
        }
        if (random.nextBoolean() && deeds.size() > 1) {
            change(deeds, random);
        }
        return deeds;
    }

    /** Gives one operation the answer of another, or leaves one out. */
    private static void change(List<Deed> deeds, Random random) {
        int first = random.nextInt(deeds.size());
        for (int i = 0; i < deeds.size(); i++) {
            int which = (first + i) % deeds.size();
            Deed deed = deeds.get(which);
            for (Deed other : deeds) {
                if (other.function().equals(deed.function()) && !other.result().equals(deed.result())) {
                    deeds.set(which, deed.answered(other.result()));
                    return;
                }
            }
        }
        deeds.remove(first);
    }

    private static List<Deed> smallest(PlainObjects object, List<Deed> deeds) {
        for (int i = 0; i < deeds.size(); i++) {
            List<Deed> fewer = new ArrayList<>(deeds);
            fewer.remove(i);
            if ((judged(object, fewer) != Answer.INVALID) != object.someOrder(fewer)) {
                return smallest(object, fewer);
            }
        }
        return deeds;
    }

    private static Answer judged(PlainObjects object, List<Deed> deeds) {
        return Linearizable.check(history(deeds), CheckOptions.DEFAULT, object.model())
                .answer();
    }

    private static History history(List<Deed> deeds) {
        TreeMap<Integer, Event> events = new TreeMap<>();
        for (int i = 0; i < deeds.size(); i++) {
            Deed deed = deeds.get(i);
            events.put(deed.invoked(), event(EventType.INVOKE, i, deed, deed.argument()));
            if (!deed.unknown()) {
                events.put(deed.completed(), event(EventType.OK, i, deed, deed.result()));
            }
        }
        return History.of(List.copyOf(events.values()));
    }

    private static Event event(EventType type, int process, Deed deed, Value value) {
        return Event.of(type)
                .process(process)
                .session(Value.of(deed.session()))
                .function(deed.function())
                .key(Value.of("k"))
                .value(value)
                .build();
    }
}
