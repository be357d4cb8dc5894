package dev.umpire.checkers.integrity;

import static dev.umpire.checkers.oracle.Verdicts.assertBroken;
import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.histories.History;
import dev.umpire.histories.event.MalformedHistoryException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Integrity of lists that are appended to, and of what transactions write. */
class ListIntegrityTest {

    private static Verdict check(String events) {
        try {
            return Integrity.check(History.parse(events), CheckOptions.DEFAULT);
        } catch (MalformedHistoryException e) {
            throw new AssertionError(e);
        }
    }

    /** One operation after the other, each of a process of its own: {@code append 7 ok}, {@code read [7] ok}. */
    private static String oneByOne(String... operations) {
        StringBuilder events = new StringBuilder();
        for (int i = 0; i < operations.length; i++) {
            String[] words = operations[i].split(" ", 3);
            String head =
                    "{:process " + i + ", :f :" + words[0] + (words[0].equals("txn") ? "" : ", :key :l") + ", :type ";
            String asked = words[0].equals("read") ? "nil" : words[2];
            events.append(
                    head + ":invoke, :value " + asked + "}\n" + head + ":" + words[1] + ", :value " + words[2] + "}\n");
        }
        return events.toString();
    }

    @Test
    void anElementOfAFailedAppendIsAborted() {
        assertBroken(
                check(oneByOne("append fail 7", "append ok 8", "read ok [8 7]")),
                "ABORTED_READ",
                "session 2 read :l (event 4 to event 5), which returned [8, 7], with 7, which took no effect: session 0"
                        + " appended 7 to :l (event 0 to event 1, failed), and nobody else appended it",
                0,
                2);
    }

    @Test
    void anElementThatIsAppendedLaterIsFromTheFuture() {
        assertBroken(
                check(oneByOne("append ok 8", "read ok [8 7]", "append ok 7")),
                "FUTURE_READ",
                "session 1 read :l (event 2 to event 3), which returned [8, 7], with 7 before anybody appended it: session"
                        + " 2 appended 7 to :l (event 4 to event 5, acknowledged), invoked some time after the read had"
                        + " completed",
                2,
                1);
    }

    @Test
    void anElementThatStandsTwiceIsADuplicate() {
        assertBroken(
                check(oneByOne("append ok 7", "read ok [7 7]")),
                "DUPLICATE_ELEMENT",
                "session 1 read :l (event 2 to event 3), which returned [7, 7], with 7 twice, which was appended once:"
                        + " session 0 appended 7 to :l (event 0 to event 1, acknowledged)",
                0,
                1);
    }

    @Test
    void anElementThatNobodyAppendedIsAPhantom() {
        assertBroken(
                check(oneByOne("append ok 7", "read ok [7 9]")),
                "PHANTOM_READ",
                "session 1 read :l (event 2 to event 3), which returned [7, 9], with 9, which nobody appended to :l",
                1);
    }

    @Test
    void whatATransactionAppendedTogetherMustNotStandApart() {
        assertBroken(
                check(oneByOne("txn ok [[:append :l 1] [:append :l 2]]", "read ok [1]")),
                "INTERMEDIATE_READ",
                "session 1 read :l (event 2 to event 3), which returned [1], in which what one transaction appended"
                        + " together stands apart: session 0 appended 1 and 2 to :l (event 0 to event 1, acknowledged)",
                0,
                1);
    }

    @Test
    void aValueThatItsTransactionReplacedMustNotBeRead() {
        assertBroken(
                check(oneByOne("txn ok [[:w :l 1] [:w :l 2]]", "read ok 1")),
                "INTERMEDIATE_READ",
                "session 1 read :l (event 2 to event 3), which returned 1, a value that the transaction which wrote it"
                        + " replaced itself: session 0 wrote :l=1 and then :l=2 (event 0 to event 1, acknowledged)",
                0,
                1);
    }

    @Test
    void aCasOfWhatNobodyElseWroteIsAPhantom() {
        assertBroken(
                check(oneByOne("cas ok [3 4]", "read ok 4")),
                "PHANTOM_READ",
                "session 0 read :l (event 0 to event 1), which returned 3, a value that nobody else wrote to :l",
                0);
    }

    @Test
    void theFaultWithTheWriteNearByIsToldFirst() {
        Verdict verdict = check(oneByOne("append fail 7", "append fail 8", "read ok [8]", "read ok [7]"));
        assertThat(verdict.anomalies()).extracting(Anomaly::operations).containsExactly(List.of(1, 2), List.of(0, 3));
    }

