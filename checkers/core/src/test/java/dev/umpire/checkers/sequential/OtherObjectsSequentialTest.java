package dev.umpire.checkers.sequential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.model.Model;
import dev.umpire.checkers.model.Models;
import dev.umpire.checkers.oracle.Share;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.histories.History;
import dev.umpire.histories.event.Event;
import dev.umpire.histories.event.EventType;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Objects that are no registers, in random histories against the definition. */
class OtherObjectsSequentialTest {
    private static final long SEED = Long.getLong("umpire.seed", 20261125L);

    /** Draws what one operation asks of the object. */
    private interface Drawing {
        Asked draw(Random random, int number);
    }

    private record Asked(String function, Optional<Value> argument) {}

    @Test
    void listsAreJudgedAsDefined() {
        assertJudgedAsDefined(
                Models.LIST_APPEND,
                (random, number) -> random.nextInt(5) < 2 ? asked("append", Value.of(number)) : asked("read"));
    }

    @Test
    void listsOfElementsThatAreAppendedTwiceAreJudgedAsDefined() {
        assertJudgedAsDefined(
                Models.LIST_APPEND,
                (random, number) ->
                        random.nextInt(5) < 2 ? asked("append", Value.of(random.nextInt(2))) : asked("read"));
    }

    @Test
    void stringsAreJudgedAsDefined() {
        assertJudgedAsDefined(Models.KEY_VALUE, (random, number) -> switch (random.nextInt(5)) {
            case 0 -> asked("put", Value.of("p" + random.nextInt(2)));
            case 1 -> asked("append", Value.of("a" + random.nextInt(2)));
            default -> asked("get");
        });
    }

    @Test
    void locksAreJudgedAsDefined() {
        assertJudgedAsDefined(Models.MUTEX, (random, number) -> asked(random.nextBoolean() ? "acquire" : "release"));
    }

    @Test
    void registersWithFewValuesAreJudgedAsDefined() {
        assertJudgedAsDefined(Models.CAS_REGISTER, (random, number) -> switch (random.nextInt(5)) {
            case 0 -> asked("write", Value.of(random.nextInt(2)));
            case 1 -> asked("cas", Value.of(List.of(Value.of(random.nextInt(2)), Value.of(random.nextInt(2)))));
            default -> asked("read");
        });
    }

    private static Asked asked(String function) {
        return new Asked(function, Optional.empty());
    }

    private static Asked asked(String function, Value argument) {
        return new Asked(function, Optional.of(argument));
    }

    private static void assertJudgedAsDefined(Model<?> model, Drawing drawing) {
        int[] found = new int[2];
        for (int i = 0; i < Share.of(500); i++) {
            long seed = SEED * 1_000_003 + i;
            History history = draw(new Random(seed), model, drawing);
            boolean expected = SequentialOracle.isSequential(history, model);
            Verdict verdict = Sequential.check(history, CheckOptions.DEFAULT.withModel(model.name()));
            found[expected ? 0 : 1]++;
            assertThat(verdict.answer())
                    .as(() -> "umpire.seed=" + SEED + " history " + i(seed) + " " + verdict + "\n" + text(history))
                    .isEqualTo(!expected ? Answer.INVALID : verdict.obliged() == 0 ? Answer.UNKNOWN : Answer.VALID);
        }
        assertThat(found[0]).as("sequential ones").isGreaterThan(Share.seen(30));
        assertThat(found[1]).as("broken ones").isGreaterThan(Share.seen(30));
    }

    private static long i(long seed) {
        return seed - SEED * 1_000_003;
    }

    private static String text(History history) {
        StringBuilder lines = new StringBuilder();
        history.events().forEach(event -> lines.append(event).append('\n'));
        return lines.toString();
    }

    /** Operations take effect one after the other as the model says, some seen by a lagging copy, some answers wrong. */
    private static <S> History draw(Random random, Model<S> model, Drawing drawing) {
        int sessions = 2 + random.nextInt(2);
        int size = 3 + random.nextInt(4);
        List<Event> events = new ArrayList<>();
        List<Value> lists = new ArrayList<>(List.of(Value.NIL));
        Value present = Value.NIL;
        for (int number = 0; number < size; number++) {
            int session = random.nextInt(sessions);
            Asked asked = drawing.draw(random, number);
            Value key = Value.of(model == Models.MUTEX ? 0 : random.nextInt(2));
            boolean unknown = random.nextInt(5) == 0;
            Event.Builder invocation = event(EventType.INVOKE, session, asked.function(), key);
            asked.argument().ifPresent(invocation::value);
            events.add(invocation.build());
            Event.Builder completion = event(unknown ? EventType.INFO : EventType.OK, session, asked.function(), key);
            if (asked.argument().isPresent()) {
                completion.value(asked.argument().get());
                present = after(model, present, asked);
                lists.add(present);
            } else if (!unknown) {
                completion.value(lists.get(Math.max(0, lists.size() - 1 - random.nextInt(3))));
            }
            events.add(completion.build());
        }
        return History.of(events);
    }

    /** One object stands for both keys, so that about half of what is read is wrong. */
    private static Value after(Model<?> model, Value present, Asked asked) {
        Value argument = asked.argument().orElse(Value.NIL);
        if (model == Models.LIST_APPEND) {
            List<Value> more =
                    new ArrayList<>(present instanceof Value.Sequence sequence ? sequence.elements() : List.of());
            more.add(argument);
            return Value.of(more);
        }
        if (asked.function().equals("append")) {
            return Value.of((present.isNil() ? "" : present.toString()) + argument);
        }
        return asked.function().equals("cas")
                ? ((Value.Sequence) argument).elements().get(1)
                : argument;
    }

    private static Event.Builder event(EventType type, int session, String function, Value key) {
        return Event.of(type).process(session).function(function).key(key);
    }
}
