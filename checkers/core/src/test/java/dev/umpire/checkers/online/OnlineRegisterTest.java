package dev.umpire.checkers.online;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.histories.event.Event;
import dev.umpire.histories.event.EventType;
import dev.umpire.histories.value.Value;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OnlineRegisterTest {
    private static final int WRITES = 10_000;
    private static final Open NOTHING_OPEN = new Open(Operation.NEVER, Operation.NEVER);

    private final Judge judge = new Judge();
    private final OnlineRegister<Write> register = new OnlineRegister<>(new Rules<>(
            "monotonic-reads",
            CheckOptions.DEFAULT,
            Value.NIL,
            Rules.Values.ONCE,
            Rules.Others.APART,
            1,
            Optional.empty(),
            "vacuous",
            (history, options) -> Verdict.undecided("monotonic-reads", "not asked here"),
            () -> judge));

    @Test
    void whatCannotBeForgottenForLongIsNotLookedAtForEachEvent() {
        writeAndForget(0);
        assertThat(judge.asked).isLessThan(16L * WRITES);
        assertThat(register.retained()).isEqualTo(WRITES);
        judge.free = true;
        writeAndForget(WRITES);
        assertThat(register.retained()).as("one run of neighbours").isEqualTo(1);
    }

    private void writeAndForget(int first) {
        for (int value = first; value < first + WRITES; value++) {
            Operation operation = new Operation(value, Value.of(1), 2L * value, event(value));
            Write write = register.write(operation).orElseThrow();
            register.settle(write, Write.State.ACKNOWLEDGED, NOTHING_OPEN);
            register.forget(write);
        }
    }

    private static Event event(int value) {
        return Event.of(EventType.INVOKE)
                .process(1)
                .function("write")
                .value(Value.of(value))
                .build();
    }

    /** One that says only whether a write may be forgotten, and counts how often it is asked. */
    private static final class Judge implements KeyJudge<Write> {
        private boolean free;
        private long asked;

        @Override
        public Write begun(Operation operation) {
            return new Write(operation) {};
        }

        @Override
        public boolean mayForget(Write write) {
            asked++;
            return free;
        }

        @Override
        public Optional<String> settled(Write write, Open open) {
            return Optional.empty();
        }

        @Override
        public Optional<String> read(Read<Write> read) {
            return Optional.empty();
        }

        @Override
        public boolean isBroken() {
            return false;
        }

        @Override
        public long obliged() {
            return 0;
        }

        @Override
        public long examined() {
            return 0;
        }

        @Override
        public void forget(Write write) {
            // nothing is remembered of it
        }

        @Override
        public Collection<Operation> evidence() {
            return List.of();
        }

        @Override
        public long retained() {
            return 0;
        }
    }
}
