package dev.umpire.checkers.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.umpire.checkers.Guarantee;
import dev.umpire.checkers.oracle.Share;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.histories.History;
import dev.umpire.histories.event.MalformedHistoryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConservedTotalTest {
    private static final String TRANSFER =
            "{:process 0, :type :invoke, :f :transfer, :value {:from a, :to b, :amount 5}}\n";

    private static Verdict check(String events) {
        try {
            return ConservedTotal.check(History.parse(events), CheckOptions.DEFAULT);
        } catch (MalformedHistoryException e) {
            throw new AssertionError(events, e);
        }
    }

    private static String read(String accounts) {
        return "{:process 1, :type :invoke, :f :read, :value nil}\n{:process 1, :type :ok, :f :read, :value " + accounts
                + "}\n";
    }

    @Test
    void aSumThatIsNotTheOthersBreaksIt() {
        Verdict verdict =
                check(TRANSFER + read("{a 10, b 0}") + read("{a 5, b 5}") + read("{a 5, b 0}") + read("{a 4, b 6}"));

        assertThat(verdict.answer()).isEqualTo(Answer.INVALID);
        assertThat(verdict.obliged()).isEqualTo(4);
        assertThat(verdict.anomalies()).singleElement().satisfies(anomaly -> {
            assertThat(anomaly.kind()).isEqualTo("TOTAL_NOT_CONSERVED");
            assertThat(anomaly.operations()).containsExactly(2, 3);
            assertThat(anomaly.sentence())
                    .isEqualTo(
                            "the accounts of the bank held 5 in all when session 1 (event 5 to event 6) read them, and"
                                    + " 10 when session 1 (event 3 to event 4) did: transfers only move what is there");
        });
    }

    @Test
    void moneyThatMovesIsConserved() {
        Verdict verdict = check(
                TRANSFER + read("{a 10, b 0}") + read("{a 5, b 5}") + read("{b 10}") + read("{a -1, b 11, c nil}"));

        assertThat(verdict.answer()).isEqualTo(Answer.VALID);
        assertThat(verdict.obliged()).isEqualTo(4);
    }

    @Test
    void sumsBeyond64BitsAreExact() {
        String most = "9223372036854775807";
        assertThat(check(TRANSFER + read("{a " + most + ", b 1}") + read("{a 1, b " + most + "}"))
                        .answer())
                .isEqualTo(Answer.VALID);
        // in 64 bits both would be the same
        assertThat(check(TRANSFER + read("{a " + most + ", b " + most + ", c 2}") + read("{a 0}"))
                        .answer())
                .isEqualTo(Answer.INVALID);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{a 10} | no bank whose accounts were read twice",
                "nil | 1 read of no account at all left out",
                "{} | 1 read of no account at all left out",
                "7 | the bank was read as 7, expected a map from account to balance",
                "{a 1.5} | the bank has an account a that holds 1.5, expected a whole number"
            })
    void whatCannotBeComparedIsUndecided(String found, String why) {
        Verdict verdict = check(TRANSFER + read(found));
        assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(verdict.reason().orElseThrow()).contains(why);
    }

    @Test
    void whatMayChangeTheTotalMakesItUndecided() {
        String readings = TRANSFER + read("{a 10}") + read("{a 11}");
        assertThat(check(readings).answer()).isEqualTo(Answer.INVALID);
        for (String function : List.of("write", "deposit", "increment", "cas")) {
            String value = function.equals("cas") ? "[1 2]" : "1";
            String change = "{:process 2, :type :invoke, :f :" + function + ", :value " + value + "}\n";
            assertThat(check(change + readings).reason().orElseThrow()).contains("has operations " + function);
            assertThat(check(change + readings).answer()).isEqualTo(Answer.UNKNOWN);
            // it certainly changed nothing
            assertThat(check(change + change.replace(":invoke", ":fail") + readings)
                            .answer())
                    .isEqualTo(Answer.INVALID);
        }
        assertThat(check(readings.replace(":amount 5", ":sum 5")).reason().orElseThrow())
                .contains("has a transfer of", "expected {from, to, amount} with a whole amount");
        assertThat(check(readings.replace(":amount 5", ":amount x")).answer()).isEqualTo(Answer.UNKNOWN);
    }

    @Test
    void withoutATransferThereIsNoBank() {
        assertThat(check(read("{a 10}") + read("{a 11}")).answer()).isEqualTo(Answer.UNKNOWN);
    }

    @Test
    void everyBankHasATotalOfItsOwn() {
        String bank = """
                {:process 0, :type :invoke, :f :transfer, :key K, :value {:from 1, :to 2, :amount 5}}
                {:process 1, :type :invoke, :f :read, :key K, :value nil}
                {:process 1, :type :ok, :f :read, :key K, :value {1 N}}
                {:process 1, :type :invoke, :f :read, :key K, :value nil}
                {:process 1, :type :ok, :f :read, :key K, :value {1 M}}
                """;
        String first = bank.replace("K", "\"x\"").replace("N", "3").replace("M", "3");
        String second =
                bank.replace("K", "\"y\"").replace(":process 0", ":process 5").replace("N", "4");
        assertThat(check(first + second.replace("M", "4")).answer()).isEqualTo(Answer.VALID);
        assertThat(check(first + second.replace("M", "3")).anomalies())
                .singleElement()
                .satisfies(anomaly -> assertThat(anomaly.key()).isEqualTo("y"));
    }

    /** All readings agree exactly if every two do; and of every witness each of the two alone proves nothing. */
    @Test
    void onRandomHistoriesTheAnswersAreThoseOfTheDefinition() {
        Random random = new Random(Long.getLong("umpire.seed", 20261126L));
        Map<Answer, Integer> answers = new EnumMap<>(Answer.class);
        for (int run = 0; run < Share.of(2_000); run++) {
            List<Long> sums = new ArrayList<>();
            StringBuilder events = new StringBuilder(TRANSFER);
            for (int i = random.nextInt(6); i > 0; i--) {
                long a = random.nextInt(3);
                long b = random.nextInt(4) == 0 ? random.nextInt(3) : 2 - a;
                sums.add(a + b);
                events.append(read("{a " + a + ", b " + b + "}"));
            }
            Verdict verdict = check(events.toString());
            answers.merge(verdict.answer(), 1, Integer::sum);
            boolean agree = sums.stream().allMatch(sum -> sum.equals(sums.get(0)));
            assertThat(verdict.answer())
                    .as("run %d: %s", run, events)
                    .isEqualTo(!agree ? Answer.INVALID : sums.size() < 2 ? Answer.UNKNOWN : Answer.VALID);
            for (Anomaly anomaly : verdict.anomalies()) {
                assertThat(anomaly.operations()).hasSize(2);
                assertThat(sums.get(anomaly.operations().get(0) - 1))
                        .isNotEqualTo(sums.get(anomaly.operations().get(1) - 1));
            }
        }
        assertThat(answers).containsOnlyKeys(Answer.values());
    }

    @ParameterizedTest
    @CsvSource({"bank.edn, VALID", "bank-tidb.edn, INVALID"})
    void recordedBanksGetTheirVerdicts(String file, Answer expected) throws IOException, MalformedHistoryException {
        Path recording = Path.of(System.getProperty("umpire.shared.data", "absent"), "jepsen", file);
        assumeTrue(Files.exists(recording), "no recorded histories");
        assertThat(Guarantee.CONSERVED_TOTAL.check(History.read(recording)).answer())
                .isEqualTo(expected);
    }
}
