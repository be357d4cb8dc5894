package dev.umpire.targets.simulated.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.histories.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DamageTest {
    private static final Value BANK = map("a", Value.of(0x1234), "b", Value.of(0x5678));

    private static Value map(String firstKey, Value first, String secondKey, Value second) {
        Map<Value, Value> entries = new LinkedHashMap<>();
        entries.put(Value.of(firstKey), first);
        entries.put(Value.of(secondKey), second);
        return new Value.MapOf(entries);
    }

    @Test
    void ofATornValueTheLaterHalfIsMissing() {
        assertThat(Damage.torn(Value.of(0x1234))).isEqualTo(Value.of(0x1200));
        assertThat(Damage.torn(Value.of("umpire"))).isEqualTo(Value.of("ump"));
        assertThat(Damage.torn(Value.of(List.of(Value.of(1), Value.of(2))))).isEqualTo(Value.of(List.of(Value.of(1))));
        assertThat(Damage.torn(new Value.SetOf(Set.of(Value.of(1))))).isEqualTo(new Value.SetOf(Set.of()));
        assertThat(Damage.torn(BANK)).isEqualTo(map("a", Value.of(0x1234), "b", Value.of(0x5600)));
        assertThat(Damage.torn(Value.NIL)).isEqualTo(Value.NIL);
    }

    static Stream<Value> values() {
        return Stream.of(
                Value.of(7),
                Value.of(-7),
                Value.of("umpire"),
                Value.of(List.of(Value.of(1), Value.of("two"))),
                new Value.SetOf(Set.of(Value.of(1))),
                BANK);
    }

    @ParameterizedTest
    @MethodSource("values")
    void aCorruptedValueIsAnotherOfItsKindWhicheverBitIsFlipped(Value whole) {
        assertThat(IntStream.range(-70, 70).mapToObj(bits -> Damage.corrupted(whole, bits)))
                .doesNotContain(whole)
                .hasOnlyElementsOfType(whole.getClass());
    }

    @Test
    void whatIsEmptyHasNothingToCorrupt() {
        for (Value empty : List.of(Value.NIL, Value.of(""), Value.of(List.of()), new Value.SetOf(Set.of()))) {
            assertThat(Damage.corrupted(empty, 1)).isEqualTo(empty);
        }
    }
}
