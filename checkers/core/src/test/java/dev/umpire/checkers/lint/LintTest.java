package dev.umpire.checkers.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.oracle.Transcript;
import dev.umpire.histories.History;
import dev.umpire.histories.event.MalformedHistoryException;
import java.util.List;
import org.junit.jupiter.api.Test;

class LintTest {

    private static final String SOUND = """
            10..11 ms  session 1  n1  write x 7  ok
            20..21 ms  session 2  n2  read x     ok 7
            30..31 ms  session 2  n1  read x     ok 7
            """;

    private static void assertFinds(History history, Mistake mistake, long count, int operation, String sentence) {
        assertThat(Lint.of(history))
                .filteredOn(finding -> finding.mistake() == mistake)
                .containsExactly(new Finding(mistake, count, operation, sentence));
    }

    private static List<Mistake> mistakes(History history) {
        return Lint.of(history).stream().map(Finding::mistake).toList();
    }

    private static History parse(String lines) throws MalformedHistoryException {
        return History.parse(lines);
    }

    @Test
    void aSoundRecordingHasNoFindings() {
        assertThat(Lint.of(Transcript.parse(SOUND))).isEmpty();
    }

    @Test
    void aTimeoutRecordedAsFailureWhoseValueIsReadIsFound() {
        assertFinds(
                Transcript.parse(SOUND + """
                        40..90 ms    session 1  n1  write x 8  fail
                        95..96 ms    session 2  n2  read x     ok 8
                        97..98 ms    session 2  n2  read x     ok 8
                        """),
                Mistake.FAILED_WRITE_READ,
                2,
                3,
                "session 1 wrote x=8 at n1 (40 ms to 90 ms, failed), and session 2 read it (event 8)");
    }

    @Test
    void aFailedElementInAListIsFoundOnce() throws MalformedHistoryException {
        assertFinds(
                parse("""
                        {"type":"invoke","process":1,"f":"append","key":"l","value":3,"node":"n1"}
                        {"type":"fail","process":1,"f":"append","key":"l","value":3}
                        {"type":"invoke","process":2,"f":"read","key":"l","node":"n1"}
                        {"type":"ok","process":2,"f":"read","key":"l","value":[3]}
                        {"type":"invoke","process":2,"f":"read","key":"l","node":"n1"}
                        {"type":"ok","process":2,"f":"read","key":"l","value":[3,4]}
                        """),
                Mistake.FAILED_WRITE_READ,
                1,
                0,
                "session 1 appended 3 to l at n1 (event 0 to event 1, failed), and session 2 read it (event 2)");
    }

    @Test
    void aFailedWriteThatAnotherWriteRepeatsIsNotAccused() {
        assertThat(mistakes(Transcript.parse("""
                        10..11 ms  session 1  n1  write x 8  fail
                        20..21 ms  session 1  n2  write x 8  ok
                        30..31 ms  session 1  n2  read x     ok 8
                        """))).isEmpty();
    }

    @Test
    void aProcessThatGoesOnAfterAnUnknownOutcomeIsFound() throws MalformedHistoryException {
        History history = parse("""
                {"type":"invoke","process":1,"f":"write","key":"x","value":3,"node":"n1"}
                {"type":"info","process":1,"f":"write","key":"x","value":3}
                {"type":"invoke","process":1,"f":"read","key":"x","node":"n2"}
                {"type":"ok","process":1,"f":"read","key":"x","value":3}
                {"type":"invoke","process":1,"f":"read","key":"x","node":"n2"}
                {"type":"ok","process":1,"f":"read","key":"x","value":3}
                """);
        assertFinds(
                history,
                Mistake.PROCESS_REUSED,
                1,
                1,
                "process 1 did 'read x at n2' (event 2) after 'wrote x=3 at n1' (event 0), of which nobody knows the"
                        + " outcome");
        assertThat(mistakes(history)).containsExactly(Mistake.PROCESS_REUSED);
    }

    @Test
    void operationsWithoutAKeyBesideOthersAreFound() throws MalformedHistoryException {
        assertFinds(
                parse("""
                        {"type":"invoke","process":1,"f":"add","key":"x","value":3,"node":"n1"}
                        {"type":"ok","process":1,"f":"add","key":"x","value":3}
                        {"type":"invoke","process":1,"f":"read","node":"n2"}
                        {"type":"ok","process":1,"f":"read","value":[3]}
                        """),
                Mistake.KEYED_AND_UNKEYED,
                1,
                1,
                "'read the set at n2' (event 2) names no key, and other operations do");
    }

