package dev.umpire.checkers.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.oracle.Share;
import dev.umpire.histories.value.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Bags and rows of values, the states of sets and queues, against collections of the library. */
class BagTest {

    /** Some of them have equal hashes, as strings have. */
    private static Value drawn(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            text.append(random.nextBoolean() ? "Aa" : "BB");
        }
        return random.nextBoolean() ? Value.of(text.toString()) : Value.of(random.nextInt(40));
    }

    private static Bag of(Map<Value, Integer> counts, Random random) {
        Bag bag = Bag.EMPTY;
        for (var entry : counts.entrySet()) {
            for (int i = 0; i < entry.getValue(); i++) {
                bag = bag.plus(entry.getKey());
            }
            // what came and went leaves no trace
            Value passing = drawn(random);
            bag = bag.plus(passing).minus(passing);
        }
        return bag;
    }

    @Test
    void aBagHoldsWhatWasPutInAndNotTakenOut() {
        Random random = new Random(Long.getLong("umpire.seed", 5));
        for (int run = 0; run < Share.of(60); run++) {
            Bag bag = Bag.EMPTY;
            Map<Value, Integer> counts = new HashMap<>();
            for (int step = 0; step < 80; step++) {
                Value value = drawn(random);
                if (random.nextBoolean() || !counts.containsKey(value)) {
                    bag = bag.plus(value);
                    counts.merge(value, 1, Integer::sum);
                } else {
                    bag = bag.minus(value);
                    counts.computeIfPresent(value, (v, count) -> count == 1 ? null : count - 1);
                }
                assertThat(bag.count(value)).isEqualTo(counts.getOrDefault(value, 0));
                assertThat(bag.contains(value)).isEqualTo(counts.containsKey(value));
                assertThat(bag.distinct()).isEqualTo(counts.size());
                assertThat(bag.size())
                        .isEqualTo(counts.values().stream().mapToInt(i -> i).sum());
                assertThat(bag.allMatch(counts::containsKey)).isTrue();
                assertThat(bag.allMatch(other -> !other.equals(value))).isEqualTo(!counts.containsKey(value));
            }
            Bag again = of(counts, random);
            assertThat(again).isEqualTo(bag).hasSameHashCodeAs(bag);
            Value more = drawn(random);
            assertThat(again.plus(more)).isNotEqualTo(bag);
            assertThat(again.plus(more).hashCode()).isNotEqualTo(bag.hashCode());
            for (Value value : counts.keySet()) {
                assertThat(bag.toString()).contains(value + (counts.get(value) == 1 ? "" : "×" + counts.get(value)));
            }
        }
    }

    @Test
    void bagsOfOtherElementsWithEqualHashesDiffer() {
        Value one = Value.of("Aa");
        Value other = Value.of("BB");
        assertThat(one).hasSameHashCodeAs(other);
        assertThat(Bag.EMPTY.plus(one)).isNotEqualTo(Bag.EMPTY.plus(other));
        assertThat(Bag.EMPTY.plus(one).plus(other))
                .isEqualTo(Bag.EMPTY.plus(other).plus(one));
        assertThat(Bag.EMPTY.plus(one).plus(one))
                .isNotEqualTo(Bag.EMPTY.plus(one).plus(other));
        assertThat(Bag.EMPTY.plus(one).plus(other).minus(one)).isEqualTo(Bag.EMPTY.plus(other));
        assertThat(Bag.EMPTY.plus(one).minus(one)).isEqualTo(Bag.EMPTY);
    }

    @Test
    void aQueueGivesOutInOrderAndForgetsWhatItGave() {
        Random random = new Random(Long.getLong("umpire.seed", 6));
        for (int run = 0; run < Share.of(60); run++) {
            Queue queue = Queue.EMPTY;
            java.util.ArrayDeque<Value> expected = new java.util.ArrayDeque<>();
            for (int step = 0; step < 40; step++) {
                if (random.nextInt(5) < 3 || expected.isEmpty()) {
                    Value value = drawn(random);
                    // another branch from the same state takes the place behind it
                    queue.plus(Value.of("elsewhere"));
                    queue = queue.plus(value);
                    expected.add(value);
                } else {
                    assertThat(queue.first()).isEqualTo(expected.remove());
                    queue = queue.withoutFirst();
                }
                assertThat(queue.size()).isEqualTo(expected.size());
                assertThat(queue.isEmpty()).isEqualTo(expected.isEmpty());
            }
            Queue again = Queue.EMPTY;
            for (Value value : expected) {
                again = again.plus(value);
            }
            assertThat(again).isEqualTo(queue).hasSameHashCodeAs(queue);
            assertThat(again.plus(Value.of(1))).isNotEqualTo(queue);
            assertThat(again.plus(Value.of(1))).isNotEqualTo(queue.plus(Value.of(2)));
            assertThat(again.toString())
                    .isEqualTo("["
                            + String.join(
                                    " ", expected.stream().map(Value::toString).toList()) + "]");
        }
    }

    @Test
    void queuesOfTheSameValuesInAnotherOrderDiffer() {
        Value one = Value.of("Aa");
        Value other = Value.of("BB");
        assertThat(Queue.EMPTY.plus(one).plus(other))
                .isNotEqualTo(Queue.EMPTY.plus(other).plus(one));
        assertThat(Queue.EMPTY.plus(one)).isNotEqualTo(Queue.EMPTY.plus(other));
        assertThat(Queue.EMPTY.plus(one).plus(other).withoutFirst()).isEqualTo(Queue.EMPTY.plus(other));
    }
}
