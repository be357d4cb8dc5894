package dev.umpire.harness.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.harness.launcher.Usage;
import dev.umpire.harness.plan.PlanBuilder;
import dev.umpire.harness.run.Run;
import dev.umpire.histories.event.Event;
import dev.umpire.histories.event.EventType;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FiguresTest {
    private static final long MILLI = 1_000_000;
    private static final Usage USED = new Usage(1_000 * MILLI, 3_000 * MILLI, 62_000_000);

    @Test
    void aRunOfProcessesSaysHowFastItWasAndWhatItUsed() {
        List<Event> events = new ArrayList<>();
        for (int i = 1; i <= 100; i++) {
            write(events, 2_000 + 100 * i, i, EventType.OK, Optional.empty());
        }

        Figures figures = Figures.of(run(events, Optional.of(USED))).orElseThrow();

        assertThat(figures.speed()).isEqualTo("first operation after 2.1 s · 10 operations a second");
        assertThat(figures.usage())
                .isEqualTo("nodes 62 MB resident, 3.0 s of CPU time · harness 1.0 s, 25.0 % of both");
    }

    @Test
    void theFirstOperationOfARunIsCountedFromTheCommandThatBeganIt() {
        List<Event> events = new ArrayList<>();
        write(events, 1_800, 5, EventType.OK, Optional.empty());

        Run run = run(events, Optional.of(USED)).begunAfter(3_400 * MILLI);

        assertThat(Figures.of(run).orElseThrow().speed()).startsWith("first operation after 5.2 s · ");
        assertThat(run.requiring(Set.of()).begunAfterNanos()).isEqualTo(3_400 * MILLI);
    }

    @Test
    void whatFailedAndFinalReadsDoNotCount() {
        List<Event> events = new ArrayList<>();
        write(events, 0, 5, EventType.OK, Optional.empty());
        write(events, 1_000, 900, EventType.FAIL, Optional.empty());
        write(events, 5_000, 800, EventType.OK, Optional.of("final"));

        assertThat(Figures.of(run(events, Optional.of(USED))).orElseThrow().operationsPerSecond())
                .isEqualTo(1 / 0.005);
    }

    @Test
    void withoutProcessesOrAcknowledgedOperationsThereAreNone() {
        List<Event> events = new ArrayList<>();
        write(events, 0, 5, EventType.FAIL, Optional.empty());
        assertThat(Figures.of(run(events, Optional.of(USED)))).isEmpty();

        write(events, 10, 5, EventType.OK, Optional.empty());
        assertThat(Figures.of(run(events, Optional.of(USED)))).isPresent();
        assertThat(Figures.of(run(events, Optional.empty()))).isEmpty();
    }

    private static void write(List<Event> events, long millis, long tookMillis, EventType end, Optional<String> phase) {
        for (EventType type : List.of(EventType.INVOKE, end)) {
            Event.Builder event = Event.of(type)
                    .time((type == EventType.INVOKE ? millis : millis + tookMillis) * MILLI)
                    .process(0)
                    .function("write")
                    .key(Value.of("x"))
                    .value(Value.of(millis));
            phase.ifPresent(event::phase);
            events.add(event.build());
        }
    }

    private static Run run(List<Event> events, Optional<Usage> used) {
        return RunExamples.run(PlanBuilder.real("redis").build(), events, Optional.empty(), used);
    }
}
