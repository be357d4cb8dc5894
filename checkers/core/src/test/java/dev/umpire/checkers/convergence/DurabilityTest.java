package dev.umpire.checkers.convergence;

import static dev.umpire.checkers.oracle.Verdicts.assertBroken;
import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.oracle.Transcript;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import org.junit.jupiter.api.Test;

class DurabilityTest {

    private static Verdict check(String lines) {
        return Durability.check(Transcript.parse(lines), CheckOptions.DEFAULT);
    }

    @Test
    void aFinalReadNeedNotReturnWhatWasWrittenAfterItBegan() {
        Verdict verdict = Durability.check(Transcript.parse("""
                10..11 ms  session 1  n1  write x 7  ok
                80..85 ms  session 3  n1  read x     ok 7 final
                82..83 ms  session 1  n1  write x 8  ok
                """), CheckOptions.DEFAULT);
        assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(verdict.reason()).contains("key x was still written when the reads began that are marked as final");
    }

    @Test
    void aKeyThatOnlyGivesOutNamesHasNothingToLose() {
        String rows = """
                0..1 ms    session 1  n1  generate ids nil  ok 1
                2..3 ms    session 2  n1  claim anna nil    ok
                10..11 ms  session 1  n1  write x 7         ok
                80..85 ms  session 3  n1  read x            ok 7 final
                82..83 ms  session 1  n2  read x            ok 7 final
                """;
        assertThat(check(rows).answer()).isEqualTo(Answer.VALID);
        assertThat(check(rows).obliged()).isEqualTo(1);

        Verdict readToo = check(rows + "90..91 ms  session 1  n2  read anna  ok nil final\n");
        assertThat(readToo.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(readToo.reason()).contains("key anna has operations claim, which this checker cannot judge yet");
    }

    @Test
    void aFinalReadOfAnOlderValueThanAnAcknowledgedOneShowsALoss() {
        assertBroken(
                check("""
                        10..11 ms  session 1  n1  write x 7  ok
                        20..21 ms  session 2  n1  write x 8  ok
                        90..91 ms  session 3  n1  read x     ok 7 final
                        92..93 ms  session 3  n2  read x     ok 7 final
                        """),
                "LOST_WRITE",
                "session 2 wrote x=8 at n1 (20 ms to 21 ms, acknowledged), but the final read returned an older value:"
                        + " session 3 read x at n1 (90 ms to 91 ms), which returned 7; 7 was written by session 1 and"
                        + " acknowledged at 11 ms, 9 ms before 8 was invoked, so it is older (real-time write order)",
                0,
                1,
                2);
    }

    @Test
    void aFinalReadOfTheInitialValueAfterAnAcknowledgedWriteShowsALoss() {
        assertBroken(
                check("""
                        10..11 ms  session 1  n1  write x 7  ok
                        90..91 ms  session 3  n1  read x     ok nil final
                        """),
                "LOST_WRITE",
                "session 1 wrote x=7 at n1 (10 ms to 11 ms, acknowledged), but the final read returned the initial value:"
                        + " session 3 read x at n1 (90 ms to 91 ms), which returned nil",
                0,
                1);
    }

    @Test
    void whatACasReplacedCannotComeBack() {
        assertBroken(
                check("""
                        10..50 ms  session 1  n1  write x 7  ok
                        20..60 ms  session 2  n1  cas x 7 8  ok
                        90..91 ms  session 3  n1  read x     ok 7 final
                        """),
                "LOST_WRITE",
                "session 2 changed x=8 from 7 at n1 (20 ms to 60 ms, acknowledged), but the final read returned what it"
                        + " replaced: session 3 read x at n1 (90 ms to 91 ms), which returned 7",
                1,
                2);
    }

    @Test
    void aWriteOfUnknownOutcomeIsNoLossButTheCasThatReplacedItIs() {
        assertBroken(
                check("""
                        10..11 ms  session 1  n1  write x 7  ok
                        20..21 ms  session 1  n1  write x 8  info
                        22..40 ms  session 2  n1  cas x 8 9  ok
                        90..91 ms  session 3  n1  read x     ok 7 final
                        """),
                "LOST_WRITE",
                "session 2 changed x=9 from 8 at n1 (22 ms to 40 ms, acknowledged), but the final read returned an older"
                        + " value: session 3 read x at n1 (90 ms to 91 ms), which returned 7; 7 was written by session 1 and"
                        + " acknowledged at 11 ms, 11 ms before 9 was invoked, so it is older (real-time write order)",
                0,
                2,
                3);
        assertBroken(
                check("""
                        10..30 ms  session 1  n1  write x 7  ok
                        31..40 ms  session 1  n1  write x 8  info
                        22..50 ms  session 2  n1  cas x 8 9  ok
                        90..91 ms  session 3  n1  read x     ok 7 final
                        """),
                "LOST_WRITE",
                "session 2 changed x=9 from 8 at n1 (22 ms to 50 ms, acknowledged), but the final read returned an older"
                        + " value: session 3 read x at n1 (90 ms to 91 ms), which returned 7; 7 was written by session 1 and"
                        + " acknowledged at 30 ms, 1 ms before 8 was invoked, so it is older (real-time write order);"
                        + " session 2 changed x=9 from 8 at n1 (22 ms to 50 ms, acknowledged), directly after what it"
                        + " replaced",
                0,
                2,
                1,
                3);
    }

    @Test
    void theCasBetweenAnOldWriteAndWhatWasReadAreToldToo() {
        assertBroken(
                check("""
                        10..11 ms  session 1  n1  write x 7  ok
                        12..60 ms  session 2  n1  cas x 7 8  ok
                        20..30 ms  session 1  n1  write x 9  ok
                        90..91 ms  session 3  n1  read x     ok 8 final
                        """),
                "LOST_WRITE",
                "session 1 wrote x=9 at n1 (20 ms to 30 ms, acknowledged), but the final read returned an older value:"
                        + " session 3 read x at n1 (90 ms to 91 ms), which returned 8; 7 was written by session 1 and"
                        + " acknowledged at 11 ms, 9 ms before 9 was invoked, so it is older (real-time write order);"
                        + " session 2 changed x=8 from 7 at n1 (12 ms to 60 ms, acknowledged), directly after what it"
                        + " replaced",
                0,
                2,
                1,
                3);
    }

    @Test
    void twoFinalReadsOfTwoAcknowledgedConcurrentWritesShowThatOneIsLost() {
        assertBroken(
                check("""
                        10..50 ms  session 1  n1  write x 7  ok
                        20..60 ms  session 2  n1  write x 8  ok
                        90..91 ms  session 3  n1  read x     ok 7 final
                        92..93 ms  session 3  n2  read x     ok 8 final
                        """),
                "CONFLICTING_FINAL_READS",
                "two final reads returned two acknowledged values, so that one of them is lost: session 3 read x at n1"
                        + " (90 ms to 91 ms), which returned 7, and session 3 read x at n2 (92 ms to 93 ms), which returned"
                        + " 8",
                0,
                1,
                2,
                3);
    }

    @Test
    void twoCasOfOneValueCannotBothLast() {
        Verdict verdict = check("""
                10..50 ms  session 1  n1  cas x nil 7  ok
                20..60 ms  session 2  n1  cas x nil 8  ok
                90..91 ms  session 3  n1  read x       ok 8 final
                """);
        assertThat(verdict.anomalies()).extracting(Anomaly::kind).contains("CONTRADICTORY_CAS");
    }

    @Test
    void anOverwrittenValueIsNoLossAndNeitherIsAWriteOfUnknownOutcome() {
        Verdict verdict = check("""
                10..11 ms  session 1  n1  write x 7  ok
                20..21 ms  session 2  n1  write x 8  ok
                30..31 ms  session 2  n1  write x 9  info
                90..91 ms  session 3  n1  read x     ok 8 final
                """);
        assertThat(verdict.answer()).isEqualTo(Answer.VALID);
        assertThat(verdict.obliged()).isEqualTo(2);
    }

    @Test
    void withoutMarksTheLastReadOfEachNodeAfterAllWritesAndFaultsIsFinal() {
        Verdict verdict = check("""
                10..11 ms  session 1  n1  write x 7  ok
                20..21 ms  session 2  n1  write x 8  ok
                30..31 ms  session 3  n2  read x     ok 7
                40 ms      nemesis heal 1 partition
                50..51 ms  session 3  n1  read x     ok 7
                60..61 ms  session 3  n1  read x     ok 8
                70..71 ms  session 3  n2  read x     ok 8
                """);
        assertThat(verdict.answer()).isEqualTo(Answer.VALID);
        assertThat(verdict.examined()).isEqualTo(2);
        assertThat(verdict.algorithm()).contains("last read of each node after all writes and faults");
    }

    @Test
    void withoutAFinalReadNothingIsDecided() {
        Verdict verdict = check("""
                10..11 ms  session 1  n1  write x 7  ok
                """);
        assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(verdict.reason())
                .contains("no key with an acknowledged write has a final read: nothing could have been violated");
    }
}
