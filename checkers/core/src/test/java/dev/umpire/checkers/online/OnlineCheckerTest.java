package dev.umpire.checkers.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.checkers.Guarantee;
import dev.umpire.checkers.oracle.Transcript;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.checkers.verdict.WriteOrder;
import dev.umpire.histories.History;
import dev.umpire.histories.event.Event;
import dev.umpire.histories.event.EventType;
import dev.umpire.histories.event.MalformedHistoryException;
import dev.umpire.histories.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OnlineCheckerTest {

    @Test
    void aViolationIsToldAsTheCheckerOfTheWholeRecordingTellsIt() {
        History history = Transcript.parse("""
                100..110 ms  session 9  n1  write y 1   ok
                120..130 ms  session 1  n1  write x 7   ok
                140..150 ms  session 1  n1  write x 8   ok
                160..170 ms  session 1  n2  read  x     ok 7
                """);
        OnlineChecker online = online("read-your-writes");
        List<Answer> answers = new ArrayList<>();
        history.events().forEach(event -> {
            online.accept(event);
            answers.add(online.answer());
        });

        assertThat(answers)
                .startsWith(Answer.UNKNOWN)
                .endsWith(Answer.UNKNOWN, Answer.INVALID)
                .hasSize(8);
        Verdict verdict = online.verdict();
        Verdict whole = Guarantee.READ_YOUR_WRITES.check(history);
        assertThat(verdict.anomalies()).isEqualTo(whole.anomalies());
        assertThat(verdict.anomalies().get(0).sentence())
                .contains("session 1 wrote x=8 at n1")
                .contains("so it is older (real-time write order)");
        assertThat(verdict.anomalies().get(0).operations()).containsExactly(1, 2, 3);
    }

    @Test
    void aWriteThatWasReadAndFailsTakesTheViolationBack() {
        OnlineChecker online = online("monotonic-reads");
        feed(online, """
                100..900 ms  session 1  n1  write x 7   fail
                120..130 ms  session 2  n1  write x 8   ok
                140..150 ms  session 3  n1  read  x     ok 8
                160..170 ms  session 3  n2  read  x     ok 7
                180..190 ms  session 3  n2  read  x     ok 8
                """, 9);
        assertThat(online.answer()).isEqualTo(Answer.INVALID);

        OnlineChecker toTheEnd = online("monotonic-reads");
        feed(toTheEnd, """
                100..900 ms  session 1  n1  write x 7   fail
                120..130 ms  session 2  n1  write x 8   ok
                140..150 ms  session 3  n1  read  x     ok 8
                160..170 ms  session 3  n2  read  x     ok 7
                180..190 ms  session 3  n2  read  x     ok 8
                """, 10);
        assertThat(toTheEnd.answer()).isEqualTo(Answer.VALID);
        assertThat(toTheEnd.verdict().obliged()).isEqualTo(1);
        assertThat(toTheEnd.verdict().examined()).isEqualTo(2);
    }

    /** 7 was read before 9 failed, and 8 after: without 9 between them, 7 is older than 8 all the same. */
    @Test
    void whatWasReadBeforeAWriteThatFailsStillBindsWhatWasReadAfterIt() {
        String lines = """
                10..90 ms  session 1  n1  write x 7  ok
                10..91 ms  session 4  n1  write x 8  ok
                10..60 ms  session 5  n1  write x 9  fail
                20..21 ms  session 2  n1  read  x    ok 7
                30..31 ms  session 2  n1  read  x    ok 9
                40..41 ms  session 2  n1  read  x    ok 8
                70..71 ms  session 3  n2  read  x    ok 8
                72..73 ms  session 3  n2  read  x    ok 7
                """;
        OnlineChecker online = online("monotonic-reads");
        feed(online, lines, 13);
        assertThat(online.answer()).isEqualTo(Answer.VALID);

        OnlineChecker toTheEnd = online("monotonic-reads");
        feed(toTheEnd, lines, 14);
        assertThat(toTheEnd.answer()).isEqualTo(Answer.INVALID);
    }

    @Test
    void aViolationThatNoFailureTakesBackIsFoundBesideOneThatIsTakenBack() {
        OnlineChecker online = online("monotonic-reads");
        feed(online, """
                10..90 ms   session 1  n1  write x 7  fail
                20..25 ms   session 4  n1  write x 8  ok
                30..35 ms   session 2  n1  read  x    ok 7
                40..45 ms   session 2  n1  read  x    ok nil
                50..55 ms   session 3  n1  read  x    ok 8
                60..65 ms   session 3  n1  read  x    ok nil
                """, 12);
        assertThat(online.answer()).isEqualTo(Answer.INVALID);
        assertThat(online.verdict().anomalies().get(0).operations()).containsExactly(4, 5);
    }

    /** The write of 7 was neither the first to complete of what showed 7, nor the last to be invoked. */
    @Test
    void aWriteIsPartOfWhatShowsThatItsValueCameBack() {
        String recording = """
                100..140 ms  session 1  n1  write x 7  ok
                110..120 ms  session 2  n1  read  x    ok 7
                150..160 ms  session 1  n1  write x 8  ok
                170..180 ms  session 2  n1  read  x    ok 7
                """;
        OnlineChecker online = online("linearizable");
        feed(online, recording, 8);
        assertThat(online.verdict().anomalies())
                .isEqualTo(Guarantee.LINEARIZABLE
                        .check(Transcript.parse(recording))
                        .anomalies());
    }

    @Test
    void asManyViolationsAreListedAsAreAskedForAndAsManyKeysAreNamedAsCanBeRead() {
        String broken = """
                10..11 ms  session 1  n1  read a  ok 7
                12..13 ms  session 1  n1  read b  ok 7
                14..15 ms  session 1  n1  read c  ok 7
                """;
        OnlineChecker online = OnlineChecker.of("integrity", CheckOptions.DEFAULT.withAnomalyLimit(2), Value.NIL)
                .orElseThrow();
        assertThat(online.guarantee()).isEqualTo("integrity");
        feed(online, broken, 6);
        assertThat(online.verdict().anomalyCount()).isEqualTo(3);
        assertThat(online.verdict().anomalies()).extracting(Anomaly::key).containsExactly("a", "b");
        feed(
                online,
                broken.replaceAll("read (.)  ok 7", "cas $1 7 8  ok") + "16..17 ms  session 1  n1  cas d 7 8  ok",
                8);
        assertThat(online.verdict().reason().orElseThrow())
                .startsWith("key a has operations cas; key b has operations cas; key c has operations cas;"
                        + " 1 more key is undecided for such reasons, which is not judged");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            "f":"read" | "f":"read","key":"x","value":7 | the recording has operations that name their keys only when they are answered
            "f":"snapshot","value":["x"] | "f":"snapshot","value":{"x":7},"version":3 | key x has reported versions
            "f":"snapshot","value":["x"],"position":3 | "f":"snapshot","value":{"x":7} | key x has reported versions
            "f":"read","key":"x" | "f":"read","key":"x","value":7,"position":3 | key x has reported versions
            """)
    void anAnswerThatIsNoneOfAPlainRegisterIsNotJudgedAndItIsSaidWhy(String asked, String answered, String why)
            throws MalformedHistoryException {
        OnlineChecker online = online("integrity");
        events("{\"type\":\"invoke\",\"process\":1," + asked + "}\n{\"type\":\"ok\",\"process\":1," + answered + "}")
                .forEach(online::accept);
        assertThat(online.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(online.verdict().reason().orElseThrow()).startsWith(why + ", which is not judged");
    }

    @ParameterizedTest
    @CsvSource({
        "write x 7, key x was written one value more than once",
        "write x nil, key x was written its initial value",
        "cas x 7 8, key x has operations cas",
        "append x 9, key x has operations append",
        "write x 9 version 3, key x has reported versions",
    })
    void aKeyThatIsNoPlainRegisterIsUndecidedAndSaysWhy(String deed, String reason) {
        boolean version = deed.endsWith("version 3");
        String plain = deed.replace(" version 3", "");
        OnlineChecker online = online("read-your-writes");
        feed(online, """
                100..110 ms  session 1  n1  write x 7   ok
                120..130 ms  session 1  n1  read  x     ok 7
                140..150 ms  session 1  n1  %s   ok%s
                """.formatted(plain, version ? " version 3" : ""), 6);

        assertThat(online.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(online.verdict().reason().orElseThrow())
                .startsWith(reason)
                .endsWith("which is not judged while it is recorded; umpire check judges it");
    }

    @Test
    void oneKeyThatIsNotJudgedHidesNoViolationOfAnother() {
        OnlineChecker online = online("read-your-writes");
        feed(online, """
                100..110 ms  session 1  n1  cas   y 7 8   ok
                120..130 ms  session 1  n1  write x 7   ok
                140..150 ms  session 1  n1  read  x     ok nil
                """, 6);
        assertThat(online.answer()).isEqualTo(Answer.INVALID);
        assertThat(online.verdict().anomalies().get(0).kind()).isEqualTo("OWN_WRITE_MISSING");
        assertThat(online.verdict().reason().orElseThrow()).startsWith("key y has operations cas");
    }

    @Test
    void aReadOfWhatIsForgottenBreaksItsSessionAllTheSame() {
        LongRecording recording = new LongRecording(1);
        OnlineChecker online = OnlineChecker.of("monotonic-reads", CheckOptions.DEFAULT, Value.NIL, 10)
                .orElseThrow();
        recording.next(10_001, online::accept);
        assertThat(online.answer()).isEqualTo(Answer.VALID);

        recording.read(recording.idle(), 0, 17, online::accept);

        assertThat(online.answer()).isEqualTo(Answer.INVALID);
        assertThat(online.verdict().anomalies().get(0).sentence())
                .contains("too long ago to be remembered; umpire check names them");
    }

    @Test
    void aBrokenKeyOfWhichTooMuchIsForgottenIsUndecided() throws MalformedHistoryException {
        OnlineChecker online = OnlineChecker.of("integrity", CheckOptions.DEFAULT, Value.NIL, 1)
                .orElseThrow();
        events("""
                {"type":"invoke","process":1,"f":"write","key":"x","value":"a"}
                {"type":"ok","process":1,"f":"write","key":"x","value":"a"}
                {"type":"invoke","process":1,"f":"read","key":"x"}
                {"type":"ok","process":1,"f":"read","key":"x","value":"b"}
                {"type":"invoke","process":1,"f":"write","key":"y","value":1}
                """).forEach(online::accept);
        assertThat(online.answer()).isEqualTo(Answer.INVALID);
        online.accept(Event.of(EventType.OK)
                .process(1)
                .function("write")
                .key(Value.of("y"))
                .build());
        assertThat(online.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(online.verdict().reason().orElseThrow()).startsWith("key x was written so many values");
    }

    private static final String AFTER_ANOTHER = """
            {"type":"invoke","process":9,TIME0"f":"write","key":"y","value":1}
            {"type":"ok","process":9,TIME1"f":"write","key":"y","value":1}
            {"type":"invoke","process":1,TIME2"f":"write","key":"x","value":1}
            {"type":"ok","process":1,TIME3"f":"write","key":"x","value":1}
            {"type":"invoke","process":1,TIME4"f":"read","key":"x"}
            {"type":"ok","process":1,TIME5"f":"read","key":"x","value":null}
            """;

    @Test
    void timesSince1970AreToldFromTheFirstOperationOfTheRecordingOn() throws MalformedHistoryException {
        OnlineChecker online = online("read-your-writes");
        History history = History.parse(AFTER_ANOTHER.replaceAll("TIME([0-9])", "\"time\":179000000$1000000000,"));
        history.events().forEach(online::accept);
        assertThat(online.verdict().anomalies())
                .isEqualTo(Guarantee.named("read-your-writes").check(history).anomalies());
        assertThat(online.verdict().anomalies().get(0).sentence()).contains("x=1 (2,000 ms to 3,000 ms, ");
    }

    @Test
    void withoutTimesItIsSaidHowEventsAreNumbered() throws MalformedHistoryException {
        OnlineChecker online = online("read-your-writes");
        events(AFTER_ANOTHER.replaceAll("TIME[0-9]", "")).forEach(online::accept);
        assertThat(online.verdict().anomalies().get(0).sentence())
                .endsWith("(events are numbered among those of the operations told here)");
    }

    @Test
    void aReadWithSiblingsIsNotJudged() throws MalformedHistoryException {
        String recording = """
                {"type":"invoke","process":1,"f":"read","key":"y"}
                {"type":"ok","process":1,"f":"read","key":"y","value":1,"siblings":[1,2]VERSION}
                {"type":"invoke","process":1,"f":"read","key":"x"}
                {"type":"ok","process":1,"f":"read","key":"x","value":1}
                """;
        for (String version : List.of("", ",\"version\":3")) {
            OnlineChecker together = online("linearizable");
            events(recording.replace("VERSION", version)).forEach(together::accept);
            assertThat(together.answer()).isEqualTo(Answer.UNKNOWN);
            assertThat(together.verdict().reason().orElseThrow())
                    .startsWith("the recording was read with siblings, which is not judged");
            OnlineChecker apart = online("integrity");
            events(recording.replace("VERSION", version)).forEach(apart::accept);
            assertThat(apart.answer()).isEqualTo(Answer.INVALID);
            assertThat(apart.verdict().anomalies().get(0).key()).isEqualTo("x");
        }
    }

    @Test
    void aSnapshotThatWasNotAnsweredWithAValueForEachKeyIsNotJudged() {
        Value one = Value.of(7);
        for (Value answer : List.of(one, Value.of(List.of(one, one)), Value.of(List.of()))) {
            OnlineChecker online = online("integrity");
            Event.Builder asked = Event.of(EventType.INVOKE).process(1).function("snapshot");
            online.accept(asked.value(Value.of(List.of(Value.of("x")))).build());
            online.accept(Event.of(EventType.OK)
                    .process(1)
                    .function("snapshot")
                    .value(answer)
                    .build());
            assertThat(online.answer()).isEqualTo(Answer.UNKNOWN);
            assertThat(online.verdict().reason().orElseThrow())
                    .startsWith(
                            "the recording has a snapshot that was not answered with a value for each key, which is not");
        }
    }

    private static Iterable<Event> events(String lines) throws MalformedHistoryException {
        return History.parse(lines).events();
    }

    @Test
    void whatIsNoRecordingIsRefused() {
        OnlineChecker online = online("read-your-writes");
        Event ok = Event.of(EventType.OK).process(3).function("read").build();
        assertThatThrownBy(() -> online.accept(ok))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a completion of process 3 without an invocation");
        Event invocation =
                Event.of(EventType.INVOKE).process(3).function("read").build();
        online.accept(invocation);
        assertThatThrownBy(() -> online.accept(invocation)).hasMessageContaining("a second invocation of process 3");
    }

    @Test
    void whatCannotBeJudgedOnlineHasNoChecker() {
        assertThat(OnlineChecker.of("durability", CheckOptions.DEFAULT, Value.NIL))
                .isEmpty();
        assertThat(OnlineChecker.of("monotonic-reads", CheckOptions.DEFAULT.with(WriteOrder.SESSION), Value.NIL))
                .isEmpty();
    }

    private static OnlineChecker online(String guarantee) {
        return OnlineChecker.of(guarantee, CheckOptions.DEFAULT, Value.NIL).orElseThrow();
    }

    private static void feed(OnlineChecker online, String transcript, int events) {
        int left = events;
        for (Event event : Transcript.parse(transcript).events()) {
            if (left-- > 0) {
                online.accept(event);
            }
        }
    }
}