    @Test
    void aValueThatWasThereFromTheBeginningIsToBeDeclared() {
        assertFinds(
                Transcript.parse("""
                        10..11 ms  session 1  n1  read x     ok 0
                        20..21 ms  session 1  n1  write x 7  ok
                        20..21 ms  session 2  n2  read y     ok 0
                        30..31 ms  session 2  n1  read y     ok 0
                        """),
                Mistake.INITIAL_NOT_DECLARED,
                2,
                0,
                "session 1 read x at n1 (10 ms to 11 ms), which returned 0, before any write of x was acknowledged; nobody"
                        + " wrote it, and the declared initial value is nil: if it was there, say --initial 0");
    }

    @Test
    void aPhantomLongAfterTheFirstWriteIsNoInitialValue() {
        assertThat(mistakes(Transcript.parse(SOUND + "40..41 ms  session 2  n2  read x  ok 99\n")))
                .isEmpty();
    }

    @Test
    void aFunctionThatNoCheckerKnowsIsFound() throws MalformedHistoryException {
        assertFinds(parse("""
                        {"type":"invoke","process":1,"f":"set","key":"x","value":3,"node":"n1"}
                        {"type":"ok","process":1,"f":"set","key":"x","value":3}
                        {"type":"invoke","process":1,"f":"read","key":"x","node":"n1"}
                        {"type":"ok","process":1,"f":"read","key":"x","value":3}
                        """), Mistake.FUNCTION_NOT_KNOWN, 1, 0, "'set x at n1' (event 0) is of the function set");
    }

    @Test
    void valuesWrittenTwiceAreFound() {
        assertFinds(
                Transcript.parse(SOUND + "40..41 ms  session 2  n2  write x 7  ok\n"),
                Mistake.VALUES_NOT_UNIQUE,
                1,
                3,
                "session 2 wrote x=7 at n2 (40 ms to 41 ms, acknowledged), which session 1 had tried before (event 0)");
    }

    @Test
    void theInitialValueWrittenIsFound() {
        assertFinds(
                Transcript.parse(SOUND + "40..41 ms  session 2  n2  write x nil  ok\n"),
                Mistake.VALUES_NOT_UNIQUE,
                1,
                3,
                "session 2 wrote x=nil at n2 (40 ms to 41 ms, acknowledged), which is the initial value as well");
    }

    @Test
    void aSessionThatWasNeverAnsweredIsFound() {
        assertFinds(
                Transcript.parse(SOUND + """
                        40..45 ms  session 3  n2  write x 8  info
                        50..51 ms  session 3  n2  write x 9  fail
                        """),
                Mistake.SESSION_NEVER_ANSWERED,
                1,
                3,
                "session 3 was never answered; it began with 'wrote x=8 at n2' (event 6)");
    }

    @Test
    void timesThatRunBackwardsAreCounted() throws MalformedHistoryException {
        assertFinds(
                parse("""
                        {"time":5000000,"type":"invoke","process":1,"f":"write","key":"x","value":3,"node":"n1"}
                        {"time":2000000,"type":"ok","process":1,"f":"write","key":"x","value":3}
                        {"time":3000000,"type":"invoke","process":1,"f":"read","key":"x","node":"n2"}
                        {"time":1000000,"type":"ok","process":1,"f":"read","key":"x","value":3}
                        """),
                Mistake.TIME_BACKWARDS,
                2,
                0,
                "an event of 'wrote x=3 at n1' (invoked as event 0) has a time 3 ms before that of an event that stands"
                        + " earlier in the recording");
    }

    @Test
    void sessionsThatNeverMoveAreFound() {
        assertFinds(
                Transcript.parse("""
                        10..11 ms  session 1  n1  write x 7  ok
                        20..21 ms  session 2  n2  read x     ok 7
                        30..31 ms  session 2  n2  read x     ok 7
                        """),
                Mistake.NO_SESSION_MOVES,
                1,
                1,
                "session 2 did 2 operations, all at n2, and the recording has 2 nodes");
    }

