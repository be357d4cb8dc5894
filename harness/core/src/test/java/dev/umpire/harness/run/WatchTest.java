package dev.umpire.harness.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.Guarantee;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.harness.environment.KeyedRandom;
import dev.umpire.harness.generator.Context;
import dev.umpire.harness.generator.Generator;
import dev.umpire.harness.generator.Generators;
import dev.umpire.harness.generator.Step;
import dev.umpire.harness.target.Request;
import dev.umpire.histories.event.Event;
import dev.umpire.histories.event.EventType;
import dev.umpire.histories.value.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchTest {
    private static final Value KEY = Value.of("x");

    private final Watch watch = Watch.over(List.of(Guarantee.READ_YOUR_WRITES), CheckOptions.DEFAULT);

    private void write(long value, EventType outcome) {
        watch.append(event(EventType.INVOKE, 0, "write").value(Value.of(value)).build());
        watch.append(event(outcome, 0, "write").value(Value.of(value)).build());
    }

    private void read(Value value) {
        watch.append(event(EventType.INVOKE, 0, "read").build());
        watch.append(event(EventType.OK, 0, "read").value(value).build());
    }

    private static Event.Builder event(EventType type, int process, String function) {
        return Event.of(type).process(process).function(function).key(KEY);
    }

    private static Context context() {
        return new Context(0, new KeyedRandom(1), 1, List.of(0), List.of(), true);
    }

    @Test
    void theActionsEndAtTheFirstViolationAndNotBefore() {
        Generator actions = watch.until(Generators.requests(number -> Request.read(KEY)));
        write(1, EventType.OK);
        read(Value.of(1));
        assertThat(watch.stop()).isEmpty();
        assertThat(actions.next(context())).isInstanceOf(Step.Emit.class);

        read(Value.NIL);

        EarlyStop stop = watch.stop().orElseThrow();
        assertThat(stop.guarantee()).isEqualTo("read-your-writes");
        assertThat(stop.operation()).isEqualTo(2);
        assertThat(stop.sentence()).contains("returned nil, the initial value");
        assertThat(actions.next(context())).isEqualTo(Step.DONE);
    }

    @Test
    void theFirstViolationIsTheOneThatIsTold() {
        write(1, EventType.FAIL);
        read(Value.of(1));
        write(2, EventType.OK);
        read(Value.NIL);

        assertThat(watch.stop().orElseThrow().guarantee()).isEqualTo("integrity");
        assertThat(watch.stop().orElseThrow().sentence()).contains("a value that took no effect");
    }

    @Test
    void integrityIsWatchedInAnyCaseAndOthersIfTheyCanBe() {
        assertThat(watch.guarantees()).containsExactly("read-your-writes", "integrity");
        assertThat(Watch.over(
                                List.of(Guarantee.DURABILITY, Guarantee.MONOTONIC_READS),
                                CheckOptions.DEFAULT.with(WriteOrder.SESSION))
                        .guarantees())
                .containsExactly("integrity");
        assertThat(Watch.none().guarantees()).isEmpty();
    }

    @Test
    void aCheckerThatGivesUpEndsNoRunAndIsTold() {
        Event nobodyAsked = event(EventType.OK, 7, "read").value(Value.NIL).build();
        watch.append(nobodyAsked);
        read(Value.of(99));

        assertThat(watch.stop()).isEmpty();
        assertThat(watch.troubles()).hasSize(2);
        assertThat(watch.troubles().get(0)).startsWith("read-your-writes could not be watched any more");
    }
}
