package dev.umpire.checkers.convergence;

import static dev.umpire.checkers.oracle.Verdicts.assertBroken;
import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.oracle.Transcript;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.histories.History;
import dev.umpire.histories.event.MalformedHistoryException;
import org.junit.jupiter.api.Test;

class EventualTest {

    private static Verdict check(String lines) {
        return Eventual.check(Transcript.parse(lines), CheckOptions.DEFAULT);
    }

    @Test
    void twoFinalReadsThatDisagreeBreakIt() {
        assertBroken(
                check("""
                        10..50 ms  session 1  n1  write x 7  ok
                        20..60 ms  session 2  n1  write x 8  ok
                        90..91 ms  session 3  n1  read x     ok 7 final
                        92..93 ms  session 3  n2  read x     ok 8 final
                        """),
                "NOT_CONVERGED",
                "two final reads disagree: session 3 read x at n1 (90 ms to 91 ms), which returned 7, and session 3 read x"
                        + " at n2 (92 ms to 93 ms), which returned 8",
                2,
                3);
    }

    @Test
    void aWriteOfUnknownOutcomeMayTakeEffectBetweenTheFinalReads() {
        for (String seen : new String[] {"", "70..80 ms  session 3  n1  read x     ok 7\n"}) {
            Verdict verdict = check("""
                    10..50 ms  session 1  n1  write x 7  ok
                    20..60 ms  session 2  n1  write x 8  info
                    SEEN90..91 ms  session 3  n1  read x     ok 7 final
                    92..93 ms  session 3  n2  read x     ok 8 final
                    """.replace("SEEN", seen));
            assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
            assertThat(verdict.reason().orElse(""))
                    .contains(
                            "key x has final reads that disagree by no more than what operations of unknown outcome may"
                                    + " have done between them");
            assertThat(verdict.obliged()).isEqualTo(1);
        }
    }

    @Test
    void aWriteOfUnknownOutcomeThatWasSeenBeforeIsNotLate() {
        assertThat(check("""
                10..50 ms  session 1  n1  write x 7  ok
                20..60 ms  session 2  n1  write x 8  info
                70..80 ms  session 3  n1  read x     ok 8
                90..91 ms  session 3  n1  read x     ok 7 final
                92..93 ms  session 3  n2  read x     ok 8 final
                """).answer()).isEqualTo(Answer.INVALID);
    }

    @Test
    void ofTwoWritesOfAValueNobodyKnowsWhichWasSeen() {
        assertThat(check("""
                10..50 ms  session 1  n1  write x 8  ok
                20..60 ms  session 2  n1  write x 8  info
                61..65 ms  session 1  n1  write x 7  ok
                70..80 ms  session 3  n1  read x     ok 8
                90..91 ms  session 3  n1  read x     ok 7 final
                92..93 ms  session 3  n2  read x     ok 8 final
                """).answer()).isEqualTo(Answer.UNKNOWN);
    }

    @Test
    void twoAcknowledgedValuesDisagreeWhateverElseMayBeLate() {
        assertBroken(
                check("""
                        10..20 ms  session 1  n1  write x 6  ok
                        10..50 ms  session 1  n1  write x 7  ok
                        20..60 ms  session 2  n1  write x 8  info
                        90..91 ms  session 3  n3  read x     ok 8 final
                        92..93 ms  session 3  n1  read x     ok 6 final
                        94..95 ms  session 3  n2  read x     ok 7 final
                        """),
                "NOT_CONVERGED",
                "two final reads disagree: session 3 read x at n1 (92 ms to 93 ms), which returned 6, and session 3 read x"
                        + " at n2 (94 ms to 95 ms), which returned 7",
                4,
                5);
    }

