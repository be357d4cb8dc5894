package dev.umpire.checkers.linearizable;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.model.Calls;
import dev.umpire.checkers.model.Model;
import dev.umpire.checkers.model.Models;
import dev.umpire.checkers.oracle.DeedHistory;
import dev.umpire.checkers.oracle.RandomTransactions;
import dev.umpire.checkers.oracle.Share;
import dev.umpire.checkers.oracle.SmallTransactions;
import dev.umpire.checkers.oracle.TransactionOrders;
import dev.umpire.checkers.oracle.Transactions;
import dev.umpire.checkers.sequential.Sequential;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.histories.History;
import dev.umpire.histories.event.MalformedHistoryException;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What joined reads say of transactions of several keys, against the definition, and against the search on larger histories. */
class JoinedTransactionsTest {
    private static final long FIRST = Long.getLong("umpire.seed", 1);
    private static final long BYTES = 1L << 28;

    @ParameterizedTest
    @CsvSource({"2, 3, true, 101", "3, 2, true, 1601", "2, 3, false, 37", "3, 2, false, 211", "4, 1, true, 17"})
    void smallTransactionsAreJudgedAsDefined(int size, int steps, boolean lists, int stride) {
        Map<Answer, Integer> answers = new EnumMap<>(Answer.class);
        SmallTransactions.forEach(size, steps, lists, stride, small -> {
            History history = small.history();
            boolean linearizable = TransactionOrders.isLinearizable(small);
            Answer joined = decide(history, lists).answer();
            answers.merge(joined, 1, Integer::sum);
            if (joined != Answer.UNKNOWN) {
                assertThat(joined == Answer.VALID)
                        .as(() -> small + " is " + joined)
                        .isEqualTo(linearizable);
            }
            Verdict sequential = Sequential.check(history, CheckOptions.DEFAULT, model(lists));
            assertThat(sequential.answer())
                    .as(() -> small + " is " + sequential)
                    .isEqualTo(
                            sequential.obliged() == 0
                                    ? Answer.UNKNOWN
                                    : linearizable || TransactionOrders.isSequential(small)
                                            ? Answer.VALID
                                            : Answer.INVALID);
        });
        assertThat(answers.get(Answer.VALID)).isGreaterThan(Share.seen(300));
        assertThat(answers.get(Answer.INVALID)).isGreaterThan(Share.seen(300));
        assertThat(answers.getOrDefault(Answer.UNKNOWN, 0)).isLessThan(1 + answers.getOrDefault(Answer.VALID, 0) / 50);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void largerTransactionsAreJudgedAsTheSearchJudgesThem(boolean lists) {
        for (RandomTransactions.Store store : RandomTransactions.Store.values()) {
            Map<Answer, Integer> answers = new EnumMap<>(Answer.class);
            for (long seed = FIRST; seed < FIRST + Share.of(700); seed++) {
                DeedHistory drawn = RandomTransactions.drawn(seed, lists, store, 14);
                History history = drawn.history();
                JoinedObject found = decide(history, lists);
                Answer searched = Linearizable.check(history, CheckOptions.DEFAULT, model(lists))
                        .answer();
                answers.merge(found.answer(), 1, Integer::sum);
                if (found.answer() != Answer.UNKNOWN && searched != Answer.UNKNOWN) {
                    assertThat(found.answer())
                            .as(store + " seed " + seed + drawn)
                            .isEqualTo(searched);
                }
                if (found.answer() == Answer.INVALID) {
                    Anomaly anomaly = found.anomaly().get();
                    assertThat(TransactionOrders.isLinearizable(drawn.alone(anomaly.operations())))
                            .as(store + " seed " + seed + drawn + anomaly)
                            .isFalse();
                }
            }
            int right = answers.getOrDefault(Answer.VALID, 0);
            if (store == RandomTransactions.Store.RIGHT) {
                assertThat(answers).doesNotContainKey(Answer.INVALID);
                assertThat(right).isGreaterThan(Share.isSmall() ? 0 : Share.of(700) * 9 / 10);
            } else {
                assertThat(answers.getOrDefault(Answer.INVALID, 0)).isGreaterThanOrEqualTo(Share.seen(101));
                assertThat(right).isGreaterThanOrEqualTo(Share.seen(51));
            }
        }
    }

    @Test
    void aTransactionThatSeesNoneOfTwoThatItFollowsIsACircle() throws MalformedHistoryException {
        Anomaly anomaly = anomaly("""
                1..9 0 [[:r :x []] [:append :y 1]]
                2..8 1 [[:r :y []] [:append :x 2]]
                10..19 2 [[:r :x [2]] [:r :y [1]]]
                """);

        assertThat(anomaly.operations()).containsExactlyInAnyOrder(0, 1);
        assertThat(anomaly.sentence())
                .startsWith("session 0 read :x and appended 1 to :y, which returned [], before session 1 read :y and"
                        + " appended 2 to :x, which returned []; session 1 read :y and appended 2 to :x, which returned [],"
                        + " before session 0 read :x and appended 1 to :y, which returned []: ")
                .endsWith("no one order of all operations that keeps real time has it all");
    }

    @Test
    void aPartOfATransactionIsSeenByNobody() throws MalformedHistoryException {
        Anomaly anomaly = anomaly("""
                1..9 0 [[:append :x 1] [:append :y 2] [:append :x 3]]
                2..8 1 [[:r :x [1]]]
                """);

        assertThat(anomaly.operations()).containsExactly(0, 1);
        assertThat(anomaly.key()).isEqualTo(":x");
        assertThat(anomaly.sentence())
                .isEqualTo("session 0 appended 1, 3 to :x, 2 to :y (1 ms to 9 ms); session 1 read :x (2 ms to 8 ms),"
                        + " which returned [1]; what one operation writes to :x is seen as a whole, and once, so that"
                        + " no order explains both");
    }

    @Test
    void aTransactionSeesItsOwnAppends() throws MalformedHistoryException {
        assertThat(decide(history("1..9 0 [[:append :x 1] [:r :x [1]] [:append :x 2] [:r :x [1 2]]]"), true)
                        .answer())
                .isEqualTo(Answer.VALID);

        Anomaly anomaly = anomaly("1..9 0 [[:append :x 1] [:r :x []]]");

        assertThat(anomaly.operations()).containsExactly(0);
        assertThat(anomaly.sentence())
                .isEqualTo(
                        "session 0 appended 1 to :x (1 ms to 9 ms), but did not find its own write of :x when it read"
                                + " that afterwards");
    }

    @Test
    void aTransactionFindsOneStateOfAKey() throws MalformedHistoryException {
        Anomaly anomaly = anomaly("""
                1..9 0 [[:append :x 1]]
                2..8 1 [[:r :x []] [:append :y 2] [:r :x [1]]]
                """);

        assertThat(anomaly.operations()).containsExactly(1);
        assertThat(anomaly.sentence())
                .isEqualTo("session 1 read :x and appended 2 to :y (2 ms to 8 ms), which returned :x=[], :x=[1],"
                        + " which is more than one state of :x, where one transaction finds one");
    }

    @Test
    void aNumberIsNoList() throws MalformedHistoryException {
        assertThat(anomaly("1..9 0 [[:r :x 7] [:append :y 1]]").sentence()).contains("but nobody else wrote that");
    }

    @Test
    void aTransactionOfUnknownOutcomeOfWhichOneKeyWasSeenTookEffectOnAll() throws MalformedHistoryException {
        String unknown = "1..2 0 [[:append :x 1] [:append :y 2]] info\n";
        assertThat(decide(history(unknown + "3..4 1 [[:r :x []] [:r :y []]]"), true)
                        .answer())
                .isEqualTo(Answer.VALID);

        Anomaly anomaly = anomaly(unknown + "3..4 1 [[:r :x [1]] [:r :y []]]");

        assertThat(anomaly.operations()).containsExactly(0, 1);
    }

    private static Anomaly anomaly(String text) throws MalformedHistoryException {
        JoinedObject found = decide(history(text), true);
        assertThat(found.answer()).isEqualTo(Answer.INVALID);
        return found.anomaly().get();
    }

    private static History history(String text) throws MalformedHistoryException {
        return Transactions.history(text);
    }

    private static Model<?> model(boolean lists) {
        return lists ? Models.LIST_APPEND : Models.MULTI_REGISTER;
    }

    private static JoinedObject decide(History history, boolean lists) {
        Model<?> model = model(lists);
        Calls calls = new Calls(history, CheckOptions.DEFAULT.nilReads());
        int[] operations = IntStream.range(0, history.size())
                .filter(operation -> calls.matters(operation, model))
                .toArray();
        return JoinedObject.decide(history, calls, model, CheckOptions.DEFAULT, BYTES, operations);
    }
}
