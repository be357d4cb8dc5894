package dev.umpire.checkers.causal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.checkers.oracle.Transcript;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.words.Reasons;
import dev.umpire.checkers.words.Words;
import dev.umpire.histories.History;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WitnessesTest {
    private static final History HISTORY = Transcript.parse("""
            10..11 ms  session 1  n1  write x 1  ok
            20..21 ms  session 2  n1  cas x 1 2  ok
            30..31 ms  session 3  n1  read x     ok 2
            """);

    private final Nodes nodes = Nodes.of(HISTORY, new Reasons(Words.of(HISTORY)));
    private final Witnesses blind = new Witnesses(nodes, part -> Optional.empty());

    @Test
    void whatIsProvenButCannotBeToldInAFewWordsIsToldWhole() {
        int[] all = {2, 0, 2, 1};

        assertThat(blind.shrink(all)).isEmpty();
        assertThat(blind.shrinkOrAll(all)).containsExactly(0, 1, 2);
        Anomaly told = blind.anomaly(blind.shrinkOrAll(all), CasPatterns::untold);
        assertThat(told.kind()).isEqualTo("CONTRADICTORY_CAS");
        assertThat(told.operations()).containsExactly(0, 1, 2);
        assertThat(told.sentence()).endsWith("among what these 3 operations did");
        assertThatThrownBy(() -> blind.anomaly(all)).hasMessageContaining("expected one");
    }
}
