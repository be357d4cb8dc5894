package dev.umpire.targets.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Request;
import dev.umpire.harness.target.Response;
import dev.umpire.histories.value.Value;
import dev.umpire.targets.command.Dialogue.NotUnderstoodException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DialogueTest {
    private static final Node N1 = new Node("n1");
    private static final Node N2 = new Node("n2");
    private static final Value X = Value.of("x");
    private static final Optional<Request> READ = Optional.of(Request.read(X));

    private final Dialogue dialogue = new Dialogue(addresses());

    private static Map<Node, String> addresses() {
        Map<Node, String> addresses = new LinkedHashMap<>();
        addresses.put(N1, "10.0.0.1:7001");
        addresses.put(N2, "10.0.0.2:7001");
        return addresses;
    }

    @Test
    void linesOfTheHarnessAreAsTheReadmeTellsThem() {
        assertThat(dialogue.greeting("3"))
                .isEqualTo("{\"umpire\":\"client\",\"version\":1,\"session\":\"3\",\"nodes\":{\"n1\":\"10.0.0.1:7001\","
                        + "\"n2\":\"10.0.0.2:7001\"}}");
        assertThat(dialogue.request(7, Request.read(X), N2))
                .isEqualTo("{\"id\":7,\"f\":\"read\",\"node\":\"n2\",\"address\":\"10.0.0.2:7001\",\"key\":\"x\"}");
        assertThat(dialogue.request(8, Request.write(X, Value.of(41)), N1)).endsWith("\"key\":\"x\",\"value\":41}");
        assertThat(dialogue.request(9, Request.snapshot(List.of(X, Value.of(5))), N1))
                .endsWith("\"address\":\"10.0.0.1:7001\",\"keys\":[\"x\",5]}");
        assertThat(dialogue.request(
                        10,
                        Request.of(Request.CAS, X, Value.of(List.of(Value.NIL, Value.of(true))))
                                .finallyAt(N1),
                        N1))
                .endsWith("\"value\":[null,true],\"final\":true}");
        assertThat(dialogue.ping(11, N1))
                .isEqualTo("{\"id\":11,\"f\":\"ping\",\"node\":\"n1\",\"address\":\"10.0.0.1:7001\"}");
    }

    @Test
    void answersAreUnderstood() throws Exception {
        assertThat(dialogue.answer("{\"id\":7,\"type\":\"ok\",\"value\":37}", 7, READ))
                .isEqualTo(Response.ok(Value.of(37)));
        assertThat(dialogue.answer(
                        "{\"id\":7,\"type\":\"ok\",\"value\":[1,\"a\",null],\"node\":\"n1\",\"version\":4,\"position\":5,"
                                + "\"asOf\":6}",
                        7,
                        READ))
                .isEqualTo(Response.ok(Value.of(List.of(Value.of(1), Value.of("a"), Value.NIL)))
                        .by(N1)
                        .withVersion(4)
                        .withPosition(5)
                        .asOf(6));
        assertThat(dialogue.answer("{\"id\":8,\"type\":\"ok\"}", 8, Optional.of(Request.write(X, X))))
                .isEqualTo(Response.done());
        assertThat(dialogue.answer("{\"id\":8,\"type\":\"ok\",\"version\":null}", 8, Optional.empty()))
                .isEqualTo(Response.done());
        assertThat(dialogue.answer("{\"id\":8,\"type\":\"fail\",\"error\":\"refused\"}", 8, READ))
                .isEqualTo(new Response.Fail("refused"));
        assertThat(dialogue.answer("{\"id\":8,\"type\":\"fail\"}", 8, READ))
                .isEqualTo(new Response.Fail("the client says that it failed"));
        assertThat(dialogue.answer("{\"id\":8,\"type\":\"info\",\"error\":\"reset\"}", 8, READ))
                .isEqualTo(new Response.Info("reset"));
    }

    @Test
    void aLogIsPolledFromAnOffsetOnAndASendMayTellItsOwn() throws Exception {
        Request poll = Request.of(Request.POLL, X, Value.of(12));
        Optional<Request> send = Optional.of(Request.of(Request.SEND, X, Value.of(7)));
        Value told = Value.of(List.of(Value.of(12), Value.of(7)));

        assertThat(dialogue.request(7, poll, N2)).contains("\"f\":\"poll\"").endsWith("\"key\":\"x\",\"value\":12}");
        assertThat(dialogue.answer("{\"id\":7,\"type\":\"ok\",\"value\":[[12,7]]}", 7, Optional.of(poll)))
                .isEqualTo(Response.ok(Value.of(List.of(told))));
        assertThat(dialogue.answer("{\"id\":8,\"type\":\"ok\",\"value\":[12,7]}", 8, send))
                .isEqualTo(Response.ok(told));
        assertThat(dialogue.answer("{\"id\":8,\"type\":\"ok\"}", 8, send)).isEqualTo(Response.done());
        assertThatThrownBy(() -> dialogue.answer("{\"id\":7,\"type\":\"ok\",\"value\":[7]}", 7, Optional.of(poll)))
                .hasMessageContaining("expected [offset, message]");
        assertThatThrownBy(() -> dialogue.answer("{\"id\":7,\"type\":\"ok\",\"value\":7}", 7, Optional.of(poll)))
                .hasMessageContaining("expected an array of [offset, message]");
        assertThatThrownBy(() -> dialogue.answer("{\"id\":7,\"type\":\"ok\"}", 7, Optional.of(poll)))
                .hasMessageContaining("expected the \"value\" that was read");
    }

    @Test
    void aSnapshotIsReadByTheNamesOfItsKeys() throws Exception {
        Request snapshot = Request.snapshot(List.of(X, Value.of(5), Value.of("z")));

        assertThat(dialogue.answer("{\"id\":1,\"type\":\"ok\",\"value\":{\"5\":2,\"x\":1}}", 1, Optional.of(snapshot)))
                .isEqualTo(Response.ok(
                        new Value.MapOf(Map.of(X, Value.of(1), Value.of(5), Value.of(2), Value.of("z"), Value.NIL))));
        assertThatThrownBy(() -> dialogue.answer("{\"id\":1,\"type\":\"ok\",\"value\":[1]}", 1, Optional.of(snapshot)))
                .hasMessageContaining("expected an object with the value of each key");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "oops | expected a JSON object on a line",
                "[1] | expected a JSON object on a line",
                "{\"id\":6,\"type\":\"ok\",\"value\":1} | expected the answer to request 7",
                "{\"id\":99999999999999999999999,\"type\":\"ok\",\"value\":1} | expected the answer to request 7",
                "{\"id\":\"7\",\"type\":\"ok\",\"value\":1} | expected the answer to request 7",
                "{\"id\":7,\"value\":1} | expected a \"type\" of ok, fail or info",
                "{\"id\":7,\"type\":\"ok\"} | expected the \"value\" that was read",
                "{\"id\":7,\"type\":\"ok\",\"value\":1.5} | expected null, true, false, a string",
                "{\"id\":7,\"type\":\"ok\",\"value\":{\"a\":1}} | expected null, true, false, a string",
                "{\"id\":7,\"type\":\"ok\",\"value\":1,\"node\":\"n9\"} | as \"node\"",
                "{\"id\":7,\"type\":\"ok\",\"value\":1,\"version\":\"4\"} | as \"version\"",
                "{\"id\":7,\"type\":\"ok\",\"value\":1,\"asOf\":-1} | as \"asOf\""
            })
    void whatIsNoAnswerIsRefusedWithWhatWasFoundAndExpected(String line, String expected) {
        assertThatThrownBy(() -> dialogue.answer(line, 7, READ))
                .isInstanceOf(NotUnderstoodException.class)
                .hasMessageStartingWith("found " + line)
                .hasMessageContaining(expected);
    }

    @Test
    void aLongLineIsShownByItsBeginning() {
        assertThatThrownBy(() -> dialogue.answer("x".repeat(300), 7, READ))
                .hasMessageStartingWith("found " + "x".repeat(200) + "..., expected");
    }

    @Test
    void aClientSaysWhatItUnderstands() throws Exception {
        assertThat(Dialogue.hello("{\"hello\":1,\"functions\":[\"read\",\"cas\"],\"store\":\"mine 1.2\"}"))
                .satisfies(hello -> {
                    assertThat(hello.functions()).containsExactly("read", "cas");
                    assertThat(hello.store()).contains("mine 1.2");
                });
        assertThat(Dialogue.hello("{\"hello\":1}").store()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"hello\":2}", "{\"hello\":\"1\"}", "{}", "hello", ""})
    void anotherGreetingIsRefused(String line) {
        assertThatThrownBy(() -> Dialogue.hello(line)).isInstanceOf(NotUnderstoodException.class);
    }
}
