package dev.umpire.checkers.causal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.oracle.Transcript;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import org.junit.jupiter.api.Test;

class CausalMemoryTest {

    /** Nobody's effect comes before its cause, and yet session 2 has no one order of the writes. */
    private static final String BACK_AND_FORTH = """
            0..5 ms    session 1  n1  write x 1   ok
            0..5 ms    session 3  n2  write x 2   ok
            10..11 ms  session 2  n1  read x      ok 1
            20..21 ms  session 2  n2  read x      ok 2
            30..31 ms  session 2  n1  read x      ok 1
            """;

    private static final String POONS = """
            10..15 ms  session Poons   n1  write question 1  ok
            20..21 ms  session Cake    n1  read question     ok 1
            30..35 ms  session Cake    n2  write answer 1    ok
            40..41 ms  session Dijk    n2  read answer       ok 1
            50..51 ms  session Dijk    n3  read question     ok nil
            """;

    @Test
    void aSessionCannotGoBackAndForthBetweenTwoWrites() {
        assertThat(Causal.check(Transcript.parse(BACK_AND_FORTH), CheckOptions.DEFAULT)
                        .answer())
                .isEqualTo(Answer.VALID);

        Verdict verdict = memory(BACK_AND_FORTH);

        assertThat(verdict.answer()).isEqualTo(Answer.INVALID);
        assertThat(verdict.anomalies()).hasSize(1);
        assertThat(verdict.anomalies().get(0).kind()).isEqualTo("CYCLIC_HB");
        assertThat(verdict.anomalies().get(0).key()).isEqualTo("x");
        assertThat(verdict.anomalies().get(0).operations()).containsExactly(0, 1, 2, 3, 4);
        assertThat(verdict.anomalies().get(0).sentence())
                .isEqualTo("no one order of all writes explains what session 2 read: session 2 read x at n1 (30 ms to"
                        + " 31 ms), which returned 1, but x=2 must come after what it returned and before that read"
                        + " (session 1 wrote x=1 at n1 (0 ms to 5 ms, acknowledged); session 3 wrote x=2 at n2 (0 ms to"
                        + " 5 ms, acknowledged); session 2 read x at n2 (20 ms to 21 ms), which returned 2; after that, in"
                        + " the same session, came that read), since x=1 must come before x=2, as session 2 read x at n2 (20 ms to"
                        + " 21 ms), which returned 2, with x=1 before it");
    }

    @Test
    void theOtherReadsOfASessionPutWritesBeforeAnInitialRead() {
        String history = """
                0..1 ms    session 1  n1  write z 1   ok
                2..3 ms    session 1  n1  write x 1   ok
                4..5 ms    session 1  n1  write y 1   ok
                0..1 ms    session 2  n2  write x 2   ok
                2..3 ms    session 2  n2  read z      ok nil
                6..7 ms    session 2  n2  read y      ok 1
                8..9 ms    session 2  n2  read x      ok 2
                """;
        assertThat(CausalConvergence.check(Transcript.parse(history), CheckOptions.DEFAULT)
                        .answer())
                .isEqualTo(Answer.VALID);

        Verdict verdict = memory(history);

        assertThat(verdict.anomalies().get(0).kind()).isEqualTo("WRITE_HB_INIT_READ");
        assertThat(verdict.anomalies().get(0).key()).isEqualTo("z");
        assertThat(verdict.anomalies().get(0).operations()).hasSize(7);
        assertThat(verdict.anomalies().get(0).sentence())
                .isEqualTo("no one order of all writes explains what session 2 read: session 2 read z at n2 (2 ms to 3"
                        + " ms), which returned nil, the initial value, but z=1 must come before that read (session 1"
                        + " wrote z=1 at n1 (0 ms to 1 ms, acknowledged)), since x=1 must come before x=2, as session 2"
                        + " read x at n2 (8 ms to 9 ms), which returned 2, with x=1 before it");
    }

    @Test
    void causalMemoryTellsThePatternsOfCausalAsSuch() {
        assertThat(memory(POONS).anomalies().get(0).kind()).isEqualTo("WRITE_CO_INIT_READ");
    }

    @Test
    void sessionsOfPramNeedNotKnowWhatOthersHaveRead() {
        Verdict verdict = pram(POONS);
        assertThat(verdict.answer()).isEqualTo(Answer.VALID);
        assertThat(verdict.obliged()).isEqualTo(3);
    }

