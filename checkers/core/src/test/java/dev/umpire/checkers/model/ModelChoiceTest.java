package dev.umpire.checkers.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.histories.History;
import dev.umpire.histories.event.MalformedHistoryException;
import dev.umpire.histories.value.Value;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelChoiceTest {

    /** Operations such as {@code read nil 7}, one after the other. */
    private static History history(String initial, String operations) {
        StringBuilder events =
                new StringBuilder("{\"umpire\":\"history\",\"version\":1,\"initial\":" + initial + "}\n");
        int process = 0;
        for (String operation : operations.split("; ", -1)) {
            String[] words = operation.split(" ", 3);
            String head = "{\"process\":" + process++ + ",\"f\":\"" + words[0] + "\",\"key\":\"k\",\"type\":";
            events.append(head + "\"invoke\",\"value\":" + words[1] + "}\n");
            events.append(head + "\"ok\",\"value\":" + words[2] + "}\n");
        }
        try {
            return History.parse(events.toString());
        } catch (MalformedHistoryException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "get null \"a\" | kv",
                "put \"a\" \"a\" | kv",
                "append 1 1; read null [1] | list-append",
                "acquire null null | mutex",
                "release null null | mutex",
                "acquire null 3; release 3 3 | fenced-lock",
                "enqueue 1 1 | fifo-queue",
                "dequeue null 1 | fifo-queue",
                "push 1 1 | stack",
                "pop null 1 | stack",
                "generate null 1 | unique-id",
                "increment null null | counter",
                "decrement 1 1 | counter",
                "remove 1 1 | set",
                "contains 1 true | set",
                "add 1 1; read null 1 | counter",
                "add 1 1; read null [1] | g-set",
                "cas [1,2] [1,2] | cas-register",
                "write 1 1; read null 1 | register",
                "read null []; read null null | list-append",
                "read null null; read null [1] | register",
                "write [] []; read null [] | register"
            })
    void theFunctionsSayWhichObjectItIs(String operations, String name) {
        History history = history("null", operations);
        assertThat(ModelChoice.of(history, new Calls(history)).name()).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "g-set | null | add 1 1; read null 5 | the model g-set cannot judge event 2: found 5 as the result of read,"
                        + " expected a vector, a list or a set",
                "set | null | contains 1 7 | the model set cannot judge event 0: found 7 as the result of contains, expected"
                        + " true or false",
                "set | 5 | add 1 1 | the model set cannot judge it: found 5 as the initial value, expected a vector, a list or"
                        + " a set",
                "stack | 5 | push 1 1 | the model stack cannot judge it: found 5 as the initial value, expected a vector or a"
                        + " list",
                "fenced-lock | null | acquire null \"t\" | the model fenced-lock cannot judge event 0: found t as the result"
                        + " of acquire, expected an integer",
                "fenced-lock | null | release \"t\" \"t\" | the model fenced-lock cannot judge event 0: found t as the"
                        + " argument of release, expected an integer or nil"
            })
    void whatAModelCannotJudgeIsNamed(String model, String initial, String operations, String why) {
        History history = history(initial, operations);
        assertThat(ModelChoice.refusal(
                        history, new Calls(history), Models.named(model).orElseThrow()))
                .contains(why);
    }

    @Test
    void theFirstFunctionThatAModelDoesNotKnowIsNamed() {
        History history = history("null", "write 1 1; frob 1 1; read null 1");
        assertThat(ModelChoice.refusal(history, new Calls(history), Models.REGISTER))
                .hasValueSatisfying(why -> assertThat(why)
                        .startsWith("the model register does not know the function frob (event 2); the built-in models"
                                + " are register, "));
        History known = history("null", "write 1 1; read null 1");
        assertThat(ModelChoice.refusal(known, new Calls(known), Models.REGISTER))
                .isEmpty();
    }

    @Test
    void statesAreToldAsPeopleWriteThem() {
        assertThat(told(Models.STACK, Call.of("push", Value.of(1)), Call.of("push", Value.of(2))))
                .isEqualTo("[1, 2]");
        assertThat(told(Models.FENCED_LOCK)).isEqualTo("free");
        assertThat(told(Models.FENCED_LOCK, Call.of("acquire", Value.NIL, Value.of(3))))
                .isEqualTo("held, last token 3");
        assertThat(told(
                        Models.FENCED_LOCK,
                        Call.of("acquire", Value.NIL, Value.of(3)),
                        Call.of("release", Value.NIL),
                        new Call("acquire", Value.NIL, Value.NIL, Value.NIL, false)))
                .isEqualTo("held, last token at least 4");
    }

    private static <S> String told(Model<S> model, Call... calls) {
        S state = model.initial(Value.NIL);
        for (Call call : calls) {
            state = model.step(state, call).orElseThrow();
        }
        return String.valueOf(state);
    }

    @Test
    void aLongerTextTakesMoreMemory() {
        KeyValueModel text = new KeyValueModel();
        assertThat(text.initial(Value.of("abc"))).hasToString("abc");
        assertThat(text.initial(Value.NIL).text()).isEmpty();
        assertThat(text.sizeBytes(text.initial(Value.of("abcdef"))))
                .isEqualTo(text.sizeBytes(text.initial(Value.NIL)) + 12);
        for (String name : Models.names()) {
            assertThat(size(Models.named(name).orElseThrow())).as(name).isPositive();
        }
    }

    private static <S> long size(Model<S> model) {
        return model.sizeBytes(model.initial(Value.NIL));
    }

    @Test
    void ofASetThatOnlyGrowsALaterReadShowsAllThatIsThere() {
        Model<Bag> grows = new SetModel("g-set", true);
        Bag one = Bag.EMPTY.plus(Value.of(1));
        assertThat(grows.leadsTo(one, read(Optional.of(List.of(1L, 2L))))).isTrue();
        assertThat(grows.leadsTo(one, read(Optional.of(List.of(2L, 3L))))).isFalse();
        assertThat(grows.leadsTo(one.plus(Value.of(2)), read(Optional.of(List.of(1L)))))
                .isFalse();
        assertThat(grows.leadsTo(one, read(Optional.empty()))).isTrue();
        assertThat(new SetModel("set", false).leadsTo(one, read(Optional.of(List.of(2L)))))
                .isTrue();
    }

    private static Call read(Optional<List<Long>> result) {
        Value elements = result.map(all ->
                        Elements.asSet(Value.of(all.stream().map(Value::of).toList())))
                .orElse(Value.NIL);
        return new Call("read", Value.NIL, Value.NIL, elements, result.isPresent());
    }
}
