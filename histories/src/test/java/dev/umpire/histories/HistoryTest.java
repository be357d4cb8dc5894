package dev.umpire.histories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.histories.event.Event;
import dev.umpire.histories.event.EventType;
import dev.umpire.histories.value.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryTest {

    @Test
    void operationsAreNumberedByTheirInvocationsAndPairedByProcess() {
        List<Event> events = List.of(
                event(EventType.INVOKE, 0, "write")
                        .key(Value.of("x"))
                        .value(Value.of(1))
                        .time(10)
                        .node("n1")
                        .build(),
                event(EventType.INVOKE, 1, "read")
                        .key(Value.of("x"))
                        .time(20)
                        .session(7)
                        .build(),
                event(EventType.OK, 1, "read")
                        .key(Value.of("x"))
                        .value(Value.of(1))
                        .time(30)
                        .version(5)
                        .build(),
                event(EventType.INFO, 0, "write")
                        .key(Value.of("x"))
                        .error("timeout")
                        .time(40)
                        .build());

        History history = History.of(events);

        assertThat(history.size()).isEqualTo(2);
        assertThat(history.outcome(0)).isEqualTo(Outcome.INFO);
        assertThat(history.completed(0)).isEqualTo(History.NEVER);
        assertThat(history.ended(0)).isEqualTo(3);
        assertThat(history.completed(1)).isEqualTo(2);
        assertThat(history.readValue(1, 0)).isEqualTo(history.writeValue(0, 0));
        assertThat(history.operation(1).session()).isEqualTo(Value.of(7));
        assertThat(history.operation(0).session()).isEqualTo(Value.of(0));
        assertThat(history.operation(1).version()).hasValue(5);
        assertThat(history.operation(0).node()).contains("n1");
        assertThat(history.events()).containsExactlyElementsOf(events);
    }

    @Test
    void aCompletionWithoutAnInvocationIsRefusedWithItsNumber() {
        assertThatThrownBy(
                        () -> History.of(List.of(event(EventType.OK, 3, "read").build())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("event 0: found :ok of process 3 without an invocation, "
                        + "expected an :invoke of the same process before it");
    }

    private static Event.Builder event(EventType type, long process, String function) {
        return Event.of(type).process(process).function(function);
    }
}