    @Test
    void theVersionOfAListBelongsToTheElementThatStandsLast() {
        String appends = """
                {"type":"invoke","process":0,"f":"append","key":"l","value":7}
                {"type":"ok","process":0,"f":"append","key":"l","value":7,"version":1}
                {"type":"invoke","process":0,"f":"append","key":"l","value":8}
                {"type":"ok","process":0,"f":"append","key":"l","value":8,"version":2}
                {"type":"invoke","process":1,"f":"read","key":"l"}
                {"type":"ok","process":1,"f":"read","key":"l","value":READ,"version":VERSION}
                """;
        assertThat(check(appends.replace("READ", "[7]").replace("VERSION", "1")).answer())
                .isEqualTo(Answer.VALID);
        assertThat(check(appends.replace("READ", "[7,8]").replace("VERSION", "2"))
                        .answer())
                .isEqualTo(Answer.VALID);
        assertThat(check(appends.replace("READ", "[7]").replace("VERSION", "2")).anomalies())
                .extracting(Anomaly::kind)
                .containsExactly("DIVERGENT_VERSION", "DIVERGENT_VERSION");
        // what cannot have been read says nothing about versions
        assertThat(check(appends.replace("READ", "[7,9]").replace("VERSION", "2"))
                        .anomalies())
                .extracting(Anomaly::kind)
                .containsExactly("PHANTOM_READ");
    }

    @Test
    void versionsAgainstTimeAreLookedForAlsoWhereAValueIsWrittenTwice() throws MalformedHistoryException {
        String events = """
                {"type":"invoke","process":0,"f":"write","key":"x","value":7}
                {"type":"ok","process":0,"f":"write","key":"x","value":7,"version":3}
                {"type":"invoke","process":0,"f":"write","key":"x","value":7}
                {"type":"ok","process":0,"f":"write","key":"x","value":7,"version":2}
                {"type":"invoke","process":1,"f":"write","key":"x","value":8}
                {"type":"ok","process":1,"f":"write","key":"x","value":8,"version":1}
                """;
        assertThat(check(events).anomalies())
                .extracting(Anomaly::operations)
                .containsExactly(List.of(0, 1), List.of(0, 2));
        assertThat(Integrity.check(History.parse(events), CheckOptions.DEFAULT.with(WriteOrder.SESSION))
                        .answer())
                .isEqualTo(Answer.UNKNOWN);
    }

    @Test
    void aTransactionCannotHaveReadWhatItWasAboutToAppend() {
        assertBroken(
                check(oneByOne("append ok 1", "txn ok [[:r :l [1 2]] [:append :l 2]]")),
                "PHANTOM_READ",
                "session 1 read :l (event 2 to event 3), which returned [1, 2], with 2, which nobody else appended to :l",
                1);
        assertBroken(
                check(oneByOne("append ok 1", "txn ok [[:r :l [1 2 3]] [:append :l 2] [:append :l 3]]")),
                "PHANTOM_READ",
                "session 1 read :l (event 2 to event 3), which returned [1, 2, 3], with 2, which nobody else appended to :l",
                1);
        assertThat(check(oneByOne("append ok 1", "txn ok [[:r :l [1]] [:append :l 2]]", "read ok [1 2]"))
                        .answer())
                .isEqualTo(Answer.VALID);
    }

    @Test
    void whatAnotherAppendedTooNeedNotStandWhereTheTransactionPutIt() {
        String together = "txn ok [[:append :l 1] [:append :l 2]]";
        assertBroken(
                check(oneByOne(together, "append ok 3", "read ok [1 3 2]")),
                "INTERMEDIATE_READ",
                "session 2 read :l (event 4 to event 5), which returned [1, 3, 2], in which what one transaction appended"
                        + " together stands apart: session 0 appended 1 and 2 to :l (event 0 to event 1, acknowledged)",
                0,
                2);
        assertThat(check(oneByOne(together, "append ok 2", "read ok [1 2 2]")).anomalyCount())
                .isZero();
        assertThat(check(oneByOne(together, "append ok 2", "read ok [2 1 2]")).anomalyCount())
                .isZero();
        assertThat(check(oneByOne(together, "append ok 1", "read ok [1 2 1]")).anomalyCount())
                .isZero();
    }

    /** The longer list goes on where the other ends, of which the first element is the one that came last. */
    @Test
    void aListIsFromTheFutureWhereAnyOfItsElementsIs() throws MalformedHistoryException {
        String events = """
                {:process 1 :type :invoke :f :append :key :l :value 7}
                {:process 1 :type :ok :f :append :key :l :value 7}
                {:process 2 :type :invoke :f :append :key :l :value 9}
                {:process 2 :type :ok :f :append :key :l :value 9}
                {:process 3 :type :invoke :f :read :key :l}
                {:process 4 :type :invoke :f :read :key :l}
                {:process 4 :type :ok :f :read :key :l :value [8 7 9]}
                {:process 1 :type :invoke :f :append :key :l :value 8}
                {:process 1 :type :ok :f :append :key :l :value 8}
                {:process 3 :type :ok :f :read :key :l :value [8 7]}
                """;
        assertThat(check(events).anomalies()).extracting(Anomaly::kind).containsExactly("FUTURE_READ");
        assertThat(check(events).anomalies()).extracting(Anomaly::operations).containsExactly(List.of(4, 3));
    }