    @Test
    void agreementOnTheInitialValueInSpiteOfAnAcknowledgedWriteBreaksIt() {
        assertBroken(
                check("""
                        10..50 ms  session 1  n1  write x 7  ok
                        90..91 ms  session 3  n1  read x     ok nil final
                        92..93 ms  session 3  n2  read x     ok nil final
                        """),
                "CONVERGED_ON_INITIAL",
                "all final reads returned nil, the initial value, although session 1 wrote x=7 at n1 (10 ms to 50 ms,"
                        + " acknowledged): session 3 read x at n1 (90 ms to 91 ms), which returned nil",
                0,
                1);
    }

    @Test
    void agreementOnWhatNobodyWroteBreaksIt() {
        assertBroken(
                check("""
                        10..50 ms  session 1  n1  write x 7  fail
                        90..91 ms  session 3  n1  read x     ok 7 final
                        92..93 ms  session 3  n2  read x     ok 7 final
                        """),
                "CONVERGED_ON_NOTHING_WRITTEN",
                "all final reads returned a value that no write can have written: session 3 read x at n1 (90 ms to 91 ms),"
                        + " which returned 7",
                1);
    }

    @Test
    void agreementOnAnOldValueIsAgreement() {
        Verdict verdict = check("""
                10..11 ms  session 1  n1  write x 7  ok
                20..21 ms  session 1  n1  write x 8  ok
                90..91 ms  session 3  n1  read x     ok 7 final
                92..93 ms  session 3  n2  read x     ok 7 final
                """);
        assertThat(verdict.answer()).isEqualTo(Answer.VALID);
        assertThat(verdict.obliged()).isEqualTo(1);
    }

    @Test
    void finalReadsOfOneNodeSayNothing() {
        Verdict verdict = check("""
                10..11 ms  session 1  n1  write x 7  ok
                90..91 ms  session 3  n1  read x     ok 7 final
                92..93 ms  session 3  n1  read x     ok 7 final
                """);
        assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
    }

    @Test
    void aNodeWithoutAFinalReadIsTold() {
        Verdict verdict = check("""
                10..11 ms  session 1  n3  write x 7  ok
                90..91 ms  session 3  n1  read x     ok 7 final
                92..93 ms  session 3  n2  read x     ok 7 final
                """);
        assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(verdict.reason()).contains("key x has no final read from n3");
    }

    @Test
    void twoNodesThatDisagreeBreakItWhateverTheThirdHolds() {
        Verdict verdict = check("""
                10..11 ms  session 1  n3  write x 7  ok
                20..21 ms  session 1  n3  write x 8  ok
                90..91 ms  session 3  n1  read x     ok 7 final
                92..93 ms  session 3  n2  read x     ok 8 final
                """);
        assertThat(verdict.answer()).isEqualTo(Answer.INVALID);
    }

    @Test
    void whatWasReadWhileTheKeyWasStillWrittenSaysNothing() {
        for (String outcome : new String[] {"ok", "info"}) {
            Verdict verdict = check("""
                    10..11 ms  session 1  n1  write x 7  ok
                    80..81 ms  session 3  n1  read x     ok 7 final
                    82..89 ms  session 1  n1  write x 8  OUTCOME
                    90..91 ms  session 3  n2  read x     ok 8 final
                    """.replace("OUTCOME", outcome));
            assertThat(verdict.answer()).as(outcome).isEqualTo(Answer.UNKNOWN);
            assertThat(verdict.reason())
                    .contains("key x was still written when the reads began that are marked as final");
        }
    }

    @Test
    void aFinalReadThatNamesNoNodeIsNoSecondNode() throws Exception {
        Verdict verdict = Eventual.check(History.parse("""
                        {"type":"invoke","process":1,"node":"n1","f":"read","key":"x","phase":"final"}
                        {"type":"ok","process":1,"f":"read","key":"x","value":null}
                        {"type":"invoke","process":2,"f":"read","key":"x","phase":"final"}
                        {"type":"ok","process":2,"f":"read","key":"x","value":null}
                        """), CheckOptions.DEFAULT);
        assertThat(verdict.answer()).as(verdict.toString()).isEqualTo(Answer.UNKNOWN);
    }

