package dev.umpire.checkers.sequential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.linearizable.Linearizable;
import dev.umpire.checkers.oracle.Transcript;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.NilReads;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.histories.History;
import dev.umpire.histories.event.MalformedHistoryException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SequentialTest {

    /** Dekker's: each writes its own flag and does not see the other's. */
    private static final String TWO_FLAGS = """
            10..20 ms  session 1  n1  write x 1  ok
            11..21 ms  session 2  n2  write y 2  ok
            30..40 ms  session 1  n1  read y     ok nil
            31..41 ms  session 2  n2  read x     ok nil
            """;

    @Test
    void twoSessionsThatDoNotSeeEachOthersFlagAreToldAsACircle() {
        Verdict verdict = check(TWO_FLAGS);

        assertThat(verdict.answer()).isEqualTo(Answer.INVALID);
        assertThat(verdict.anomalies().get(0).kind()).isEqualTo("NOT_SEQUENTIAL");
        assertThat(verdict.anomalies().get(0).operations()).containsExactlyInAnyOrder(0, 1, 2, 3);
        assertThat(verdict.anomalies().get(0).sentence())
                .isEqualTo("session 1 wrote x=1 at n1 (10 ms to 20 ms) and then read y at n1 (30 ms to 40 ms), which"
                        + " returned nil; session 1 read y at n1, which returned nil, before session 2 wrote y=2 at n2;"
                        + " session 2 wrote y=2 at n2 (11 ms to 21 ms) and then read x at n2 (31 ms to 41 ms), which"
                        + " returned nil; session 2 read x at n2, which returned nil, before session 1 wrote x=1 at n1:"
                        + " no one order of all operations that keeps each session's own order has it all");
        assertThat(verdict.obliged()).isEqualTo(2);
        assertThat(verdict.reason()).contains("what has no order together is not taken apart any further");
    }

    @Test
    void aStaleReadIsSequentialThoughNotLinearizable() {
        History history = Transcript.parse("""
                10..20 ms  session 1  n1  write x 1  ok
                30..40 ms  session 1  n1  write x 2  ok
                50..60 ms  session 2  n2  read x     ok 1
                70..80 ms  session 2  n2  read x     ok 2
                """);

        assertThat(Linearizable.check(history, CheckOptions.DEFAULT).answer()).isEqualTo(Answer.INVALID);
        Verdict verdict = Sequential.check(history, CheckOptions.DEFAULT);
        assertThat(verdict.answer()).isEqualTo(Answer.VALID);
        assertThat(verdict.algorithm()).isEqualTo("model register: an order by first effect");
    }

    @Test
    void whatIsLinearizableIsNotSearched() {
        assertThat(check("""
                10..20 ms  session 1  n1  write x 1  ok
                50..60 ms  session 2  n2  read x     ok 1
                """).algorithm()).isEqualTo("model register: linearizable, and so sequential");
    }

    @Test
    void twoSessionsThatSeeTwoWritesInOppositeOrdersAreBroken() {
        Verdict verdict = check("""
                10..20 ms  session 1  n1  write x 1  ok
                11..21 ms  session 2  n2  write x 2  ok
                30..40 ms  session 3  n1  read x     ok 1
                50..60 ms  session 3  n1  read x     ok 2
                31..41 ms  session 4  n2  read x     ok 2
                51..61 ms  session 4  n2  read x     ok 1
                """);

        assertThat(verdict.answer()).isEqualTo(Answer.INVALID);
        assertThat(verdict.anomalies().get(0).sentence())
                .contains("session 3 read x at n1 (30 ms to 40 ms), which returned 1, and then read x at n1 (50 ms")
                .endsWith(": no one order of all operations that keeps each session's own order has it all");
        assertThat(verdict.anomalies().get(0).operations()).hasSize(6);
    }

    @Test
    void aReadOfWhatNobodyWroteIsBroken() {
        Verdict verdict = check("10..20 ms  session 1  n1  read x  ok 7");

        assertThat(verdict.anomalies().get(0).sentence())
                .isEqualTo(
                        "session 1 read x at n1 (10 ms to 20 ms), which returned 7, but nobody else wrote that, so that"
                                + " no order explains it");
    }

    @Test
    void anOperationOfUnknownOutcomePrecedesNothingInItsSession() {
        assertThat(check("""
                10..20 ms  session 1  n1  write x 1  info
                30..40 ms  session 1  n1  read x     ok nil
                50..60 ms  session 2  n2  read x     ok 1
                """).answer()).isEqualTo(Answer.VALID);
    }

    @Test
    void anOperationOfUnknownOutcomeFollowsWhatPrecedesItInItsSession() {
        assertThat(check("""
                10..20 ms  session 1  n1  write x 1  ok
                30..40 ms  session 1  n1  write y 2  info
                50..60 ms  session 2  n2  read y     ok 2
                70..80 ms  session 2  n2  read x     ok nil
                """).answer()).isEqualTo(Answer.INVALID);
    }

    @Test
    void keysThatAreSequentialOneByOneNeedNotBeTogether() {
        assertThat(check(TWO_FLAGS.replace("read y     ok nil", "read y     ok 2"))
                        .answer())
                .isEqualTo(Answer.VALID);
        assertThat(check(TWO_FLAGS.lines().filter(line -> line.contains(" x ")).reduce("", (a, b) -> a + b + "\n"))
                        .answer())
                .isEqualTo(Answer.VALID);
    }

    @Test
    void listsOfWhichNeitherBeginsWithTheOtherAreIncompatible() throws MalformedHistoryException {
        Verdict verdict = edn("""
                {:process 1 :type :invoke :f :append :key :x :value 1}
                {:process 2 :type :invoke :f :append :key :x :value 2}
                {:process 1 :type :ok :f :append :key :x :value 1}
                {:process 2 :type :ok :f :append :key :x :value 2}
                {:process 3 :type :invoke :f :read :key :x}
                {:process 3 :type :ok :f :read :key :x :value [1 2]}
                {:process 4 :type :invoke :f :read :key :x}
                {:process 4 :type :ok :f :read :key :x :value [2]}
                """);

        assertThat(verdict.answer()).isEqualTo(Answer.INVALID);
        assertThat(verdict.anomalies().get(0).kind()).isEqualTo("INCOMPATIBLE_ORDER");
        assertThat(verdict.anomalies().get(0).operations()).containsExactly(2, 3);
        assertThat(verdict.anomalies().get(0).sentence())
                .endsWith("neither list begins with the other, so that no one order of the appends explains both");
    }

    @Test
    void aListReadAgainstTheOrderOfItsSessionIsBroken() throws MalformedHistoryException {
        Verdict verdict = edn("""
                {:process 1 :type :invoke :f :append :key :x :value 1}
                {:process 1 :type :ok :f :append :key :x :value 1}
                {:process 1 :type :invoke :f :read :key :x}
                {:process 1 :type :ok :f :read :key :x :value []}
                """);

        assertThat(verdict.answer()).isEqualTo(Answer.INVALID);
        assertThat(verdict.anomalies().get(0).operations()).containsExactly(0, 1);
        assertThat(verdict.algorithm()).startsWith("model list-append: ");
    }

    @Test
    void aNilReadSaysNothingWhereItIsAskedNotTo() {
        History history = Transcript.parse("""
                10..20 ms  session 1  n1  write x 1  ok
                30..40 ms  session 1  n1  read x     ok nil
                50..60 ms  session 1  n1  read x     ok 1
                """);

        assertThat(Sequential.check(history, CheckOptions.DEFAULT).answer()).isEqualTo(Answer.INVALID);
        assertThat(Sequential.check(history, CheckOptions.DEFAULT.with(NilReads.UNKNOWN))
                        .answer())
                .isEqualTo(Answer.VALID);
    }

    @Test
    void aCasThatReplacedNilSaysThatNilWasThereHoweverReadsOfNilAreMeant() {
        History history = Transcript.parse("""
                10..20 ms  session 1  n1  write x 1      ok
                30..40 ms  session 2  n1  cas x nil 2    ok
                50..60 ms  session 1  n1  read x         ok 2
                """);

        for (NilReads nilReads : NilReads.values()) {
            assertThat(Sequential.check(history, CheckOptions.DEFAULT.with(nilReads))
                            .answer())
                    .isEqualTo(Answer.INVALID);
        }
    }

    @Test
    void valuesThatAreWrittenTwiceAreSearched() {
        Verdict broken = check("""
                10..20 ms  session 1  n1  write x 1  ok
                30..40 ms  session 1  n1  write x 1  ok
                50..60 ms  session 1  n1  read x     ok nil
                """);

        assertThat(broken.answer()).isEqualTo(Answer.INVALID);
        assertThat(broken.algorithm()).isEqualTo("model register: search over configurations");
        assertThat(broken.anomalies().get(0).operations()).hasSize(2).endsWith(2);
        assertThat(broken.anomalies().get(0).sentence())
                .startsWith(
                        "no one order of all operations that keeps each session's own order explains these: session 1"
                                + " wrote x=1 at n1 (");
    }

    @Test
    void whatMayHaveHappenedAtAnyTimeIsToldToo() {
        Verdict verdict = check("""
                10..20 ms  session 1  n1  write x 1    ok
                30..40 ms  session 2  n1  cas x 1 2    info
                50..60 ms  session 3  n1  cas x 1 3    ok
                70..80 ms  session 4  n1  read x       ok 2
                90..95 ms  session 4  n1  read x       ok 3
                """);

        assertThat(verdict.anomalies().get(0).sentence())
                .endsWith("; at whatever time these took effect, if at all: session 1 wrote x=1 at n1 (10 ms to 20 ms);"
                        + " session 2 changed x=2 from 1 at n1 (from 30 ms)");
    }

    @Test
    void manyThatMayHaveHappenedAreCounted() {
        StringBuilder lines =
                new StringBuilder("0..5 ms  session 9  n1  cas x 8 9  ok\n0..5 ms  session 8  n1  cas x 8 7  ok\n");
        for (int i = 0; i < 5; i++) {
            lines.append("0..5 ms  session ").append(i).append("  n1  write x 1  ok\n");
            lines.append("0..5 ms  session ").append(i + 20).append("  n1  read x  ok 1\n");
        }

        assertThat(check(lines.toString()).anomalies().get(0).sentence())
                .contains("explains these: session ")
                .endsWith("; at whatever time the 6 others that may have changed it took effect, if at all");
    }

    @Test
    void aTransactionDoesNotFindItsOwnWriteBeforeItMadeIt() throws MalformedHistoryException {
        for (String steps : List.of("[[:append \"l\" 5] [:r \"l\" [5 5]]]", "[[:r \"l\" [5]] [:append \"l\" 5]]")) {
            Verdict verdict = edn("""
                    {:process 1 :type :invoke :f :txn :value STEPS :time 0}
                    {:process 1 :type :ok :f :txn :value STEPS :time 1000000}
                    """.replace("STEPS", steps));

            assertThat(verdict.anomalies().get(0).sentence())
                    .endsWith(", with its own write of l among what was there before it wrote that");
        }
    }

    @Test
    void whatAQueueGaveIsToldAndThatItWasOne() throws MalformedHistoryException {
        Verdict verdict = edn("""
                {:process 1 :type :invoke :f :enqueue :key q :value 1 :time 1000000}
                {:process 1 :type :ok :f :enqueue :key q :value 1 :time 2000000}
                {:process 1 :type :invoke :f :enqueue :key q :value 3 :time 3000000}
                {:process 1 :type :ok :f :enqueue :key q :value 3 :time 4000000}
                {:process 2 :type :invoke :f :dequeue :key q :value nil :time 5000000}
                {:process 2 :type :ok :f :dequeue :key q :value 3 :time 6000000}
                {:process 2 :type :invoke :f :dequeue :key q :value nil :time 7000000}
                {:process 2 :type :ok :f :dequeue :key q :value 1 :time 8000000}
                """);
        assertThat(verdict.anomalies().get(0).sentence())
                .isEqualTo(
                        "no one order of all operations that keeps each session's own order explains these: session 1"
                                + " enqueued 1 to queue q (1 ms to 2 ms); session 1 enqueued 3 to queue q (3 ms to 4 ms);"
                                + " session 2 dequeued 3 from queue q (5 ms to 6 ms); session 2 dequeued 1 from queue q (7 ms to 8"
                                + " ms)");
    }

    @Test
    void anIdThatWasGeneratedTwiceIsTold() throws MalformedHistoryException {
        Verdict verdict = edn("""
                {:process 1 :type :invoke :f :generate :value nil :time 1000000}
                {:process 1 :type :ok :f :generate :value 7 :time 2000000}
                {:process 2 :type :invoke :f :generate :value nil :time 3000000}
                {:process 2 :type :ok :f :generate :value 7 :time 4000000}
                """);
        assertThat(verdict.anomalies().get(0).sentence())
                .isEqualTo(
                        "no one order of all operations that keeps each session's own order explains these: session 1"
                                + " generated id 7 (1 ms to 2 ms); session 2 generated id 7 (3 ms to 4 ms)");
    }

    @Test
    void aTokenThatDidNotGrowIsTold() throws MalformedHistoryException {
        Verdict verdict = edn("""
                {:process 1 :type :invoke :f :acquire :value nil :time 1000000}
                {:process 1 :type :ok :f :acquire :value 7 :time 2000000}
                {:process 1 :type :invoke :f :release :value nil :time 3000000}
                {:process 1 :type :ok :f :release :value nil :time 4000000}
                {:process 1 :type :invoke :f :acquire :value nil :time 5000000}
                {:process 1 :type :ok :f :acquire :value 6 :time 6000000}
                """);
        assertThat(verdict.anomalies().get(0).sentence())
                .contains("session 1 acquired the lock with token 6 (5 ms to 6 ms)");
    }

    @Test
    void aSpentBudgetIsUndecidedAndSaysHowFarItCame() {
        Verdict verdict = Sequential.check(
                Transcript.parse("""
                10..20 ms  session 1  n1  write x 1  ok
                11..21 ms  session 2  n2  write x 1  ok
                30..40 ms  session 1  n1  write x 2  ok
                31..41 ms  session 2  n2  write x 2  ok
                50..60 ms  session 3  n1  read x     ok 2
                70..80 ms  session 3  n1  read x     ok 3
                """),
                CheckOptions.DEFAULT.with(NilReads.UNKNOWN).withSearchBudget(0));

        assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(verdict.reason())
                .contains(
                        "the search was given up after 1 configuration (the bound is 0 and a quarter of the heap): 1 of 6"
                                + " operations placed");
    }

    @Test
    void nothingToViolateIsUndecided() {
        assertThat(check("10..20 ms  session 1  n1  write x 1  ok").reason())
                .contains("vacuous: no operation had something to violate");
    }

    @Test
    void aFunctionThatTheModelDoesNotKnowIsUndecided() throws MalformedHistoryException {
        assertThat(edn("""
                {:process 1 :type :invoke :f :frob :value 1}
                {:process 1 :type :ok :f :frob :value 1}
                """).reason().orElseThrow())
                .startsWith("the model register does not know the function frob (event 0); the built-in models are ");
    }

    private static Verdict check(String lines) {
        return Sequential.check(Transcript.parse(lines), CheckOptions.DEFAULT);
    }

    private static Verdict edn(String events) throws MalformedHistoryException {
        return Sequential.check(History.parse(events), CheckOptions.DEFAULT);
    }

    @Test
    void whenTheTimeIsOverWhatIsNotDecidedIsUnknown() throws MalformedHistoryException {
        History history = History.parse("""
                {:process 0, :type :invoke, :f :enqueue, :value 1}
                {:process 0, :type :ok, :f :enqueue, :value 1}
                {:process 1, :type :invoke, :f :dequeue, :value nil}
                {:process 1, :type :ok, :f :dequeue, :value nil}
                """);
        assertThat(Sequential.check(history, CheckOptions.DEFAULT.withModel("queue"))
                        .answer())
                .isEqualTo(Answer.VALID);
        Verdict verdict = Sequential.check(
                history, CheckOptions.DEFAULT.withModel("queue").with(() -> true));
        assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(verdict.reason())
                .hasValueSatisfying(reason -> assertThat(reason).contains("(the time was over)"));
    }
}
