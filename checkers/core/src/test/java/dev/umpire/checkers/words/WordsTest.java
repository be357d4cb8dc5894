package dev.umpire.checkers.words;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.oracle.Transcript;
import java.util.List;
import org.junit.jupiter.api.Test;

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

    @Test
    void numbersAreGroupedAndShortDurationsHaveAFraction() {
        assertThat(Words.number(1_204)).isEqualTo("1,204");
        assertThat(Words.duration(84_900_000)).isEqualTo("84 ms");
        assertThat(Words.duration(350_000)).isEqualTo("0.35 ms");
        assertThat(Words.duration(2_000_000)).isEqualTo("2 ms");
        assertThat(Words.count(1, "read", "reads")).isEqualTo("1 read");
        assertThat(Words.count(2_000, "read", "reads")).isEqualTo("2,000 reads");
    }

    @Test
    void whatATerminalCouldObeyIsWrittenAsAnEscape() {
        assertThat(Visible.text("a\u001b[31mb\n\u202ec\t\ud800")).isEqualTo("a\\u001B[31mb\\n\\u202Ec\\t\\uD800");
        assertThat(Visible.text("x".repeat(500))).hasSize(121).endsWith("…");
    }
}
