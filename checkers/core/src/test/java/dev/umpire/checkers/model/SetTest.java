package dev.umpire.checkers.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.linearizable.Linearizable;
import dev.umpire.checkers.sequential.Sequential;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.histories.History;
import dev.umpire.histories.event.MalformedHistoryException;
import dev.umpire.histories.value.Value;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Of which reads a set is a state. */
class SetTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            g-set | [1 2]   | VALID
            g-set | (2 1)   | VALID
            g-set | #{1 2}  | VALID
            g-set | [1 1]   | INVALID
            g-set | [1 1 2] | INVALID
            g-set | (1 1 2) | INVALID
            set   | [2 1]   | VALID
            set   | [1 1]   | INVALID
            set   | [1 2 2] | INVALID
            set   | [1 2 1] | INVALID
            """)
    void aReadThatShowsAnElementTwiceShowsNoSet(String model, String read, Answer expected)
            throws MalformedHistoryException {
        History history = History.parse("""
                {:process 0, :type :invoke, :f :add, :key "s", :value 1}
                {:process 0, :type :ok, :f :add, :key "s", :value 1}
                {:process 0, :type :invoke, :f :add, :key "s", :value 2}
                {:process 0, :type :ok, :f :add, :key "s", :value 2}
                {:process 1, :type :invoke, :f :read, :key "s", :value nil}
                {:process 1, :type :ok, :f :read, :key "s", :value %s}
                """.formatted(read));
        Model<?> judge = Models.named(model).orElseThrow();

        assertThat(Linearizable.check(history, CheckOptions.DEFAULT, judge).answer())
                .isEqualTo(expected);
        assertThat(Sequential.check(history, CheckOptions.DEFAULT, judge).answer())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"g-set", "set"})
    void aListWithAnElementTwiceIsNoSetToBeginWith(String model) {
        Value twice = Value.of(List.of(Value.of(1), Value.of(1)));

        assertThat(Models.named(model).orElseThrow().refusal(twice))
                .contains("found [1, 1] as the initial value, expected each element once");
        assertThat(Models.named(model).orElseThrow().refusal(Value.of(List.of(Value.of(1)))))
                .isEmpty();
    }
}
