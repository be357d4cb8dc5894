package dev.umpire.checkers.words;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.oracle.Transcript;
import dev.umpire.histories.History;
import dev.umpire.histories.event.MalformedHistoryException;
import java.util.List;
import java.util.Locale;
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
                        "session 1   removed 27 from cart0 at n1              3 ms to 4 ms   acknowledged",
                        "session 2   removed \"a\\u001B[31m\" from cart0 at n1   from 5 ms      outcome unknown",
                        "session 1   remove cart0 at n2                       from 6 ms      outcome unknown");

        Words nameless = Words.of(parse("""
                {"type":"invoke","process":1,"f":"remove","value":27}
                """));
        assertThat(nameless.deed(0)).isEqualTo("removed 27 from the set");
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
