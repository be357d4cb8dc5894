package dev.umpire.checkers.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.checkers.oracle.Transcript;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
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

/** What is remembered, counted after every event, and where so much would have to be remembered that a key is given up. */
class OnlineLimitsTest {

    /**
     * One write, one read of it, one write of another session that overlaps nothing, and at last a read of the first again.
     * What is counted: each process and session with something under way, each write that is settled and not forgotten, each
     * key, each write of it, each run of forgotten numbers, and what the guarantee keeps: bounds of sessions, edges between
     * writes, what overlaps something that is under way, and the violation.
     */
    private static final String WENT_BACK = """
            10..20 ms  session 1  n1  write x 7  ok
            30..40 ms  session 2  n1  read  x    ok 7
            50..60 ms  session 2  n1  write x 8  ok
            70..80 ms  session 2  n1  read  x    ok 8
            90..99 ms  session 2  n1  read  x    ok 7
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            integrity               | 1000 | 4 3 5 3 6 5 7 5 7 5
            integrity               | 0    | 4 2 4 2 5 2 4 2 4 2
            linearizable            | 1000 | 6 6 8 5 8 8 10 7 9 11
            read-your-writes        | 1000 | 4 5 7 6 9 9 11 9 11 10
            monotonic-reads         | 1000 | 4 3 5 5 8 7 9 8 10 9
            monotonic-reads         | 0    | 4 2 4 1 3 1 3 1 3 1
            bounded-staleness:0ms   | 1000 | 4 5 7 4 7 7 9 6 8 9
            bounded-staleness:1versions | 1000 | 4 6 8 5 8 9 11 8 10 8
            """)
    void whatIsRememberedIsCountedAfterEveryEvent(String guarantee, int window, String counts) {
        OnlineChecker online = OnlineChecker.of(guarantee, CheckOptions.DEFAULT, Value.NIL, window)
                .orElseThrow();
        List<String> counted = new ArrayList<>();
        for (Event event : Transcript.parse(WENT_BACK).events()) {
            online.accept(event);
            counted.add(Long.toString(online.retained()));
        }
        assertThat(String.join(" ", counted)).isEqualTo(counts);
    }

    /** Three writes at once; session 2 reads one after the other, and none of that is dropped while another read of it is open. */
    @Test
    void whatALaterReadCoversBindsNoMore() {
        OnlineChecker online = online("monotonic-reads");
        Transcript.parse("""
                10..91 ms  session 1  n1  write x 7  ok
                11..92 ms  session 3  n1  write x 8  ok
                12..93 ms  session 4  n1  write x 9  ok
                20..99 ms  session 2  n1  read  x    info
                30..31 ms  session 2  n1  read  x    ok 7
                40..41 ms  session 2  n1  read  x    ok 8
                94..95 ms  session 2  n1  read  x    ok 9
                """).events().forEach(online::accept);
        assertThat(online.answer()).isEqualTo(Answer.VALID);
        // the key, three writes, of which none was pushed out, the session with its last read, and that 7 came before 8
        // and 8
        // before 9: the read of 7 was followed by that of 8, and does not put 7 before 9 once more
        assertThat(online.retained()).isEqualTo(1 + 3 + 3 + 2 + 2 + 2);
    }

    @Test
    void aReadOfWhatIsForgottenCountsLikeAnyOther() {
        OnlineChecker online = OnlineChecker.of("monotonic-reads", CheckOptions.DEFAULT, Value.NIL, 1)
                .orElseThrow();
        Transcript.parse("""
                10..20 ms  session 1  n1  write x 7  ok
                30..40 ms  session 1  n1  write x 8  ok
                50..60 ms  session 2  n1  read  x    ok 8
                70..80 ms  session 2  n1  read  x    ok 7
                """).events().forEach(online::accept);
        Verdict verdict = online.verdict();
        assertThat(verdict.answer()).isEqualTo(Answer.INVALID);
        assertThat(verdict.obliged()).isEqualTo(1);
        assertThat(verdict.examined()).isEqualTo(2);
        assertThat(verdict.anomalies().get(0).operations()).containsExactly(3);
        // the key, that 7 was written, the write of 8 as one and as the last that is settled, the session and its read,
        // and the
        // three operations of the violation
        assertThat(online.retained()).isEqualTo(1 + 1 + 2 + 2 + 3);
    }

    @Test
    void aSessionThatWroteNothingMayReadWhatIsForgotten() {
        OnlineChecker online = OnlineChecker.of("read-your-writes", CheckOptions.DEFAULT, Value.NIL, 0)
                .orElseThrow();
        Transcript.parse("""
                10..20 ms  session 1  n1  write x 7  ok
                30..40 ms  session 1  n1  write x 8  ok
                50..60 ms  session 2  n1  read  x    ok 7
                70..80 ms  session 1  n1  read  x    ok 8
                """).events().forEach(online::accept);
        assertThat(online.answer()).isEqualTo(Answer.VALID);
        assertThat(online.verdict().obliged()).isEqualTo(1);
        assertThat(online.verdict().examined()).isEqualTo(2);
    }

    @Test
    void whatOverlapsAnOperationUnderWayIsNotForgotten() {
        OnlineChecker online = OnlineChecker.of("linearizable", CheckOptions.DEFAULT, Value.NIL, 0)
                .orElseThrow();
        Transcript.parse("""
                5..90 ms   session 9  n1  read  x    ok 7
                10..20 ms  session 1  n1  write x 7  ok
                15..30 ms  session 2  n1  write x 8  ok
                40..45 ms  session 3  n1  read  x    ok 7
                50..55 ms  session 3  n1  read  x    ok 7
                """).events().forEach(online::accept);
        assertThat(online.answer()).isEqualTo(Answer.VALID);
    }

    @Test
    void readsOfTheInitialValueAreRememberedWhileTheWriteThatForbidsThemMayFail() {
        OnlineChecker online = online("monotonic-reads");
        online.accept(event(EventType.INVOKE, 1, "write").value(Value.of(7)).build());
        read(online, 2, Value.of(7));
        for (int i = 1; i < 10_000; i++) {
            read(online, 2, Value.NIL);
        }
        assertThat(online.answer()).isEqualTo(Answer.INVALID);
        read(online, 2, Value.NIL);
        assertThat(online.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(online.verdict().reason().orElseThrow())
                .startsWith("key x was read too often while writes of it were under way");
    }

    @Test
    void nothingIsRememberedOfAKeyThatIsNotJudged() {
        for (String guarantee : List.of("integrity", "read-your-writes", "monotonic-reads", "bounded-staleness:0ms")) {
            OnlineChecker online = online(guarantee);
            Transcript.parse(WENT_BACK + "100..110 ms  session 2  n1  cas x 7 9  ok")
                    .events()
                    .forEach(online::accept);
            // the key, and its two writes until newer ones push them out
            assertThat(online.retained()).as(guarantee).isEqualTo(3);
            assertThat(online.answer()).isEqualTo(Answer.UNKNOWN);
            assertThat(online.verdict().obliged()).isZero();
            assertThat(online.verdict().examined()).isZero();
        }
    }

    @Test
    void nothingIsRememberedOfARecordingThatIsNotJudged() {
        OnlineChecker online = online("linearizable");
        Transcript.parse(WENT_BACK).events().forEach(online::accept);
        assertThat(online.answer()).isEqualTo(Answer.INVALID);
        Transcript.parse("100..110 ms  session 2  n1  cas x 7 9  ok").events().forEach(online::accept);
        assertThat(online.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(online.retained()).isZero();
        assertThat(online.verdict().obliged()).isZero();
        Transcript.parse(WENT_BACK).events().forEach(online::accept);
        assertThat(online.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(online.retained()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "integrity,        10000, was read too often while a write of it was under way",
        "monotonic-reads,  10000, was read too often while writes of it were under way",
        "read-your-writes, 20000, ''",
        "linearizable,     20000, ''",
    })
    void soManyReadsOfAWriteThatIsUnderWayAreRemembered(String guarantee, int most, String reason) {
        OnlineChecker online = online(guarantee);
        online.accept(event(EventType.INVOKE, 1, "write").value(Value.of(7)).build());
        for (int i = 0; i < most; i++) {
            read(online, 2, Value.of(7));
        }
        assertThat(online.verdict().reason().orElse("")).doesNotContain("too often");
        read(online, 2, Value.of(7));
        if (reason.isEmpty()) {
            assertThat(online.verdict().reason().orElse("")).doesNotContain("too often");
        } else {
            assertThat(online.answer()).isEqualTo(Answer.UNKNOWN);
            assertThat(online.verdict().reason().orElseThrow()).startsWith("key x " + reason);
        }
    }

    @Test
    void soManyWritesBesideOneOperationThatIsUnderWayAreRemembered() {
        OnlineChecker online = OnlineChecker.of("linearizable", CheckOptions.DEFAULT, Value.NIL, 200_000)
                .orElseThrow();
        online.accept(event(EventType.INVOKE, 1, "read").build());
        read(online, 3, Value.NIL);
        for (int i = 1; i <= 100_000; i++) {
            write(online, 2, i);
        }
        assertThat(online.answer()).isEqualTo(Answer.VALID);
        write(online, 2, 100_001);
        assertThat(online.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(online.verdict().reason().orElseThrow())
                .startsWith("key x was written too often while one operation was under way");
    }

    @Test
    void aWindowOfNoWritesIsAllowedAndASmallerOneIsNot() {
        assertThat(OnlineChecker.of("integrity", CheckOptions.DEFAULT, Value.NIL, 0))
                .isPresent();
        assertThatThrownBy(() -> OnlineChecker.of("integrity", CheckOptions.DEFAULT, Value.NIL, -1))
                .hasMessage("window: found -1, expected 0 or more");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            {"type":"invoke","process":5,"f":"write","key":"x","value":[1,2]} | INVALID | the recording has lists as values
            {"type":"invoke","process":5,"f":"read","value":["x",null]} | INVALID | the recording has lists as values
            {"type":"invoke","process":5,"f":"snapshot","value":["x","y"]} | INVALID | ''
            {"type":"invoke","process":5,"f":"txn","value":[]} | INVALID | the recording has transactions
            {"type":"invoke","process":5,"f":"add","key":"y","value":1} | INVALID | key y has operations add
            {"type":"invoke","process":5,"f":"write","key":"y","value":1,"version":3} | INVALID | key y has reported versions
            {"type":"invoke","process":5,"f":"read","key":"y","position":3} | INVALID | key y has reported versions
            {"type":"info","process":"nemesis","f":"start"} | INVALID | ''
            {"type":"invoke","process":"nemesis","f":"start"} | INVALID | ''
            {"type":"info","process":"other","f":"kill"} | INVALID | ''
            """)
    void whatComesAfterAViolationLeavesItWhereTheKeyIsJudgedStill(String line, Answer unlessNothingIsJudged, String why)
            throws MalformedHistoryException {
        OnlineChecker online = online("monotonic-reads");
        Transcript.parse(WENT_BACK).events().forEach(online::accept);
        History.parse(line).events().forEach(online::accept);
        Verdict verdict = online.verdict();
        assertThat(verdict.reason().orElse("")).startsWith(why);
        assertThat(verdict.answer())
                .isEqualTo(why.startsWith("the recording") ? Answer.UNKNOWN : unlessNothingIsJudged);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            ["x"]     | [7]     | INVALID | ''
            ["x"]     | [8]     | VALID   | ''
            ["y","x"] | [1,7]   | INVALID | ''
            ["x","y"] | [8,1]   | VALID   | ''
            ["x","x"] | [8,7]   | UNKNOWN | the recording has snapshots that read a key twice
            """)
    void aSnapshotIsJudgedWhereItAnswersEachKeyOnce(String keys, String values, Answer answer, String why)
            throws MalformedHistoryException {
        OnlineChecker online = online("monotonic-reads");
        Transcript.parse("""
                10..20 ms  session 1  n1  write x 7  ok
                30..40 ms  session 1  n1  write x 8  ok
                50..60 ms  session 2  n1  read  x    ok 8
                """).events().forEach(online::accept);
        History.parse("""
                {"type":"invoke","process":9,"session":2,"f":"snapshot","value":%s}
                {"type":"ok","process":9,"session":2,"f":"snapshot","value":%s}
                """.formatted(keys, values)).events().forEach(online::accept);
        assertThat(online.answer()).isEqualTo(answer);
        assertThat(online.verdict().reason().orElse("")).startsWith(why);
    }

    @Test
    void onlyTheNemesisMaySpeakOfWhatItDidNotBegin() {
        OnlineChecker online = online("monotonic-reads");
        online.accept(Event.of(EventType.INFO).process(Value.of("other")).build());
        online.accept(Event.of(EventType.OK).process(Value.of("nemesis")).build());
        online.accept(Event.of(EventType.OK).process(Value.keyword("nemesis")).build());
        assertThatThrownBy(() -> online.accept(
                        Event.of(EventType.OK).process(Value.of("other")).build()))
                .hasMessageStartingWith("event 3: found a completion of process other without an invocation");
        assertThatThrownBy(
                        () -> online.accept(Event.of(EventType.INFO).process(6).build()))
                .hasMessageStartingWith("event 3: found a completion of process 6 without an invocation");
        assertThatThrownBy(() -> online.accept(Event.of(EventType.INFO).build()))
                .hasMessageStartingWith("event 3: found a completion of process nil without an invocation");
        online.accept(Event.of(EventType.INVOKE)
                .process(Value.of("other"))
                .function("read")
                .build());
        assertThat(online.retained()).isEqualTo(2);
        online.accept(Event.of(EventType.INFO).process(Value.of("other")).build());
        assertThat(online.retained()).isZero();
    }

    private static OnlineChecker online(String guarantee) {
        return OnlineChecker.of(guarantee, CheckOptions.DEFAULT, Value.NIL).orElseThrow();
    }

    private static Event.Builder event(EventType type, int process, String function) {
        return Event.of(type).time(0).process(process).function(function).key(Value.of("x"));
    }

    private static void read(OnlineChecker online, int process, Value value) {
        online.accept(event(EventType.INVOKE, process, "read").build());
        online.accept(event(EventType.OK, process, "read").value(value).build());
    }

    private static void write(OnlineChecker online, int process, int value) {
        online.accept(
                event(EventType.INVOKE, process, "write").value(Value.of(value)).build());
        online.accept(event(EventType.OK, process, "write").build());
    }
}