    @Test
    void aListThatDoesNotBeginEmptyIsNotJudgedYet() {
        String recording = """
                {"umpire":"history","version":1,"nodes":[],"initial":INITIAL}
                {"type":"invoke","process":0,"f":"append","key":"l","value":7}
                {"type":"ok","process":0,"f":"append","key":"l","value":7}
                {"type":"invoke","process":1,"f":"read","key":"l"}
                {"type":"ok","process":1,"f":"read","key":"l","value":[7]}
                """;
        assertThat(check(recording.replace("INITIAL", "[]")).answer()).isEqualTo(Answer.VALID);
        assertThat(check(recording.replace("INITIAL", "null")).answer()).isEqualTo(Answer.VALID);
        Verdict begun = check(recording.replace("INITIAL", "[1]"));
        assertThat(begun.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(begun.reason().orElseThrow())
                .contains("is a list with an initial value that is not empty, which this checker cannot judge yet");
    }

    @Test
    void whatATransactionReadsBehindItsOwnWriteMustHaveBeenWrittenToo() {
        assertBroken(
                check(oneByOne("txn ok [[:w :l 2] [:r :l 1]]")),
                "PHANTOM_READ",
                "session 0 read :l (event 0 to event 1) behind its own write, which returned 1, a value that nobody else"
                        + " wrote to :l",
                0);
        assertBroken(
                check(oneByOne("write fail 1", "txn ok [[:w :l 2] [:r :l 1]]")),
                "ABORTED_READ",
                "session 1 read :l (event 2 to event 3) behind its own write, which returned 1, a value that took no"
                        + " effect: session 0 wrote :l=1 (event 0 to event 1, failed)",
                0,
                1);
        assertBroken(
                check(oneByOne("txn ok [[:w :l 2] [:r :l 1]]", "write ok 1")),
                "FUTURE_READ",
                "session 0 read :l (event 0 to event 1) behind its own write, which returned 1, before anybody wrote it:"
                        + " session 1 wrote :l=1 (event 2 to event 3, acknowledged)",
                1,
                0);
        assertBroken(
                check(oneByOne("txn ok [[:w :l 1] [:w :l 3]]", "txn ok [[:w :l 2] [:r :l 1]]")),
                "INTERMEDIATE_READ",
                "session 1 read :l (event 2 to event 3) behind its own write, which returned 1, a value that the"
                        + " transaction which wrote it replaced itself: session 0 wrote :l=1 and then :l=3 (event 0 to"
                        + " event 1, acknowledged)",
                0,
                1);
        assertBroken(
                check(oneByOne("append ok 1", "txn ok [[:append :l 4] [:r :l [1 99 4]]]")),
                "PHANTOM_READ",
                "session 1 read :l (event 2 to event 3) behind its own write, which returned [1, 99, 4], with 99, which"
                        + " nobody else appended to :l",
                1);
    }

    @Test
    void aListBehindAnOwnAppendIsAsAnyOther() {
        assertBroken(
                check(oneByOne("txn ok [[:append :l 3] [:r :l [3 3]]]", "read ok [3]")),
                "DUPLICATE_ELEMENT",
                "session 0 read :l (event 0 to event 1) behind its own write, which returned [3, 3], with 3 twice, which was"
                        + " appended once: session 0 appended 3 to :l (event 0 to event 1, acknowledged)",
                0);
        assertBroken(
                check(oneByOne(
                        "txn ok [[:append :l 1] [:append :l 2]]",
                        "txn ok [[:append :l 3] [:r :l [1 3]]]",
                        "read ok [1 2 3]")),
                "INTERMEDIATE_READ",
                "session 1 read :l (event 2 to event 3) behind its own write, which returned [1, 3], with 1, in which what"
                        + " one transaction appended together stands apart: session 0 appended 1 and 2 to :l (event 0 to"
                        + " event 1, acknowledged)",
                0,
                1);
    }

    @Test
    void whatATransactionReadsBehindItsOwnWriteMayBeAnothers() {
        for (String transaction : List.of(
                "txn ok [[:w :l 2] [:r :l 2]]",
                "txn ok [[:w :l 2] [:r :l 1]]",
                "txn ok [[:w :l 2] [:r :l nil]]",
                "txn ok [[:w :l 2] [:w :l 3] [:r :l 2] [:r :l 3]]")) {
            Verdict verdict = check(oneByOne("write ok 1", "read ok 1", transaction));
            assertThat(verdict.answer()).as(transaction).isEqualTo(Answer.VALID);
        }
        Verdict list = check(
                oneByOne("append ok 1", "txn ok [[:append :l 4] [:r :l [1 4]] [:append :l 5]]", "read ok [1 4 5]"));
        assertThat(list.answer()).as(list.toString()).isEqualTo(Answer.VALID);
    }
}