    private static Verdict elements(String lines) {
        try {
            return Eventual.check(History.parse(lines), CheckOptions.DEFAULT);
        } catch (MalformedHistoryException e) {
            throw new AssertionError(e);
        }
    }

    private static final String TWO_NODES = """
            {:process 0, :type :invoke, :f :CHANGE, :value 1}
            {:process 0, :type :ok, :f :CHANGE, :value 1}
            {:process 1, :type :invoke, :f :CHANGE, :value 2}
            {:process 1, :type :ok, :f :CHANGE, :value 2}
            {:process 2, :type :invoke, :f :read, :node "n1", :phase "final"}
            {:process 2, :type :ok, :f :read, :value FIRST, :phase "final"}
            {:process 2, :type :invoke, :f :read, :node "n2", :phase "final"}
            {:process 2, :type :ok, :f :read, :value SECOND, :phase "final"}
            """;

    private static Verdict twoNodes(String change, String first, String second) {
        return elements(
                TWO_NODES.replace("CHANGE", change).replace("FIRST", first).replace("SECOND", second));
    }

    @Test
    void nodesAgreeOnASetWhateverItsOrderAndOnAListInItsOrder() {
        assertThat(twoNodes("add", "[1 2]", "[2 1]").answer()).isEqualTo(Answer.VALID);
        assertThat(twoNodes("add", "#{1 2}", "[2 1]").answer()).isEqualTo(Answer.VALID);
        assertThat(twoNodes("append", "[1 2]", "[1 2]").answer()).isEqualTo(Answer.VALID);
        assertBroken(
                twoNodes("append", "[1 2]", "[2 1]"),
                "NOT_CONVERGED",
                "two final reads disagree: session 2 read the list at n1 (event 4 to event 5), which returned [1, 2], and"
                        + " session 2 read the list at n2 (event 6 to event 7), which returned [2, 1]",
                2,
                3);
        assertBroken(
                twoNodes("add", "[1]", "[1 2]"),
                "NOT_CONVERGED",
                "two final reads disagree: session 2 read the set at n1 (event 4 to event 5), which returned [1], and"
                        + " session 2 read the set at n2 (event 6 to event 7), which returned [1, 2]",
                2,
                3);
    }

    /** As {@link #twoNodes}, with one more change, of unknown outcome. */
    private static Answer unknown(String change, String last, String first, String second) {
        String reading = "{:process 2, :type :invoke, :f :read, :node \"n1\"";
        String more = "{:process 3, :type :invoke, :f :" + last + "}\n";
        return elements(TWO_NODES
                        .replace(reading, more + reading)
                        .replace("CHANGE", change)
                        .replace("FIRST", first)
                        .replace("SECOND", second))
                .answer();
    }

    @Test
    void anElementMayComeOrGoBetweenTheFinalReads() {
        assertThat(unknown("add", "add, :value 3", "[1 2]", "[1 2 3]")).isEqualTo(Answer.UNKNOWN);
        assertThat(unknown("add", "remove, :value 1", "[1 2]", "[2]")).isEqualTo(Answer.UNKNOWN);
        assertThat(unknown("add", "remove, :value 1", "[1 2]", "[1]")).isEqualTo(Answer.INVALID);
        assertThat(unknown("append", "append, :value 3", "[1 2]", "[1 2 3]")).isEqualTo(Answer.UNKNOWN);
        assertThat(unknown("append", "append, :value 3", "[1 2]", "[2 1 3]")).isEqualTo(Answer.INVALID);
    }

