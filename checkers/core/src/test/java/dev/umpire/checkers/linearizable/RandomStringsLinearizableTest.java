package dev.umpire.checkers.linearizable;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.oracle.Share;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.histories.History;
import dev.umpire.histories.event.Event;
import dev.umpire.histories.event.EventType;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Strings that are put, appended to and got, against every order; {@code -Dumpire.seed=N} begins with another seed. */
class RandomStringsLinearizableTest {
    private static final long FIRST = Long.getLong("umpire.seed", 1);
    private static final int HISTORIES = Share.of(5_000);

    private record Op(String function, String text, int invoked, int completed) {
        boolean isRequired() {
            return completed != History.NEVER;
        }
    }

    @Test
    void lookingAheadToWhatIsYetToBeReadChangesNoAnswer() {
        int broken = 0;
        for (long seed = FIRST; seed < FIRST + HISTORIES; seed++) {
            List<Op> operations = drawn(new Random(seed));
            boolean expected = someOrder(operations, "");
            Answer answer = judged(operations);
            if ((answer != Answer.INVALID) != expected) {
                List<Op> smallest = smallest(operations);
                throw new AssertionError("seed " + seed + " is judged " + answer + ", smallest: " + smallest);
            }
            broken += expected ? 0 : 1;
        }
        assertThat(broken).isBetween(HISTORIES / 10, HISTORIES * 9 / 10);
    }

    private static List<Op> smallest(List<Op> operations) {
        for (int i = 0; i < operations.size(); i++) {
            List<Op> fewer = new ArrayList<>(operations);
            fewer.remove(i);
            if ((judged(fewer) != Answer.INVALID) != someOrder(fewer, "")) {
                return smallest(fewer);
            }
        }
        return operations;
    }

    /** Up to eight operations, each string drawn from a few; gets return what a simulated order shows, or a part of it. */
    private static List<Op> drawn(Random random) {
        List<Op> operations = new ArrayList<>();
        int count = 3 + random.nextInt(6);
        String state = "";
        int clock = 0;
        for (int i = 0; i < count; i++) {
            clock += 1 + random.nextInt(3);
            int dice = random.nextInt(10);
            String text = Character.toString('a' + random.nextInt(3));
            String function = dice < 4 ? "get" : dice < 8 ? "append" : "put";
            boolean unknown = !function.equals("get") && random.nextInt(5) == 0;
            if (function.equals("get")) {
                text = state.isEmpty() || random.nextInt(4) > 0
                        ? state
                        : state.substring(0, random.nextInt(state.length()));
            } else if (!unknown || random.nextBoolean()) {
                state = function.equals("put") ? text : state + text;
            }
            int invoked = Math.max(0, 100 * clock - random.nextInt(300)) * 20 + 2 * i;
            int completed = unknown ? History.NEVER : (100 * clock + 1 + random.nextInt(300)) * 20 + 2 * i + 1;
            operations.add(new Op(function, text, invoked, completed));
        }
        return operations;
    }

    private static boolean someOrder(List<Op> left, String state) {
        if (left.stream().noneMatch(Op::isRequired)) {
            return true;
        }
        for (int i = 0; i < left.size(); i++) {
            Op next = left.get(i);
            if (left.stream().anyMatch(other -> other.completed() < next.invoked())
                    || (next.function().equals("get") && !next.text().equals(state))) {
                continue;
            }
            List<Op> rest = new ArrayList<>(left);
            rest.remove(i);
            String after = next.function().equals("append")
                    ? state + next.text()
                    : next.function().equals("put") ? next.text() : state;
            if (someOrder(rest, after)) {
                return true;
            }
        }
        return false;
    }

    private static Answer judged(List<Op> operations) {
        List<Event> events = new ArrayList<>();
        List<Integer> positions = new ArrayList<>();
        for (int i = 0; i < operations.size(); i++) {
            positions.add(operations.get(i).invoked());
            positions.add(operations.get(i).completed());
        }
        positions.stream().filter(at -> at != History.NEVER).sorted().forEach(at -> {
            for (int i = 0; i < operations.size(); i++) {
                Op operation = operations.get(i);
                boolean get = operation.function().equals("get");
                if (operation.invoked() == at) {
                    events.add(event(EventType.INVOKE, i, operation, !get));
                } else if (operation.completed() == at) {
                    events.add(event(EventType.OK, i, operation, true));
                }
            }
        });
        return Linearizable.check(History.of(events), CheckOptions.DEFAULT, "kv")
                .answer();
    }

    private static Event event(EventType type, int process, Op operation, boolean withText) {
        return Event.of(type)
                .process(process)
                .function(operation.function())
                .key(Value.of("k"))
                .value(withText ? Value.of(operation.text()) : Value.NIL)
                .build();
    }
}
