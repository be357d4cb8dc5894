package dev.umpire.harness.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.harness.environment.KeyedRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FreeSessionsTest {

    @Test
    void noListChangesWhateverIsMadeOfIt() {
        KeyedRandom.Stream draws = new KeyedRandom(7).stream("sessions");
        List<FreeSessions> made = new ArrayList<>(List.of(FreeSessions.NONE));
        List<List<Integer>> meant = new ArrayList<>(List.of(List.of()));
        for (int i = 0; i < 2_000; i++) {
            KeyedRandom.Stream draw = draws.split(i);
            int from = draw.chance(0.8, 0) ? made.size() - 1 : draw.below(made.size(), 1);
            List<Integer> numbers = new ArrayList<>(meant.get(from));
            if (numbers.isEmpty() || draw.chance(0.55, 2)) {
                numbers.add(i);
                made.add(made.get(from).with(i));
            } else {
                Integer gone = numbers.remove(draw.chance(0.8, 3) ? 0 : draw.below(numbers.size(), 4));
                made.add(made.get(from).without(gone));
            }
            meant.add(numbers);
        }
        assertThat(made).isEqualTo(meant);
    }

    @Test
    void whoIsNotFreeCannotBeTaken() {
        FreeSessions free = FreeSessions.NONE.with(3).with(5);

        assertThatThrownBy(() -> free.without(4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("session: found 4, expected one of [3, 5]");
    }
}
