package dev.umpire.harness.explore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.harness.target.Node;
import dev.umpire.histories.event.Event;
import dev.umpire.histories.event.EventType;
import dev.umpire.histories.value.Value;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is remembered of one run of many. */
class SeenTest {
    private final Seen seen = new Seen();

    private void told(String function) {
        seen.recorded(Event.of(EventType.INFO)
                .process(Value.of("nemesis"))
                .function(function)
                .value(new Value.MapOf(Map.of(
                        Value.of("id"),
                        Value.of(0),
                        Value.of("fault"),
                        Value.of("crash"),
                        Value.of("nodes"),
                        Value.of(List.of(Value.of("n1"))))))
                .build());
    }

    private void logged(String line) {
        seen.append(new Node("n1"), line);
    }

    @Test
    void whatANodeLogsWhileAFaultIsInForceOnItIsAnotherState() {
        logged("waits");
        told("inject");
        logged("waits");
        told("confirm");
        told("heal");
        told("gone");
        logged("leads");

        assertThat(seen.states().keySet())
                .containsExactly(
                        "[]|waits",
                        "[]|inject crash after waits",
                        "[crash]|waits",
                        "[crash]|heal crash after waits",
                        "[]|leads");
    }

    @Test
    void aHealThatDidNotUndoItsFaultIsNotItsEnd() {
        told("inject");
        told("confirm");
        told("heal");
        told("unconfirmed");
        logged("leads");
        told("heal");
        logged("follows");

        assertThat(seen.states().keySet())
                .contains("[crash]|leads", "[]|follows")
                .doesNotContain("[]|leads");
    }
}
