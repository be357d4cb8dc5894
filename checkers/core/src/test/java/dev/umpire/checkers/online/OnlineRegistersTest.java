package dev.umpire.checkers.online;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.oracle.RandomHistories;
import dev.umpire.checkers.oracle.RandomHistories.Shape;
import dev.umpire.checkers.oracle.SmallEvents;
import dev.umpire.checkers.oracle.Transcript;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.histories.value.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Integrity, staleness and linearizability online, against the checkers of whole recordings, on every prefix. */
class OnlineRegistersTest {
    private static final int LARGE = 1_000;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "integrity",
                "linearizable",
                "bounded-staleness:0ms",
                "bounded-staleness:7ms",
                "bounded-staleness:0versions",
                "bounded-staleness:2versions"
            })
    void plainRegistersAreJudgedAlikeAfterEveryEvent(String guarantee) {
        Prefixes prefixes = new Prefixes(guarantee, LARGE, true);
        check(200, new Shape(14, 3, 2, false, false, true, 0), prefixes);
        check(200, new Shape(24, 4, 1, true, false, false, 0), prefixes);
        check(200, new LiveHistories(20, 4, 2, 20), prefixes);
        prefixes.gaveEveryAnswer(40);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "integrity",
                "linearizable",
                "bounded-staleness:0ms",
                "bounded-staleness:7ms",
                "bounded-staleness:2versions"
            })
    void whatIsForgottenIsNeverJudgedWrongly(String guarantee) {
        for (int window = 0; window < 3; window++) {
            Prefixes prefixes = new Prefixes(guarantee, window, false);
            check(60, new Shape(24, 3, 1, window % 2 == 1, false, true, 0), prefixes);
            check(60, new LiveHistories(40, 4, 2, 10 * (window % 2)), prefixes);
            prefixes.gaveEveryAnswer(20);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"integrity", "linearizable", "bounded-staleness:7ms"})
    void whatIsNoPlainRegisterIsNeverJudgedWrongly(String guarantee) {
        Prefixes prefixes = new Prefixes(guarantee, LARGE, false);
        check(100, new Shape(12, 3, 3, true, true, true, 0), prefixes);
        check(100, new Shape(12, 3, 2, true, true, true, 1), prefixes);
        check(100, new Shape(12, 3, 2, false, false, true, 2), prefixes);
    }

    @Test
    void integrityIsJudgedAlikeWhereValuesAreWrittenAgain() {
        Prefixes prefixes = new Prefixes("integrity", LARGE, true);
        check(200, new LiveHistories(20, 4, 2, 40, 3), prefixes);
        check(100, new LiveHistories(30, 4, 2, 60, 8), prefixes);
        prefixes.gaveEveryAnswer(40);
        for (int window = 0; window < 3; window++) {
            check(60, new LiveHistories(30, 4, 2, 40, 6), new Prefixes("integrity", window, false));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"read-your-writes", "monotonic-reads", "linearizable", "bounded-staleness:7ms"})
    void valuesThatAreWrittenAgainAreNeverJudgedWrongly(String guarantee) {
        check(60, new LiveHistories(14, 3, 2, 40, 5), new Prefixes(guarantee, LARGE, false));
    }

    @Test
    void aSnapshotLeavesLinearizableOpenUnlessOneKeyIsBroken() {
        String held = """
                100..110 ms  session 1  n1  write x 7    ok
                120..130 ms  session 2  n1  read  x      ok 7
                140..150 ms  session 2  n1  snapshot x,y  ok 7,nil
                """;
        assertThat(verdict("linearizable", held).answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(verdict("linearizable", held).reason().orElseThrow())
                .startsWith("key x was read together with other keys; key y was read together with other keys");
        assertThat(verdict("read-your-writes", held.replace("session 2", "session 1"))
                        .answer())
                .isEqualTo(Answer.VALID);

        String broken = held + "160..170 ms  session 2  n1  snapshot x,y  ok nil,nil";
        assertThat(verdict("linearizable", broken).answer()).isEqualTo(Answer.INVALID);
        assertThat(verdict("monotonic-reads", broken).answer()).isEqualTo(Answer.INVALID);
        assertThat(verdict("monotonic-reads", broken).anomalies().get(0).key()).isEqualTo("x");
    }

    private static Verdict verdict(String guarantee, String transcript) {
        OnlineChecker online =
                OnlineChecker.of(guarantee, CheckOptions.DEFAULT, Value.NIL).orElseThrow();
        Transcript.parse(transcript).events().forEach(online::accept);
        assertThat(online.verdict().answer()).isEqualTo(online.answer());
        return online.verdict();
    }

    private static void check(int count, LiveHistories histories, Prefixes prefixes) {
        new RandomHistories()
                .check(count, histories.toString(), histories::draw, small -> prefixes.agree(SmallEvents.of(small)));
    }

    private static void check(int count, Shape shape, Prefixes prefixes) {
        new RandomHistories().check(count, shape, small -> prefixes.agree(SmallEvents.of(small)));
    }
}
