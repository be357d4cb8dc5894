package dev.umpire.harness.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.harness.plan.Load;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.Plan.NemesisPlan;
import dev.umpire.harness.plan.Plan.WorkloadPlan;
import dev.umpire.histories.event.Event;
import dev.umpire.histories.event.EventType;
import dev.umpire.histories.value.Value;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private long wallNanos;

    private Progress progress(boolean isTerminal) {
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        Plan plan = new Plan(
                Plan.VERSION,
                "store",
                3,
                Map.of(),
                new WorkloadPlan("register", Map.of()),
                8,
                20,
                OptionalLong.of(1_000),
                OptionalLong.empty(),
                0,
                Load.CLOSED.label(),
                1_000,
                1_000,
                new NemesisPlan(List.of(), 0, 0, 0, 0),
                List.of(),
                "real-time",
                1,
                false);
        return new Progress(new Terminal(stream, stream, false, isTerminal, 200), plan, () -> wallNanos);
    }

    private void twentyFiveSeconds(Progress progress) {
        progress.recorded(Event.of(EventType.INFO)
                .process(Value.keyword("nemesis"))
                .function("confirm")
                .value(new Value.MapOf(Map.of(Value.of("id"), Value.of(1), Value.of("fault"), Value.of("partition"))))
                .build());
        for (int i = 0; i < 25_000; i++) {
            wallNanos = i * 1_000_000L;
            progress.recorded(Event.of(i % 2 == 0 ? EventType.INVOKE : EventType.OK)
                    .process(1)
                    .function("write")
                    .time(wallNanos)
                    .build());
        }
        progress.end();
    }

    @Test
    void withoutATerminalThereIsALineEachTenSecondsAndNoControlCharacter() {
        twentyFiveSeconds(progress(false));

        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .hasSize(2)
                .allMatch(line -> line.contains("operations"));
        assertThat(err.toString(StandardCharsets.UTF_8))
                .doesNotContain("\u001b", "\r", "█")
                .contains("✂ partition");
    }

    @Test
    void onATerminalOneLineIsRewrittenAndTakenAwayInTheEnd() {
        twentyFiveSeconds(progress(true));

        String text = err.toString(StandardCharsets.UTF_8);
        assertThat(text)
                .contains("\r", "█", " of 1,000 operations")
                .doesNotContain("\n")
                .endsWith("\r\u001b[K");
    }
}