    @Test
    void anElementOfUnknownOutcomeThatWasSeenBeforeIsNotLate() {
        String before = TWO_NODES.replace("{:process 2, :type :invoke, :f :read, :node \"n1\"", """
                {:process 3, :type :invoke, :f :add, :value 3}
                {:process 4, :type :invoke, :f :read, :node "n1"}
                {:process 4, :type :ok, :f :read, :value [1 2 3]}
                {:process 2, :type :invoke, :f :read, :node "n1\"""");
        assertThat(elements(before.replace("CHANGE", "add")
                                .replace("FIRST", "[1 2]")
                                .replace("SECOND", "[1 2 3]"))
                        .answer())
                .isEqualTo(Answer.INVALID);
    }

    @Test
    void aCounterMayGrowBetweenTheFinalReadsByWhatIsUnknown() {
        assertThat(unknown("increment", "increment, :value 4", "3", "7")).isEqualTo(Answer.UNKNOWN);
        assertThat(unknown("increment", "decrement, :value 4", "3", "-1")).isEqualTo(Answer.UNKNOWN);
        assertThat(unknown("increment", "increment, :value 4", "3", "8")).isEqualTo(Answer.INVALID);
    }

    /** Register x, as {@link #check}: 6 and 7 were acknowledged, 8 is of unknown outcome; then two final reads. */
    private static Answer finals(String first, String second) {
        return check("""
                10..20 ms  session 1  n1  write x 6  ok
                10..50 ms  session 1  n1  write x 7  ok
                20..60 ms  session 2  n1  write x 8  info
                90..91 ms  session 3  n1  read x     ok FIRST final
                92..93 ms  session 3  n2  read x     ok SECOND final
                """.replace("FIRST", first).replace("SECOND", second)).answer();
    }

    @Test
    void whatNoNodeCanHaveHeldBeforeALateWriteBreaksIt() {
        assertThat(finals("6", "8")).isEqualTo(Answer.UNKNOWN);
        assertThat(finals("99", "8")).isEqualTo(Answer.INVALID);
        assertThat(finals("nil", "8")).isEqualTo(Answer.INVALID);
        assertBroken(
                check("""
                        10..50 ms  session 1  n1  write x 7  ok
                        20..60 ms  session 2  n1  write x 8  info
                        90..91 ms  session 3  n1  read x     ok 8 final
                        92..93 ms  session 3  n2  read x     ok nil final
                        """),
                "CONVERGED_ON_INITIAL",
                "a final read returned nil, the initial value, although session 1 wrote x=7 at n1 (10 ms to 50 ms,"
                        + " acknowledged): session 3 read x at n2 (92 ms to 93 ms), which returned nil",
                0,
                3);
    }

    /** Register x with siblings: 6 and 7 were acknowledged, LATE is of unknown outcome; then two final reads. */
    private static Answer siblings(String late, String first, String second) {
        return elements("""
                {:process 0, :type :invoke, :f :write, :key "x", :value 6}
                {:process 1, :type :invoke, :f :write, :key "x", :value 7}
                {:process 0, :type :ok, :f :write, :key "x", :value 6}
                {:process 1, :type :ok, :f :write, :key "x", :value 7}
                {:process 3, :type :invoke, :f :write, :key "x", :value LATE}
                {:process 2, :type :invoke, :f :read, :key "x", :node "n0"}
                {:process 2, :type :ok, :f :read, :key "x", :value 6, :siblings [6 7]}
                {:process 2, :type :invoke, :f :read, :key "x", :node "n1", :phase "final"}
                {:process 2, :type :ok, :f :read, :key "x", FIRST, :phase "final"}
                {:process 2, :type :invoke, :f :read, :key "x", :node "n2", :phase "final"}
                {:process 2, :type :ok, :f :read, :key "x", SECOND, :phase "final"}
                """.replace("LATE", late).replace("FIRST", first).replace("SECOND", second))
                .answer();
    }