    @Test
    void pramKeepsTheOrderOfEachSession() {
        Verdict verdict = pram("""
                0..1 ms    session 1  n1  write x 1   ok
                2..3 ms    session 1  n1  write x 2   ok
                10..11 ms  session 2  n1  read x      ok 2
                20..21 ms  session 2  n2  read x      ok 1
                """);
        assertThat(verdict.answer()).isEqualTo(Answer.INVALID);
        assertThat(verdict.anomalies().get(0).kind()).isEqualTo("CYCLIC_HB");
        assertThat(verdict.anomalies().get(0).operations()).containsExactly(0, 1, 2, 3);
        assertThat(verdict.anomalies().get(0).sentence())
                .isEqualTo("no one order of all writes explains what session 2 read: session 2 read x at n2 (20 ms to"
                        + " 21 ms), which returned 1, but x=2 must come after what it returned and before that read"
                        + " (session 1 wrote x=1 at n1 (0 ms to 1 ms, acknowledged); session 1 wrote x=2 at n1 (2 ms to"
                        + " 3 ms, acknowledged); session 2 read x at n1 (10 ms to 11 ms), which returned 2; after that, in"
                        + " the same session, came that read)");
    }

    @Test
    void readsThatOverlapMayHaveBeenInAnySequence() {
        assertThat(pram("""
                        0..1 ms    session 1  n1  write x 1   ok
                        2..3 ms    session 1  n1  write x 2   ok
                        10..13 ms  session 2  n1  read x      ok 2
                        11..14 ms  session 2  n2  read x      ok 1
                        """).answer()).isEqualTo(Answer.VALID);
    }

    @Test
    void ifTooManyReadsOverlapNothingIsSaid() {
        StringBuilder lines = new StringBuilder();
        for (int i = 1; i <= 80; i++) {
            lines.append(10 * i).append("..").append(10 * i + 1).append(" ms session 1 n1 write x ");
            lines.append(i).append(" ok\n");
        }
        for (int i = 1; i <= 80; i++) {
            lines.append(1000 + i).append("..").append(2000 - i).append(" ms session 2 n1 read x ok ");
            lines.append(i).append("\n");
        }
        Verdict verdict = pram(lines.toString());
        assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(verdict.reason())
                .contains("so many reads overlap in 1 session that not all their sequences could be tried");
    }

    @Test
    void ofReadsThatOverlapItIsToldThatNoSequenceIsRight() {
        Verdict verdict = pram("""
                0..5 ms    session 1  n1  write x 1        ok
                0..5 ms    session 3  n1  write y 1        ok
                20..45 ms  session 2  n2  snapshot x,y     ok 1,nil
                30..40 ms  session 2  n2  snapshot x,y     ok nil,1
                """);
        assertThat(verdict.anomalies()).hasSize(1);
        assertThat(verdict.anomalies().get(0).sentence())
                .startsWith(
                        "no one order of all writes explains what session 2 read, in whatever sequence its reads that"
                                + " overlap took place; in that in which they completed: session 2 read y at n2 (20 ms"
                                + " to 45 ms), which returned nil");
    }

    /** Not decided by a first look. */
    private static final String NOT_DECIDED_AT_ONCE = """
            0..1 ms    session 1  n1  write x 1   ok
            2..3 ms    session 1  n1  write y 1   ok
            0..1 ms    session 2  n2  write x 2   ok
            2..3 ms    session 2  n2  read z      ok nil
            6..7 ms    session 2  n2  read y      ok 1
            8..9 ms    session 2  n2  read x      ok 2
            """;

    @Test
    void aSpentBudgetIsSaid() {
        assertUndecided(CheckOptions.DEFAULT.withSearchBudget(0), "the budget of 0 steps was spent");
    }

    @Test
    void aDeadlineThatIsOverIsSaid() {
        assertUndecided(CheckOptions.DEFAULT.with(() -> true), "the time was over");
    }

    private static void assertUndecided(CheckOptions options, String reason) {
        Verdict verdict = Pram.check(Transcript.parse(NOT_DECIDED_AT_ONCE), options);
        assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(verdict.reason()).contains(reason);
    }

    private static Verdict memory(String lines) {
        return CausalMemory.check(Transcript.parse(lines), CheckOptions.DEFAULT);
    }

    private static Verdict pram(String lines) {
        return Pram.check(Transcript.parse(lines), CheckOptions.DEFAULT);
    }
}
