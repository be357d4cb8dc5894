package dev.umpire.checkers.words;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.oracle.Transcript;
import dev.umpire.histories.History;
import dev.umpire.histories.event.MalformedHistoryException;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {

    @Test
    void operationsAreToldAsAnAlignedTable() {
        Words words = Words.of(Transcript.parse("""
                1100..1120 ms  session 5   n1  write x 37      ok
                1204..1209 ms  session 12  n1  cas x 37 41     ok
                1311..1312 ms  session 12  n2  read x          ok 37
                1400..1401 ms  session 12  n2  snapshot x,y    ok 41,nil
                1500..1501 ms  session 12  -   write x hello   info
                """));
        assertThat(words.table(List.of(0, 1, 2, 3, 4)))
                .containsExactly(
                        "session 5    wrote x=37 at n1     1,100 ms to 1,120 ms   acknowledged",
                        "session 12   changed x=41 at n1   1,204 ms to 1,209 ms   replaced 37",
                        "session 12   read x at n2         1,311 ms to 1,312 ms   returned 37",
                        "session 12   read x, y at n2      1,400 ms to 1,401 ms   returned x=41, y=nil",
                        "session 12   wrote x=\"hello\"      from 1,500 ms          outcome unknown");
    }

    @ParameterizedTest
    @ValueSource(
            longs = {
                0,
                7,
                -7,
                999,
                -999,
                1_000,
                -1_000,
                1_204,
                99_999,
                999_999,
                1_000_000,
                -1_000_000,
                Long.MAX_VALUE,
                Long.MIN_VALUE
            })
    void numbersAreGrouped(long number) {
        assertThat(Words.number(number)).isEqualTo(String.format(Locale.ROOT, "%,d", number));
    }

    @Test
    void shortDurationsHaveAFraction() {
        assertThat(Words.duration(84_900_000)).isEqualTo("84 ms");
        assertThat(Words.duration(350_000)).isEqualTo("0.35 ms");
        assertThat(Words.duration(2_000_000)).isEqualTo("2 ms");
        assertThat(Words.duration(10_500_000)).isEqualTo("10 ms");
        assertThat(Words.duration(9_999_000)).isEqualTo("9.999 ms");
        assertThat(Words.count(1, "read", "reads")).isEqualTo("1 read");
        assertThat(Words.count(2_000, "read", "reads")).isEqualTo("2,000 reads");
    }

    @Test
    void whatATerminalCouldObeyIsWrittenAsAnEscape() {
        assertThat(Visible.text("a\u001b[31mb\n\u202ec\t\ud800")).isEqualTo("a\\u001B[31mb\\n\\u202Ec\\t\\uD800");
        assertThat(Visible.text("x".repeat(120))).isEqualTo("x".repeat(120));
        assertThat(Visible.text("\r\u2028\ue000")).isEqualTo("\\r\\u2028\\uE000");
        assertThat(Visible.text("x".repeat(500))).hasSize(121).endsWith("…");
    }

    @Test
    void appendsAndTransactionsAreToldInWhole() {
        Words words = Words.of(parse("""
                {"type":"invoke","process":1,"f":"txn","value":[["append","l",7],["append","l",8],["w","x",3],["w","x",4]],"node":"n1"}
                {"type":"ok","process":1,"f":"txn","value":[["append","l",7],["append","l",8],["w","x",3],["w","x",4]],"node":"n1"}
                {"type":"invoke","process":1,"f":"txn","value":[["r","x",null],["r","l",null],["w","y",5]]}
                {"type":"ok","process":1,"f":"txn","value":[["r","x",4],["r","l",[7,8]],["w","y",5]]}
                {"type":"invoke","process":2,"f":"append","key":"l","value":9}
                {"type":"fail","process":2,"f":"append","key":"l","value":9}
                {"type":"invoke","process":3,"f":"frob","key":"l","value":1,"node":"n1"}
                {"type":"ok","process":3,"f":"frob","key":"l","value":1,"node":"n1"}
                """));
        assertThat(List.of(0, 1, 2, 3))
                .map(words::deed)
                .containsExactly(
                        "wrote x=3, x=4 and appended 7, 8 to l at n1",
                        "read x, l and wrote y=5",
                        "appended 9 to l",
                        "frob l at n1");
        assertThat(List.of(0, 1, 2, 3))
                .map(words::ending)
                .containsExactly("acknowledged", "returned x=4, l=[7, 8]", "failed", "acknowledged");
    }

    @Test
    void aRemovalIsToldWithItsElementAndItsSet() {
        Words words = Words.of(parse("""
                {"type":"invoke","process":1,"f":"remove","key":"cart0","value":27,"node":"n1","time":3000000}
                {"type":"ok","process":1,"f":"remove","key":"cart0","value":27,"node":"n1","time":4000000}
                {"type":"invoke","process":2,"f":"remove","key":"cart0","value":"a\\u001b[31m","node":"n1","time":5000000}
                {"type":"invoke","process":1,"f":"remove","key":"cart0","node":"n2","time":6000000}
                """));
        assertThat(words.table(List.of(0, 1, 2)))
                .containsExactly(
                        "session 1   removed 27 from set cart0 at n1              3 ms to 4 ms   acknowledged",
                        "session 2   removed \"a\\u001B[31m\" from set cart0 at n1   from 5 ms      outcome unknown",
                        "session 1   remove cart0 at n2                           from 6 ms      outcome unknown");

        Words nameless = Words.of(parse("""
                {"type":"invoke","process":1,"f":"remove","value":27}
                """));
        assertThat(nameless.deed(0)).isEqualTo("removed 27 from the set");
    }

    @Test
    void whatWasAskedOfAnObjectIsToldWithItsAnswer() {
        assertThat(deeds(
                        "enqueue q 3 3",
                        "dequeue q null 3",
                        "dequeue q null null",
                        "drain q null [4,5]",
                        "send p 3 3",
                        "send p 3 [0,3]",
                        "poll p null [[0,3]]",
                        "poll p null null",
                        "push s 3 3",
                        "pop s null 3",
                        "pop s null null",
                        "acquire l null null",
                        "acquire l null 7",
                        "release l null null",
                        "release l 7 7",
                        "generate i null 7",
                        "increment c 2 2",
                        "increment c null null",
                        "decrement c 2 2",
                        "remove e 5 false",
                        "contains e 5 true",
                        "add e 5 true",
                        "add e 5 5"))
                .containsExactly(
                        "enqueued 3 to queue q, acknowledged",
                        "dequeued 3 from queue q, acknowledged",
                        "found queue q empty, acknowledged",
                        "drained queue q, returned [4, 5]",
                        "sent 3 to log p, acknowledged",
                        "sent 3 to log p, returned [0, 3]",
                        "polled log p, returned [[0, 3]]",
                        "polled log p, acknowledged",
                        "pushed 3 on stack s, acknowledged",
                        "popped 3 from stack s, acknowledged",
                        "found stack s empty, acknowledged",
                        "acquired lock l, acknowledged",
                        "acquired lock l with token 7, acknowledged",
                        "released lock l, acknowledged",
                        "released lock l with token 7, acknowledged",
                        "generated id 7 of i, acknowledged",
                        "incremented counter c by 2, acknowledged",
                        "incremented counter c, acknowledged",
                        "decremented counter c by 2, acknowledged",
                        "removed 5 from set e, returned false",
                        "looked for 5 in set e, returned true",
                        "added 5 to set e, returned true",
                        "added 5 to set e, acknowledged");
    }

    @Test
    void whatWasNotAnsweredIsToldWithoutAnAnswer() {
        Words words = Words.of(parse("""
                {"type":"invoke","process":1,"f":"dequeue","key":"q","value":null,"node":"n1","time":3000000}
                {"type":"invoke","process":2,"f":"generate","key":"i","value":null,"time":4000000}
                {"type":"fail","process":2,"f":"generate","key":"i","value":null,"time":5000000}
                {"type":"invoke","process":2,"f":"acquire","key":"l","value":null,"time":6000000}
                {"type":"info","process":2,"f":"acquire","key":"l","value":null,"time":7000000}
                """));
        assertThat(words.table(List.of(0, 1, 2)))
                .containsExactly(
                        "session 1   dequeued from queue q at n1   from 3 ms      outcome unknown",
                        "session 2   generated an id of i          4 ms to 5 ms   failed",
                        "session 2   acquired lock l               from 6 ms      outcome unknown");
    }

    @Test
    void anObjectWithoutANameIsCalledWhatItIs() {
        assertThat(deeds("dequeue null null 3")).containsExactly("dequeued 3 from the queue, acknowledged");
        assertThat(deeds("pop null null null")).containsExactly("found the stack empty, acknowledged");
        assertThat(deeds("acquire null null 7")).containsExactly("acquired the lock with token 7, acknowledged");
        assertThat(deeds("generate null null 7")).containsExactly("generated id 7, acknowledged");
        assertThat(deeds("add null 2 2", "read null null 2"))
                .containsExactly("added 2 to the counter, acknowledged", "read the counter, returned 2");
        assertThat(deeds("add null 2 2", "read null null [2]"))
                .containsExactly("added 2 to the set, acknowledged", "read the set, returned [2]");
        assertThat(deeds("increment null 2 2", "read null null 2"))
                .containsExactly("incremented the counter by 2, acknowledged", "read the counter, returned 2");
        assertThat(deeds("append null 2 2", "read null null [2]"))
                .containsExactly("appended 2 to the list, acknowledged", "read the list, returned [2]");
        assertThat(deeds("write null 2 2", "read null null 2"))
                .containsExactly("wrote the register=2, acknowledged", "read the register, returned 2");
    }

    @Test
    void siblingsAreToldWithTheValueThatWasTaken() {
        Words words = Words.of(parse("""
                {"type":"invoke","process":1,"f":"read","key":"x","value":null}
                {"type":"ok","process":1,"f":"read","key":"x","value":1,"siblings":[1,2]}
                """));
        assertThat(words.ending(0)).isEqualTo("returned 1 with the siblings 1, 2");
    }

    /** Of operations, each its function, key, argument and result. */
    private static List<String> deeds(String... operations) {
        StringBuilder events = new StringBuilder();
        for (String operation : operations) {
            String[] part = operation.split(" ", -1);
            String key = part[1].equals("null") ? "" : "\"key\":\"" + part[1] + "\",";
            String event = "{\"type\":\"%s\",\"process\":1,\"f\":\"" + part[0] + "\"," + key + "\"value\":%s}\n";
            events.append(event.formatted("invoke", part[2])).append(event.formatted("ok", part[3]));
        }
        Words words = Words.of(parse(events.toString()));
        return IntStream.range(0, operations.length)
                .mapToObj(operation -> words.deed(operation) + ", " + words.ending(operation))
                .toList();
    }

    @Test
    void withoutTimesMomentsAreEventsAndNothingIsMeasured() {
        Words words = Words.of(parse("""
                {"type":"invoke","process":1,"f":"read","key":"x"}
                {"type":"ok","process":1,"f":"read","key":"x","value":null}
                {"type":"invoke","process":1,"f":"read","key":"x"}
                {"type":"ok","process":1,"f":"read","key":"x","value":null}
                {"type":"invoke","process":1,"f":"write","key":"x","value":1}
                """));
        assertThat(words.span(0)).isEqualTo("event 0 to event 1");
        assertThat(words.span(2)).isEqualTo("from event 4");
        assertThat(words.ended(2)).isEqualTo("never");
        assertThat(words.gapBefore(0, 1)).isEqualTo("before");
        assertThat(words.gapBetween(0, 1)).isEqualTo("some time");
        assertThat(words.originNanos()).isZero();
    }

    @Test
    void theTimeBetweenTwoOperationsIsToldUnlessTheClockWentBack() {
        Words words = Words.of(Transcript.parse("""
                10..20 ms  session 1  n1  read x  ok nil
                20..30 ms  session 2  n1  read x  ok nil
                25..40 ms  session 3  n1  read x  ok nil
                """));
        assertThat(words.gapBefore(0, 2)).isEqualTo("5 ms before");
        assertThat(words.gapBetween(0, 2)).isEqualTo("5 ms");
        assertThat(words.gapBefore(0, 1)).isEqualTo("0 ms before");
        assertThat(words.gapBefore(1, 2)).isEqualTo("before");
    }

    private static History parse(String events) {
        try {
            return History.parse(events);
        } catch (MalformedHistoryException e) {
            throw new AssertionError(e);
        }
    }
}
