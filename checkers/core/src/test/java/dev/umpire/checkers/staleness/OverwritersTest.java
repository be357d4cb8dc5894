package dev.umpire.checkers.staleness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.oracle.Transcript;
import dev.umpire.checkers.order.OrderSource;
import dev.umpire.checkers.order.VersionGraph;
import dev.umpire.checkers.register.Register;
import dev.umpire.checkers.register.Registers;
import dev.umpire.checkers.verdict.WriteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which acknowledged writes are newer than a value in every order of the writes, told in the order of their acknowledgements. */
class OverwritersTest {

    @Test
    void byRealTimeWhatWasInvokedAfterTheAcknowledgementIsNewer() {
        assertThat(newer(WriteOrder.REAL_TIME, """
                10..20 ms  session 1  n1  write x 1  ok
                15..40 ms  session 2  n1  write x 2  ok
                21..30 ms  session 3  n1  write x 3  ok
                50..60 ms  session 4  n1  write x 4  ok
                """)).containsExactly("nil: 1 3 2 4", "1: 3 4", "2: 4", "3: 4", "4:");
    }

    @Test
    void aWriteOfUnknownOutcomeIsNewerThanNothingAndOlderThanWhatReplacedIt() {
        assertThat(newer(WriteOrder.REAL_TIME, """
                10..11 ms  session 1  n1  write x 1  info
                20..30 ms  session 2  n1  cas x 1 2  ok
                40..50 ms  session 3  n1  write x 3  ok
                """)).containsExactly("nil: 2 3", "1: 2 3", "2: 3", "3:");
    }

    @Test
    void withoutAssumptionsOnlyTheOwnCasAreNewer() {
        assertThat(newer(WriteOrder.NONE, """
                10..20 ms  session 1  n1  write x 1  ok
                30..40 ms  session 1  n1  cas x 1 2  ok
                50..60 ms  session 1  n1  cas x 2 3  ok
                70..80 ms  session 1  n1  write x 4  ok
                """)).containsExactly("nil: 1 2 3 4", "1: 2 3", "2: 3", "3:", "4:");
    }

    @Test
    void whatReplacedTheInitialValueIsOlderThanEverythingElse() {
        for (WriteOrder order : List.of(WriteOrder.NONE, WriteOrder.REAL_TIME)) {
            assertThat(newer(order, """
                    10..30 ms  session 1  n1  cas x nil 1  ok
                    11..20 ms  session 2  n1  write x 2    ok
                    12..25 ms  session 3  n1  cas x 1 3    ok
                    """)).containsExactly("nil: 2 3 1", "1: 2 3", "2:", "3: 2");
        }
    }

    @Test
    void ofWritesThatOverlapTheChainOfNeitherIsNewer() {
        assertThat(newer(WriteOrder.REAL_TIME, """
                10..30 ms  session 1  n1  write x 1  ok
                11..31 ms  session 2  n1  write x 2  ok
                12..32 ms  session 3  n1  cas x 1 3  ok
                13..33 ms  session 4  n1  cas x 2 4  ok
                """)).containsExactly("nil: 1 2 3 4", "1: 3", "2: 4", "3:", "4:");
    }

    @Test
    void whatCameAfterOneOfAChainCameAfterAllOfIt() {
        assertThat(newer(WriteOrder.REAL_TIME, """
                10..20 ms  session 1  n1  write x 1  ok
                22..50 ms  session 2  n1  write x 3  ok
                30..40 ms  session 1  n1  cas x 1 2  ok
                """)).containsExactly("nil: 1 2 3", "1: 2 3", "3:", "2: 3");
    }

    /** Write 1 was acknowledged before 3 was invoked, and 2, which 3 replaced, before 4. */
    @Test
    void whatCameAfterAChainCameAfterWhatCameBeforeIt() {
        assertThat(newer(WriteOrder.REAL_TIME, """
                10..60 ms  session 1  n1  write x 1  ok
                11..20 ms  session 2  n1  write x 2  ok
                30..80 ms  session 3  n1  write x 4  ok
                65..78 ms  session 4  n1  write x 5  ok
                70..75 ms  session 2  n1  cas x 2 3  ok
                """))
                .containsExactly("nil: 2 1 3 5 4", "1: 2 3 5 4", "2: 3 5 4", "4:", "5:", "3: 5 4");
    }

    @Test
    void bySessionsWhatTheSameSessionWroteLaterIsNewer() {
        assertThat(newer(WriteOrder.SESSION, """
                10..20 ms  session 1  n1  write x 1  ok
                12..60 ms  session 2  n1  write x 2  ok
                30..50 ms  session 1  n1  write x 3  ok
                40..70 ms  session 1  n1  write x 4  ok
                80..90 ms  session 2  n1  write x 5  ok
                """))
                .containsExactly("nil: 1 3 2 4 5", "1: 3 4", "2: 5", "3:", "4:", "5:");
    }

    @Test
    void byReportedNumbersALargerOneIsNewer() {
        assertThat(newer(WriteOrder.REAL_TIME, """
                10..20 ms  session 1  n1  write x 1  ok version 3
                30..40 ms  session 2  n1  write x 2  ok version 1
                50..60 ms  session 3  n1  write x 3  ok version 2
                """)).containsExactly("nil: 1 2 3", "1:", "2: 1 3", "3: 1");
    }

    @Test
    void aWriteWithoutANumberIsOlderThanTheNumberOfTheCasThatReplacedIt() {
        assertThat(newer(WriteOrder.REAL_TIME, """
                10..11 ms  session 1  n1  write x 1  info
                12..20 ms  session 2  n1  write x 2  ok version 1
                30..40 ms  session 3  n1  cas x 1 3  ok version 2
                50..60 ms  session 4  n1  write x 4  ok version 3
                """)).containsExactly("nil: 2 3 4", "1: 3 4", "2: 3 4", "3: 4", "4:");
    }

    /** Of each value, in the order of invocations, the newer writes. */
    private static List<String> newer(WriteOrder order, String lines) {
        Register register = Registers.of(Transcript.parse(lines)).register(0);
        OrderSource source = OrderSource.of(register, order);
        Overwriters overwriters = new Overwriters(register, source, new VersionGraph(register, source).chains());
        List<String> told = new ArrayList<>();
        for (int value = Register.INITIAL; value < register.writeCount(); value++) {
            List<Integer> newer = newer(register, overwriters, value);
            assertThat(overwriters.first(value)).isEqualTo(newer.isEmpty() ? -1 : newer.get(0));
            told.add((value == Register.INITIAL ? "nil" : text(register, value)) + ":"
                    + String.join(
                            "", newer.stream().map(w -> " " + text(register, w)).toList()));
        }
        return told;
    }

    /** As they are told one by one; they are counted as many, however many of the acknowledgements have come. */
    private static List<Integer> newer(Register register, Overwriters overwriters, int value) {
        int[] row = overwriters.row();
        Overwriters.Sums sums = new Overwriters.Sums(row.length);
        List<Integer> newer = new ArrayList<>();
        for (int write : register.acknowledgedByCompletion()) {
            int place = 0;
            while (row[place] != write) {
                place++;
            }
            sums.set(place);
            if (overwriters.isNewer(value, place)) {
                newer.add(write);
            }
            assertThat(overwriters.count(value, sums)).isEqualTo(newer.size());
        }
        return newer;
    }

    private static String text(Register register, int write) {
        return register.history()
                .value(register.written(register.accessOfWrite(write)))
                .toString();
    }
}