    @Test
    void aLateWriteLeavesItselfAmongTheSiblings() {
        String both = ":value 6, :siblings [6 7]";
        assertThat(siblings("8", both, ":value 8")).isEqualTo(Answer.UNKNOWN);
        assertThat(siblings("8", both, ":value 6, :siblings [6 8]")).isEqualTo(Answer.UNKNOWN);
        assertThat(siblings("8", both, ":value 6")).isEqualTo(Answer.INVALID);
        assertThat(siblings("8", ":value 7", ":value 6, :siblings [6 8]")).isEqualTo(Answer.INVALID);
        assertThat(siblings("8", ":value 8", ":value 6, :siblings [6 8 99]")).isEqualTo(Answer.INVALID);
    }

    @Test
    void aLateDeletionMayLeaveAnyOfTheSiblings() {
        String both = ":value 6, :siblings [6 7]";
        assertThat(siblings("nil", both, ":value nil")).isEqualTo(Answer.UNKNOWN);
        assertThat(siblings("nil", both, ":value 7")).isEqualTo(Answer.UNKNOWN);
        assertThat(siblings("nil", both, ":value 99")).isEqualTo(Answer.INVALID);
    }

    /** Register x: 7 was acknowledged, a transaction that writes 8 and then 9 is of unknown outcome. */
    private static Answer overwritten(String seen, String first, String second) {
        return elements("""
                {:process 0, :type :invoke, :f :txn, :value [[:w "x" 7]]}
                {:process 0, :type :ok, :f :txn, :value [[:w "x" 7]]}
                {:process 3, :type :invoke, :f :txn, :value [[:w "x" 8] [:w "x" 9]]}
                {:process 2, :type :invoke, :f :txn, :node "n1", :value [[:r "x" nil]]}
                {:process 2, :type :ok, :f :txn, :value [[:r "x" SEEN]]}
                {:process 2, :type :invoke, :f :txn, :node "n1", :value [[:r "x" nil]], :phase "final"}
                {:process 2, :type :ok, :f :txn, :value [[:r "x" FIRST]], :phase "final"}
                {:process 2, :type :invoke, :f :txn, :node "n2", :value [[:r "x" nil]], :phase "final"}
                {:process 2, :type :ok, :f :txn, :value [[:r "x" SECOND]], :phase "final"}
                """.replace("SEEN", seen).replace("FIRST", first).replace("SECOND", second))
                .answer();
    }

    @Test
    void whatALateTransactionOverwroteItselfIsLateToo() {
        assertThat(overwritten("7", "7", "9")).isEqualTo(Answer.UNKNOWN);
        assertThat(overwritten("7", "7", "8")).isEqualTo(Answer.UNKNOWN);
        assertThat(overwritten("8", "7", "8")).isEqualTo(Answer.INVALID);
        assertThat(overwritten("8", "8", "9")).isEqualTo(Answer.UNKNOWN);
        assertThat(overwritten("9", "7", "8")).isEqualTo(Answer.INVALID);
    }

    @Test
    void whatNoNodeCanHaveHeldBeforeALateChangeOfElementsBreaksIt() {
        assertThat(unknown("add", "add, :value 3", "[1 2 99]", "[1 2 3 99]")).isEqualTo(Answer.INVALID);
        assertThat(unknown("add", "remove, :value 99", "[1 2 99]", "[1 2]")).isEqualTo(Answer.INVALID);
        assertThat(unknown("add", "add, :value 3", "[]", "[3]")).isEqualTo(Answer.INVALID);
        assertThat(unknown("add", "remove, :value 1", "[1]", "[]")).isEqualTo(Answer.UNKNOWN);
        assertThat(unknown("append", "append, :value 3", "[3]", "[]")).isEqualTo(Answer.INVALID);
    }

