package dev.umpire.checkers.integrity;

import static dev.umpire.checkers.oracle.Verdicts.assertBroken;
import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.histories.History;
import dev.umpire.histories.event.MalformedHistoryException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Integrity of what sets, queues and logs return. */
class ElementIntegrityTest {

    private static Verdict check(String events) {
        try {
            return Integrity.check(History.parse(events), CheckOptions.DEFAULT);
        } catch (MalformedHistoryException e) {
            throw new AssertionError(e);
        }
    }

    /** Session 0 puts 7 there, session 1 gets it. */
    private static String put(String function, String outcome) {
        return "{:process 0, :type :invoke, :f :F, :key :x, :value 7}\n".replace("F", function)
                + "{:process 0, :type :O, :f :F, :key :x, :value 7}\n"
                        .replace("O", outcome)
                        .replace("F", function);
    }

    private static String get(String function, String value) {
        return "{:process 1, :type :invoke, :f :F, :key :x, :value nil}\n".replace("F", function)
                + "{:process 1, :type :ok, :f :F, :key :x, :value V}\n"
                        .replace("F", function)
                        .replace("V", value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "add; read; [7]; added; session 1 read :x (1), which returned [7], with 7",
                "enqueue; dequeue; 7; enqueued; session 1 dequeued 7 from :x (1)",
                "enqueue; drain; [7]; enqueued; session 1 dequeued 7 from :x (1)",
                "send; poll; [[0 7]]; sent; session 1 polled 7 at offset 0 of :x (1)"
            })
    void whatNobodyPutThereInTimeIsTold(String put, String get, String value, String did, String got) {
        String putting = "session 0 " + did + " 7 to :x (0, OUTCOME)";
        assertThat(check(put(put, "ok") + get(get, value)).answer()).isEqualTo(Answer.VALID);
        assertThat(check(put(put, "info") + get(get, value)).answer()).isEqualTo(Answer.VALID);

        assertBroken(
                check(put(put, "ok").replace("7", "8") + get(get, value)),
                "PHANTOM_READ",
                at(got, 2) + ", which nobody put there",
                1);
        assertBroken(
                check(put(put, "fail") + get(get, value)),
                "ABORTED_READ",
                at(got, 2) + ", which took no effect: " + at(putting, 0).replace("OUTCOME", "failed")
                        + ", and nobody else put it there",
                0,
                1);
        assertBroken(
                check(get(get, value) + put(put, "ok")),
                "FUTURE_READ",
                at(got, 0) + " before anybody put it there: "
                        + at(putting, 2).replace("OUTCOME", "acknowledged")
                        + ", invoked some time after that had completed",
                1,
                0);
    }

    private static String at(String sentence, int event) {
        return sentence.replaceFirst("\\([01]", "(event " + event + " to event " + (event + 1));
    }

    @Test
    void pairsAgainstPlainElementsCannotBeCompared() {
        assertThat(check("""
                {:process 0, :type :invoke, :f :add, :value [0 1]}
                {:process 0, :type :ok, :f :add, :value [0 1]}
                {:process 0, :type :invoke, :f :read, :value nil}
                {:process 0, :type :ok, :f :read, :value [1]}
                """).reason().orElseThrow())
                .startsWith("the set holds pairs [key element] as they were added and plain elements");
    }
}
