package dev.umpire.checkers.integrity;

import static dev.umpire.checkers.oracle.Verdicts.assertBroken;
import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.oracle.Transcript;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.verdict.WriteOrder;
import org.junit.jupiter.api.Test;

class IntegrityTest {

    private static Verdict check(String lines) {
        return Integrity.check(Transcript.parse(lines), CheckOptions.DEFAULT);
    }

    @Test
    void aReadOfAFailedWriteIsAborted() {
        assertBroken(
                check("""
                        10..11 ms  session 1  n1  write x 7  fail
                        20..21 ms  session 2  n2  read x     ok 7
                        """),
                "ABORTED_READ",
                "session 2 read x at n2 (20 ms to 21 ms), which returned 7, a value that took no effect: session 1 wrote"
                        + " x=7 at n1 (10 ms to 11 ms, failed), and nobody else wrote it",
                0,
                1);
    }

    @Test
    void aReadOfWhatNobodyWroteIsAPhantom() {
        assertBroken(
                check("""
                20..21 ms  session 2  n2  read x     ok 7
                """),
                "PHANTOM_READ",
                "session 2 read x at n2 (20 ms to 21 ms), which returned 7, a value that nobody wrote to x",
                0);
    }

    @Test
    void aCasOfAValueToItselfIsNoPhantomIfAnotherWroteTheValueMeanwhile() {
        Verdict verdict = check("""
                10..50 ms  session 1  n1  cas x 5 5  ok
                20..30 ms  session 2  n1  write x 5  ok
                """);
        assertThat(verdict.answer()).as(verdict.toString()).isEqualTo(Answer.VALID);
    }

    @Test
    void aCasOfAValueToItselfThatNobodyElseWroteBeforeItsEndIsAtFault() {
        assertBroken(
                check("""
                        10..50 ms  session 1  n1  cas x 5 5  ok
                        60..70 ms  session 2  n1  write x 5  ok
                        """),
                "FUTURE_READ",
                "session 1 read x at n1 (10 ms to 50 ms), which returned 5, before anybody wrote it: session 2 wrote x=5 at"
                        + " n1 (60 ms to 70 ms, acknowledged), invoked 10 ms after the read had completed",
                1,
                0);
        assertThat(check("10..50 ms  session 1  n1  cas x 5 5  ok\n").answer()).isEqualTo(Answer.INVALID);
    }

    @Test
    void aReadOfAValueThatIsWrittenLaterIsFromTheFuture() {
        assertBroken(
                check("""
                        20..21 ms  session 2  n2  read x     ok 7
                        30..31 ms  session 1  n1  write x 7  ok
                        """),
                "FUTURE_READ",
                "session 2 read x at n2 (20 ms to 21 ms), which returned 7, before anybody wrote it: session 1 wrote x=7 at"
                        + " n1 (30 ms to 31 ms, acknowledged), invoked 9 ms after the read had completed",
                1,
                0);
    }

    @Test
    void oneVersionWithTwoValuesIsDivergent() {
        assertBroken(
                check("""
                        10..50 ms  session 1  n1  write x 7  ok version 3
                        20..60 ms  session 2  n2  write x 8  ok version 3
                        70..71 ms  session 2  n2  read x     ok 8
                        """),
                "DIVERGENT_VERSION",
                "session 1 wrote x=7 at n1 (10 ms to 50 ms, acknowledged) at version 3, session 2 wrote x=8 at n2 (20 ms to"
                        + " 60 ms, acknowledged) at version 3: one version of x has two values",
                0,
                1);
    }

    @Test
    void oneValueWithTwoVersionsIsDivergent() {
        assertBroken(
                check("""
                        10..50 ms  session 1  n1  write x 7  ok version 3
                        70..71 ms  session 2  n2  read x     ok 7 version 4
                        """),
                "DIVERGENT_VERSION",
                "session 1 wrote x=7 at n1 (10 ms to 50 ms, acknowledged) at version 3, session 2 read x at n2 (70 ms to 71"
                        + " ms), which returned 7 at version 4: one value of x has two versions",
                0,
                1);
    }

    @Test
    void versionsAgainstTheRealTimeOrderAreTold() {
        String lines = """
                10..11 ms  session 1  n1  write x 7  ok version 4
                20..21 ms  session 2  n2  write x 8  ok version 3
                70..71 ms  session 2  n2  read x     ok 7
                """;
        assertBroken(
                check(lines),
                "VERSION_AGAINST_TIME",
                "session 1 wrote x=7 at n1 (10 ms to 11 ms, acknowledged) at version 4, 9 ms before session 2 wrote x=8 at"
                        + " n2 (20 ms to 21 ms, acknowledged) at version 3: the store orders them against their real-time"
                        + " order (real-time write order)",
                0,
                1);
        assertThat(check(lines.replace("version", "position")).anomalies())
                .extracting(anomaly -> anomaly.kind())
                .containsExactly("VERSION_AGAINST_TIME");
        assertThat(Integrity.check(Transcript.parse(lines), CheckOptions.DEFAULT.with(WriteOrder.SESSION))
                        .answer())
                .isEqualTo(Answer.VALID);
    }

    @Test
    void aValueWrittenTwiceMayHaveTwoVersions() {
        Verdict verdict = check("""
                10..11 ms  session 1  n1  write x 7  ok version 3
                20..21 ms  session 2  n2  write x 7  ok version 4
                70..71 ms  session 2  n2  read x     ok 7 version 4
                """);
        assertThat(verdict.answer()).isEqualTo(Answer.VALID);
    }

    @Test
    void withoutAReadNothingIsObliged() {
        assertThat(check("""
                10..11 ms  session 1  n1  write x 7  ok
                """).answer()).isEqualTo(Answer.UNKNOWN);
    }
}
