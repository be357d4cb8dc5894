package dev.umpire.checkers.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.linearizable.Linearizable;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.histories.History;
import dev.umpire.histories.event.MalformedHistoryException;
import dev.umpire.histories.value.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a get may return of what was put, as it was put, and of what was appended, as text. */
class KeyValueTest {
    private static final KeyValueModel MODEL = new KeyValueModel();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            1       | 1       | VALID
            1       | "1"     | INVALID
            "1"     | 1       | INVALID
            1       | 1N      | INVALID
            1       | 1.0     | INVALID
            true    | "true"  | INVALID
            :a      | ":a"    | INVALID
            [1 [2]] | (1 (2)) | VALID
            [1 [2]] | [1 ["2"]] | INVALID
            #{1 2}  | #{2 1}  | VALID
            {:a 1}  | {:a "1"} | INVALID
            nil     | ""      | VALID
            ""      | nil     | VALID
            """)
    void whatWasPutIsTheSameValueWhenItIsGot(String put, String got, Answer expected) throws MalformedHistoryException {
        assertThat(judged("""
                {:process 0, :type :invoke, :f :put, :key "k", :value %1$s}
                {:process 0, :type :ok, :f :put, :key "k", :value %1$s}
                {:process 1, :type :invoke, :f :get, :key "k", :value nil}
                {:process 1, :type :ok, :f :get, :key "k", :value %2$s}
                """.formatted(put, got))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            1   | 2   | "12" | VALID
            1   | 2   | 12   | VALID
            "1" | "2" | "12" | VALID
            "a" | 2   | "a2" | VALID
            1   | ""  | "1"  | VALID
            nil | 2   | "2"  | VALID
            1   | 2   | "21" | INVALID
            """)
    void whatWasAppendedIsGotAsTextWhateverWasPutBefore(String put, String appended, String got, Answer expected)
            throws MalformedHistoryException {
        assertThat(judged("""
                {:process 0, :type :invoke, :f :put, :key "k", :value %1$s}
                {:process 0, :type :ok, :f :put, :key "k", :value %1$s}
                {:process 0, :type :invoke, :f :append, :key "k", :value %2$s}
                {:process 0, :type :ok, :f :append, :key "k", :value %2$s}
                {:process 1, :type :invoke, :f :get, :key "k", :value nil}
                {:process 1, :type :ok, :f :get, :key "k", :value %3$s}
                """.formatted(put, appended, got))).isEqualTo(expected);
    }

    /** The search may put the get before the append of unknown outcome, where the number is still one. */
    @Test
    void aNumberThatIsGotAsTextHasBeenAppendedTo() throws MalformedHistoryException {
        assertThat(judged("""
                {:process 0, :type :invoke, :f :put, :key "k", :value 1}
                {:process 0, :type :ok, :f :put, :key "k", :value 1}
                {:process 0, :type :invoke, :f :append, :key "k", :value ""}
                {:process 0, :type :info, :f :append, :key "k", :value ""}
                {:process 1, :type :invoke, :f :get, :key "k", :value nil}
                {:process 1, :type :ok, :f :get, :key "k", :value "1"}
                {:process 1, :type :invoke, :f :get, :key "k", :value nil}
                {:process 1, :type :ok, :f :get, :key "k", :value "2"}
                """)).isEqualTo(Answer.INVALID);
    }

    @Test
    void whatIsThereIsTheBeginningOfWhatIsGot() {
        Value put = Value.of("x");
        var state = MODEL.step(MODEL.initial(Value.NIL), Call.of("put", put)).orElseThrow();

        assertThat(MODEL.leadsTo(state, Call.of("get", Value.NIL, put))).isTrue();
        assertThat(MODEL.leadsTo(state, Call.of("get", Value.NIL, Value.of("xy"))))
                .isTrue();
        assertThat(MODEL.leadsTo(state, Call.of("get", Value.NIL, Value.of("yx"))))
                .isFalse();
    }

    private static Answer judged(String events) throws MalformedHistoryException {
        return Linearizable.check(History.parse(events), CheckOptions.DEFAULT).answer();
    }
}