    @Test
    void operationsWithoutANodeAreCounted() throws MalformedHistoryException {
        assertFinds(parse("""
                        {"type":"invoke","process":1,"f":"write","key":"x","value":3}
                        {"type":"ok","process":1,"f":"write","key":"x","value":3}
                        {"type":"invoke","process":1,"f":"read","key":"x"}
                        {"type":"ok","process":1,"f":"read","key":"x","value":3}
                        """), Mistake.NO_NODES, 2, 0, "'wrote x=3' (event 0) names no node");
    }

    @Test
    void aRecordingThatReadsNothingIsFound() {
        assertFinds(
                Transcript.parse("10..11 ms  session 1  n1  write x 7  ok\n"),
                Mistake.NOTHING_READ,
                1,
                0,
                "wrote x=7 at n1 (event 0) was acknowledged, and no read in the whole recording was answered");
    }

    @Test
    void aCounterRepeatsItsSumsAndReturnsWhatNobodyWrote() throws MalformedHistoryException {
        for (String count : List.of("increment", "add")) {
            assertThat(mistakes(parse("""
                            {"type":"invoke","process":1,"f":"%1$s","key":"x","value":1,"node":"n1"}
                            {"type":"ok","process":1,"f":"%1$s","key":"x","value":1}
                            {"type":"invoke","process":2,"f":"%1$s","key":"x","value":1,"node":"n1"}
                            {"type":"ok","process":2,"f":"%1$s","key":"x","value":1}
                            {"type":"invoke","process":2,"f":"read","key":"x","node":"n1"}
                            {"type":"ok","process":2,"f":"read","key":"x","value":2}
                            """.formatted(count)))).as(count).isEmpty();
        }
    }

    @Test
    void anElementThatIsAddedTwiceToASetIsFound() throws MalformedHistoryException {
        assertThat(mistakes(parse("""
                        {"type":"invoke","process":1,"f":"add","key":"x","value":1,"node":"n1"}
                        {"type":"ok","process":1,"f":"add","key":"x","value":1}
                        {"type":"invoke","process":1,"f":"add","key":"x","value":1,"node":"n1"}
                        {"type":"ok","process":1,"f":"add","key":"x","value":1}
                        {"type":"invoke","process":1,"f":"read","key":"x","node":"n1"}
                        {"type":"ok","process":1,"f":"read","key":"x","value":[1]}
                        """))).containsExactly(Mistake.VALUES_NOT_UNIQUE);
    }

    @Test
    void whatIsTakenFromAQueueIsRead() throws MalformedHistoryException {
        assertThat(mistakes(parse("""
                        {"type":"invoke","process":1,"f":"enqueue","value":1,"node":"n1"}
                        {"type":"ok","process":1,"f":"enqueue","value":1}
                        {"type":"invoke","process":1,"f":"dequeue","node":"n1"}
                        {"type":"ok","process":1,"f":"dequeue","value":1}
                        """))).isEmpty();
    }

    @Test
    void aRefusalByTheObjectItselfIsAnAnswer() {
        assertThat(mistakes(Transcript.parse(SOUND + "40..45 ms  session 3  n2  cas x 8 9  fail\n")))
                .isEmpty();
        assertThat(mistakes(Transcript.parse(SOUND + "40..45 ms  session 3  n2  write x 8  fail\n")))
                .containsExactly(Mistake.SESSION_NEVER_ANSWERED);
        assertThat(mistakes(Transcript.parse(SOUND + "40..45 ms  session 3  n2  cas x 8 9  info\n")))
                .containsExactly(Mistake.SESSION_NEVER_ANSWERED);
    }

    @Test
    void theWorstStandsFirst() {
        assertThat(mistakes(Transcript.parse("""
                        10..11 ms  session 1  n1  write x 8  fail
                        20..21 ms  session 2  n2  read x     ok 8
                        30..31 ms  session 2  n2  write y 1  ok
                        40..41 ms  session 2  n2  write y 1  ok
                        """)))
                .containsExactly(
                        Mistake.FAILED_WRITE_READ,
                        Mistake.VALUES_NOT_UNIQUE,
                        Mistake.SESSION_NEVER_ANSWERED,
                        Mistake.NO_SESSION_MOVES);
    }
}