    @Test
    void anElementThatWasSeenAndWhoseRemovalWasAcknowledgedIsNotLate() {
        String line = """
                {:process 3, :type :invoke, :f :add, :value 3}
                {:process 4, :type :invoke, :f :read, :node "n1"}
                {:process 4, :type :ok, :f :read, :value SEEN}
                {:process 5, :type :invoke, :f :remove, :value 3}
                {:process 5, :type REMOVED, :f :remove, :value 3}
                {:process 2, :type :invoke, :f :read, :node "n1\"""";
        String more = TWO_NODES
                .replace("{:process 2, :type :invoke, :f :read, :node \"n1\"", line)
                .replace("CHANGE", "add")
                .replace("FIRST", "[1 2]")
                .replace("SECOND", "[1 2 3]");
        assertThat(elements(more.replace("SEEN", "[1 2 3]").replace("REMOVED", ":ok"))
                        .answer())
                .isEqualTo(Answer.INVALID);
        assertThat(elements(more.replace("SEEN", "[1 2]").replace("REMOVED", ":ok"))
                        .answer())
                .isEqualTo(Answer.UNKNOWN);
        assertThat(elements(more.replace("SEEN", "[1 2 3]").replace("REMOVED", ":info"))
                        .answer())
                .isEqualTo(Answer.UNKNOWN);
    }

    @Test
    void aCounterChangesByWholeLateChanges() {
        assertThat(unknown("increment", "increment, :value 4", "3", "5")).isEqualTo(Answer.INVALID);
        assertThat(unknown("increment", "increment", "3", "4")).isEqualTo(Answer.UNKNOWN);
        assertThat(unknown("increment", "increment, :value nil", "3", "5")).isEqualTo(Answer.INVALID);
        assertThat(unknown("increment", "increment, :value 4", "nil", "4")).isEqualTo(Answer.UNKNOWN);
        assertThat(unknown("increment", "increment, :value 4", "nil", "9")).isEqualTo(Answer.INVALID);
        String two = "increment, :value 4}\n{:process 4, :type :invoke, :f :decrement, :value 1";
        assertThat(unknown("increment", two, "2", "7")).isEqualTo(Answer.UNKNOWN);
        assertThat(unknown("increment", two, "3", "6")).isEqualTo(Answer.UNKNOWN);
        assertThat(unknown("increment", two, "3", "5")).isEqualTo(Answer.INVALID);
    }

    @Test
    void nodesAgreeOnTheSumOfACounter() {
        assertThat(twoNodes("increment", "3", "3").answer()).isEqualTo(Answer.VALID);
        assertBroken(
                twoNodes("increment", "3", "2"),
                "NOT_CONVERGED",
                "two final reads disagree: session 2 read the counter at n1 (event 4 to event 5), which returned 3, and"
                        + " session 2 read the counter at n2 (event 6 to event 7), which returned 2",
                2,
                3);
    }

    @Test
    void emptySetsInSpiteOfAnAcknowledgedElementBreakIt() {
        assertBroken(
                twoNodes("add", "[]", "[]"),
                "CONVERGED_ON_INITIAL",
                "all final reads returned nothing, the initial value, although session 1 added 2 to the set (event 2 to"
                        + " event 3, acknowledged): session 2 read the set at n1 (event 4 to event 5), which returned []",
                1,
                2);
        assertThat(elements(TWO_NODES
                                .replace("CHANGE", "add")
                                .replace("FIRST", "[]")
                                .replace("SECOND", "[]")
                                .replace(
                                        "{:process 1, :type :invoke, :f :add, :value 2}",
                                        "{:process 1, :type :invoke, :f :remove, :value 1}")
                                .replace(
                                        "{:process 1, :type :ok, :f :add, :value 2}",
                                        "{:process 1, :type :ok, :f :remove, :value 1}"))
                        .answer())
                .isEqualTo(Answer.VALID);
    }

    @Test
    void anElementThatNobodyAddedIsNoAgreement() {
        assertBroken(
                twoNodes("add", "[1 3]", "[3 1]"),
                "CONVERGED_ON_NOTHING_WRITTEN",
                "all final reads returned 3, which nobody can have added: session 2 read the set at n1 (event 4 to event"
                        + " 5), which returned [1, 3]",
                2);
    }
}
