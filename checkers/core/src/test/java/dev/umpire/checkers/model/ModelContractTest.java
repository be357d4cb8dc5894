package dev.umpire.checkers.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.model.Model.Effect;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a model promises to a search, asked of every model in many states. */
class ModelContractTest {
    private static final int CALLS = 40;

    @ParameterizedTest
    @EnumSource
    void whatIsSaidOfACallHoldsInEveryState(PlainObjects object) {
        holdsInEveryState(object, object.model());
    }

    private static <S> void holdsInEveryState(PlainObjects object, Model<S> model) {
        List<Call> calls = calls(object);
        Set<S> states = states(model, calls);
        for (Call call : calls) {
            Set<Optional<S>> after = new HashSet<>();
            for (S state : states) {
                Optional<S> next = model.step(state, call);
                after.add(next);
                switch (model.effect(call)) {
                    case OBSERVES ->
                        next.ifPresent(
                                it -> assertThat(it).as(call + " in " + state).isEqualTo(state));
                    case ALWAYS_POSSIBLE ->
                        assertThat(next).as(call + " in " + state).isPresent();
                    case ANY -> {
                        // nothing is said
                    }
                }
            }
            if (model.overwrites(call)) {
                assertThat(after).as(call.toString()).hasSize(1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatALeadsToDeniesCannotBeReachedByTwoCalls(PlainObjects object) {
        nothingThatIsDeniedIsReached(object, object.model());
    }

    private static <S> void nothingThatIsDeniedIsReached(PlainObjects object, Model<S> model) {
        List<Call> calls = calls(object);
        boolean denied = false;
        for (S state : states(model, calls)) {
            for (Call observation : calls) {
                if (model.effect(observation) == Effect.OBSERVES && !model.leadsTo(state, observation)) {
                    denied = true;
                    assertThat(reaches(model, state, observation, calls, 2))
                            .as(observation + " from " + state)
                            .isFalse();
                }
            }
        }
        assertThat(denied).isEqualTo(model.foreseesObservations());
    }

    private static <S> boolean reaches(Model<S> model, S state, Call observation, List<Call> calls, int left) {
        if (model.step(state, observation).isPresent()) {
            return true;
        }
        return left > 0
                && calls.stream()
                        .filter(call -> !model.overwrites(call))
                        .anyMatch(call -> model.step(state, call)
                                .filter(next -> reaches(model, next, observation, calls, left - 1))
                                .isPresent());
    }

    @ParameterizedTest
    @EnumSource
    void differentStatesHaveDifferentHashesMostly(PlainObjects object) {
        hashesDiffer(object.model(), calls(object));
    }

    private static <S> void hashesDiffer(Model<S> model, List<Call> calls) {
        Set<S> states = states(model, calls);
        Set<Integer> hashes = new HashSet<>();
        states.forEach(state -> hashes.add(state.hashCode()));
        assertThat(hashes.size()).isGreaterThan(states.size() * 9 / 10);
    }

    @ParameterizedTest
    @EnumSource
    void aStateHasASizeAndTextOfItsOwn(PlainObjects object) {
        sizesAndTexts(object.model(), calls(object));
    }

    private static <S> void sizesAndTexts(Model<S> model, List<Call> calls) {
        Map<String, S> texts = new HashMap<>();
        for (S state : states(model, calls)) {
            assertThat(model.sizeBytes(state)).isBetween(16L, 4_096L);
            S other = texts.put(state.toString(), state);
            assertThat(other).as(state.toString()).isNull();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void aModelIsFoundByItsName(String name) {
        assertThat(Models.named(name).orElseThrow().name()).isEqualTo(name);
    }

    @Test
    void otherNamesAreInTheOrderOfTheAlphabetAndMeanAModel() {
        assertThat(Models.otherNames()).contains("lock", "queue").isSorted().doesNotContainAnyElementsOf(names());
        assertThat(Models.otherNames())
                .allSatisfy(other -> assertThat(names())
                        .contains(Models.named(other).orElseThrow().name()));
    }

    static List<String> names() {
        return Models.names();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            multi-register  | read     | ANSWERED | OBSERVES
            multi-register  | write    | ANSWERED | ALWAYS_POSSIBLE
            list-append     | append   | ANSWERED | ALWAYS_POSSIBLE
            multi-register  | cas      | ANSWERED | ANY
            multi-register  | r        | ANSWERED | OBSERVES
            multi-register  | r r      | ASKED    | OBSERVES
            multi-register  | w        | ANSWERED | ALWAYS_POSSIBLE
            list-append     | append w | ANSWERED | ALWAYS_POSSIBLE
            multi-register  | r w      | ANSWERED | ANY
            multi-register  | w r r    | ANSWERED | ANY
            multi-register  | r w      | ASKED    | ALWAYS_POSSIBLE
            unordered-queue | enqueue  | ANSWERED | ALWAYS_POSSIBLE
            unordered-queue | dequeue  | ANSWERED | ANY
            stack           | push     | ANSWERED | ALWAYS_POSSIBLE
            stack           | pop      | ANSWERED | ANY
            """)
    void whatACallDoesInWhateverStateIsToldAsExactlyAsItCanBe(
            String model, String function, String answered, Effect effect) {
        List<String> words = List.of(function.split(" ", -1));
        boolean transaction = words.size() > 1 || List.of("r", "w").contains(function);
        Value value = Value.of(1);
        if (transaction) {
            List<Value> steps = new ArrayList<>();
            for (String step : words) {
                steps.add(Value.of(List.of(Value.of(step), Value.of("x"), Value.of(1))));
            }
            value = Value.of(steps);
        } else if (function.equals("cas")) {
            value = Value.of(List.of(Value.of(1), Value.of(2)));
        }
        Call call = new Call(transaction ? "txn" : function, Value.of("x"), value, value, answered.equals("ANSWERED"));
        assertThat(Models.named(model).orElseThrow().effect(call)).isEqualTo(effect);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, OBSERVES", "1, 2, ANY"})
    void aCasThatWritesWhatItReplacesObserves(int old, int now, Effect effect) {
        Call cas = Call.of("cas", Value.of(List.of(Value.of(old), Value.of(now))));
        assertThat(Models.CAS_REGISTER.effect(cas)).isEqualTo(effect);
    }

    // -- states and their numbers

    @Test
    void stepsNumberStatesAsTheyAreReachedAndRememberThem() {
        List<Call> calls = List.of(Call.of("write", Value.of(1)), Call.of("write", Value.of(2)), read(1), read(2));
        Steps steps = new Steps(Models.REGISTER, Value.NIL, calls);
        assertThat(steps.initial()).isZero();
        assertThat(steps.next(0, 0)).isEqualTo(1);
        assertThat(steps.next(0, 1)).isEqualTo(2);
        assertThat(steps.next(1, 1)).isEqualTo(2);
        assertThat(steps.next(1, 2)).isEqualTo(1);
        assertThat(steps.next(1, 3)).isEqualTo(Steps.IMPOSSIBLE);
        assertThat(steps.text(2)).isEqualTo("2");
        assertThat(steps.text(Steps.FORGOTTEN)).isEqualTo("anything");
        assertThat(steps.next(Steps.FORGOTTEN, 1)).isEqualTo(Steps.FORGOTTEN);
        assertThat(steps.next(Steps.FORGOTTEN, 3)).isEqualTo(Steps.IMPOSSIBLE);
        assertThat(List.of(steps.observes(0), steps.observes(2), steps.overwrites(0), steps.overwrites(2)))
                .containsExactly(false, true, false, false);
        long work = steps.work();
        assertThat(work).isEqualTo(5);
        steps.next(1, 1);
        assertThat(steps.work()).isEqualTo(work);
        // three states of 48 and what the model says of each, and two rows of four places
        assertThat(steps.sizeBytes()).isEqualTo(3 * (48 + 64) + 2 * (16 + 4 * 4));
    }

    @Test
    void whatOverwritesLeadsOutOfTheForgotten() {
        Steps steps = new Steps(
                Models.KEY_VALUE,
                Value.NIL,
                List.of(
                        Call.of("put", Value.of("a")),
                        Call.of("append", Value.of("b")),
                        Call.of("get", Value.NIL, Value.of("ab"))));
        assertThat(steps.looksAhead()).isTrue();
        int a = steps.next(0, 0);
        assertThat(steps.next(Steps.FORGOTTEN, 0)).isEqualTo(a);
        assertThat(steps.next(Steps.FORGOTTEN, 1)).isEqualTo(Steps.FORGOTTEN);
        assertThat(steps.leadsTo(a, 2)).isTrue();
        int ab = steps.next(a, 1);
        assertThat(steps.next(ab, 2)).isEqualTo(ab);
        assertThat(steps.leadsTo(steps.next(ab, 1), 2)).isFalse();
        assertThat(steps.overwrites(0)).isTrue();
        assertThat(steps.overwrites(1)).isFalse();
    }

    private static Call read(int value) {
        return Call.of("read", Value.NIL, Value.of(value));
    }

    // -- what is drawn

    private static List<Call> calls(PlainObjects object) {
        Random random = new Random(7);
        Set<Call> calls = new HashSet<>();
        List<Value> state = List.of();
        for (int i = 0; i < CALLS; i++) {
            PlainObjects.Deed deed = object.drawn(random);
            deed = deed.answered(object.result(state, deed));
            List<List<Value>> after = object.after(state, deed);
            if (!after.isEmpty()) {
                state = after.get(0);
            }
            calls.add(object.model()
                    .canonical(new Call(
                            deed.function(),
                            Value.NIL,
                            deed.argument(),
                            deed.result(),
                            random.nextInt(6) > 0,
                            Value.of(1))));
        }
        return List.copyOf(calls);
    }

    /** Those that are reached from the first by up to four calls, a hundred at most. */
    private static <S> Set<S> states(Model<S> model, List<Call> calls) {
        Set<S> states = new HashSet<>(Set.of(model.initial(Value.NIL)));
        for (int depth = 0; depth < 4; depth++) {
            for (S state : List.copyOf(states)) {
                for (Call call : calls) {
                    if (states.size() < 100) {
                        model.step(state, call).ifPresent(states::add);
                    }
                }
            }
        }
        return states;
    }
}
