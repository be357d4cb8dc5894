package dev.umpire.checkers.linearizable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.checkers.model.Models;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.NilReads;
import dev.umpire.histories.History;
import dev.umpire.histories.event.MalformedHistoryException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a search that is not ours is given. */
class ObjectHistoriesTest {
    private static final String TWO_KEYS = """
            {:process 0, :type :invoke, :f :write, :key "x", :value 1}
            {:process 1, :type :invoke, :f :read, :key "y"}
            {:process 0, :type :ok, :f :write, :key "x", :value 1}
            {:process 1, :type :ok, :f :read, :key "y", :value nil}
            {:process 2, :type :invoke, :f :write, :key "y", :value 2}
            {:process 2, :type :fail, :f :write, :key "y", :value 2}
            {:process 3, :type :invoke, :f :read, :key "x"}
            {:process 3, :type :info, :f :read, :key "x"}
            {:process 1, :type :invoke, :f :read, :key "x"}
            {:process 1, :type :ok, :f :read, :key "x", :value 1}
            """;

    @Test
    void everyKeyIsAnObjectWithoutWhatFailedOrCouldOnlyHaveObserved() throws MalformedHistoryException {
        ObjectHistories objects = ObjectHistories.of(History.parse(TWO_KEYS), CheckOptions.DEFAULT);

        assertThat(objects.model()).isSameAs(Models.REGISTER);
        assertThat(objects.count()).isEqualTo(2);
        assertThat(objects.operationCount()).isEqualTo(3);
        assertThat(objects.operations(0)).containsExactly(0, 4);
        assertThat(objects.operations(1)).containsExactly(1);
    }

    @Test
    void aNilReadIsGivenUnlessTheOptionsSayThatItTellsNothing() throws MalformedHistoryException {
        History history = History.parse(TWO_KEYS);
        ObjectHistories absent = ObjectHistories.of(history, CheckOptions.DEFAULT);
        ObjectHistories unknown = ObjectHistories.of(history, CheckOptions.DEFAULT.with(NilReads.UNKNOWN));

        assertThat(absent.operations(1)).containsExactly(1);
        assertThat(absent.isObliged(1)).isTrue();
        assertThat(unknown.count()).isOne();
        assertThat(unknown.isObliged(4)).isTrue();
        assertThat(unknown.isObliged(0)).isFalse();
    }

    @Test
    void aFunctionThatTheModelDoesNotKnowIsNamed() throws MalformedHistoryException {
        ObjectHistories objects = ObjectHistories.of(History.parse(TWO_KEYS), CheckOptions.DEFAULT.withModel("mutex"));

        assertThat(objects.refusal())
                .hasValueSatisfying(text -> assertThat(text)
                        .startsWith("the model mutex does not know the function write (event 0); the built-in models"));
        assertThat(ObjectHistories.of(History.parse(TWO_KEYS), CheckOptions.DEFAULT, Models.CAS_REGISTER)
                        .refusal())
                .isEmpty();
    }

    @Test
    void aModelThatIsNotThereIsRefusedWithTheNamesOfThoseThatAre() {
        assertThatThrownBy(() -> ObjectHistories.of(History.of(List.of()), CheckOptions.DEFAULT.withModel("registre")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("model: found registre, expected one of register, ");
    }

    @Test
    void theViolatingOperationIsToldFirst() throws MalformedHistoryException {
        ObjectHistories objects = ObjectHistories.of(History.parse(TWO_KEYS), CheckOptions.DEFAULT);

        assertThat(objects.sentence(List.of(0, 4)))
                .startsWith("session 1 read x (event 8 to event 9), which returned 1, and no order of the operations"
                        + " that keeps real time explains it; the nearest operations: session 0 wrote x=1");
    }
}
