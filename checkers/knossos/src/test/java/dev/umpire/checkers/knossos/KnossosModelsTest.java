package dev.umpire.checkers.knossos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import clojure.java.api.Clojure;
import dev.umpire.checkers.knossos.bridge.KnossosModels;
import dev.umpire.checkers.linearizable.Linearizable;
import dev.umpire.checkers.model.Model;
import dev.umpire.checkers.model.Models;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.histories.History;
import dev.umpire.histories.ReadOptions;
import dev.umpire.histories.value.Value;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models of Knossos in a search of ours. */
class KnossosModelsTest {

    @BeforeAll
    static void load() throws Exception {
        // a user has Knossos on the class path; here the stand-in is not, but once it is loaded nobody looks for it
        // again
        KnossosChecker.open(StandIn.inProcess()).close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"register", "cas-register", "mutex", "set", "fifo-queue"})
    void oursAndTheirsSayTheSameOfAHistory(String name) throws Exception {
        Model<?> theirs = KnossosModels.named(name);
        Model<?> ours = Models.named(name).orElseThrow();
        for (int i = 0; i < 60; i++) {
            // a dequeue of unknown outcome has no effect in their queue
            int unknown = name.equals("fifo-queue") ? 0 : 10;
            RandomObjects.Shape shape = new RandomObjects.Shape(name, 12, 3, 3, unknown, i % 2 == 1);
            String text = RandomObjects.history(i, shape);
            ReadOptions reading = ReadOptions.DEFAULT.withKeys(ReadOptions.Keys.SINGLE);
            History history =
                    History.parse(text, name.endsWith("register") ? reading.withInitial(Value.of(0)) : reading);

            Verdict expected = Linearizable.check(history, CheckOptions.DEFAULT, ours);
            Verdict verdict = Linearizable.check(history, CheckOptions.DEFAULT, theirs);

            assertThat(verdict.answer()).as("history %d%n%s", i, text).isEqualTo(expected.answer());
        }
    }

    @Test
    void aModelThatSomebodyWroteInClojureIsAModelOfOurs() throws Exception {
        Object initial = Clojure.var("knossos.model", "register").invoke(5L);
        Model<?> model = KnossosModels.of("somebody's register", Set.of("read", "write"), initial);
        History history = History.parse("""
                {:process 0, :type :invoke, :f :read}
                {:process 0, :type :ok, :f :read, :value 5}
                {:process 0, :type :invoke, :f :read}
                {:process 0, :type :ok, :f :read, :value 6}
                """);

        Verdict verdict = Linearizable.check(history, CheckOptions.DEFAULT, model);

        assertThat(verdict.anomalies()).hasSize(1);
        assertThat(verdict.anomalies().get(0).operations()).endsWith(1);
    }

    @Test
    void whatIsNoModelIsRefused() {
        assertThatThrownBy(() -> KnossosModels.of("word", Set.of("read"), "word"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("model: found a java.lang.String, expected a knossos.model.Model");
        assertThatThrownBy(() -> KnossosModels.named("stack"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("model: found stack, expected one of register, ");
    }
}
