package dev.umpire.checkers.uniqueness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.oracle.Share;
import dev.umpire.checkers.verdict.Anomaly;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.histories.History;
import dev.umpire.histories.event.MalformedHistoryException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UniquenessTest {

    private static Verdict check(String events) {
        try {
            return Uniqueness.check(History.parse(events), CheckOptions.DEFAULT);
        } catch (MalformedHistoryException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void anIdThatWasGivenTwiceBreaksIt() {
        Verdict verdict = check("""
                {:process 0, :type :invoke, :f :generate, :value nil}
                {:process 0, :type :ok, :f :generate, :value 7}
                {:process 0, :type :invoke, :f :generate, :value nil}
                {:process 0, :type :ok, :f :generate, :value 8}
                {:process 1, :type :invoke, :f :generate, :value nil}
                {:process 1, :type :ok, :f :generate, :value 7}
                """);
        assertThat(verdict.answer()).isEqualTo(Answer.INVALID);
        assertThat(verdict.obliged()).isEqualTo(3);
        assertThat(verdict.anomalies()).singleElement().satisfies(anomaly -> {
            assertThat(anomaly.kind()).isEqualTo("DUPLICATE_VALUE");
            assertThat(anomaly.operations()).containsExactly(0, 2);
            assertThat(anomaly.sentence())
                    .isEqualTo(
                            "7 was acknowledged twice: to session 0 (event 0 to event 1), and to session 1 (event 4 to"
                                    + " event 5)");
        });
    }

    @Test
    void aNameThatTwoSessionsClaimedBreaksIt() {
        String events = """
                {:process 0, :type :invoke, :f :claim, :value "ann"}
                {:process 0, :type :ok, :f :claim, :value "ann"}
                {:process PROCESS, :type :invoke, :f :claim, :value "ann"}
                {:process PROCESS, :type :OUTCOME, :f :claim, :value "ann"}
                """;
        assertThat(check(events.replace("PROCESS", "1").replace("OUTCOME", "ok"))
                        .answer())
                .isEqualTo(Answer.INVALID);
        // nobody was told that the name is his, or the same one was told twice
        assertThat(check(events.replace("PROCESS", "1").replace("OUTCOME", "fail"))
                        .answer())
                .isEqualTo(Answer.UNKNOWN);
        assertThat(check(events.replace("PROCESS", "0").replace("OUTCOME", "ok"))
                        .answer())
                .isEqualTo(Answer.VALID);
    }

    @Test
    void whatOneSessionGeneratedAnotherMayNotClaim() {
        String events = """
                {:process 0, :type :invoke, :f :claim, :value 7}
                {:process 0, :type :ok, :f :claim, :value 7}
                {:process SECOND, :type :invoke, :f :generate, :value nil}
                {:process SECOND, :type :ok, :f :generate, :value 7}
                {:process THIRD, :type :invoke, :f :generate, :value nil}
                {:process THIRD, :type :ok, :f :generate, :value 8}
                """;
        assertThat(check(events.replace("SECOND", "1").replace("THIRD", "0")).answer())
                .isEqualTo(Answer.INVALID);
        assertThat(check(events.replace("SECOND", "0").replace("THIRD", "0")).answer())
                .isEqualTo(Answer.VALID);
        // the second that generates it is the one too many, whoever claimed it
        assertThat(check(events.replace("8", "7").replace("SECOND", "0").replace("THIRD", "0"))
                        .anomalies())
                .singleElement()
                .satisfies(anomaly -> assertThat(anomaly.operations()).containsExactly(1, 2));
    }

    @Test
    void generatorsOfTwoKeysMayGiveTheSameId() {
        Verdict verdict = check("""
                {:process 0, :type :invoke, :f :generate, :key "x", :value nil}
                {:process 0, :type :ok, :f :generate, :key "x", :value 7}
                {:process 1, :type :invoke, :f :generate, :key "y", :value nil}
                {:process 1, :type :ok, :f :generate, :key "y", :value 7}
                """);
        assertThat(verdict.answer()).isEqualTo(Answer.VALID);
    }

    @Test
    void aKeyThatTwoSessionsClaimedIsNamedAsTheValue() {
        Verdict verdict = check("""
                {:process 0, :type :invoke, :f :claim, :key "ann", :value nil}
                {:process 0, :type :ok, :f :claim, :key "ann", :value nil}
                {:process 1, :type :invoke, :f :claim, :key "ann", :value nil}
                {:process 1, :type :ok, :f :claim, :key "ann", :value nil}
                """);
        assertThat(verdict.anomalies()).singleElement().satisfies(anomaly -> {
            assertThat(anomaly.key()).isEqualTo("ann");
            assertThat(anomaly.sentence()).startsWith("ann was acknowledged twice: to session 0 (");
        });
    }

    @Test
    void whatWasGivenTwiceWithinAShortTimeIsToldFirst() {
        Verdict verdict = check("""
                {:process 0, :type :invoke, :f :claim, :value 7}
                {:process 0, :type :ok, :f :claim, :value 7}
                {:process 1, :type :invoke, :f :claim, :value 8}
                {:process 1, :type :ok, :f :claim, :value 8}
                {:process 0, :type :invoke, :f :claim, :value 8}
                {:process 0, :type :ok, :f :claim, :value 8}
                {:process 1, :type :invoke, :f :claim, :value 7}
                {:process 1, :type :ok, :f :claim, :value 7}
                {:process 0, :type :invoke, :f :claim, :value 9}
                {:process 0, :type :ok, :f :claim, :value 9}
                {:process 1, :type :invoke, :f :claim, :value 9}
                {:process 1, :type :ok, :f :claim, :value 9}
                """);
        assertThat(verdict.anomalies())
                .extracting(Anomaly::operations)
                .containsExactly(List.of(1, 2), List.of(4, 5), List.of(0, 3));
    }

    @Test
    void whatIsNoAcknowledgedCallOfAGeneratorIsNotCompared() {
        Verdict verdict = check("""
                {:process 0, :type :invoke, :f :generate, :value nil}
                {:process 0, :type :ok, :f :generate, :value 7}
                {:process 1, :type :invoke, :f :read, :value nil}
                {:process 1, :type :ok, :f :read, :value 7}
                {:process 1, :type :invoke, :f :generate, :value nil}
                {:process 1, :type :info, :f :generate, :value nil}
                {:process 2, :type :invoke, :f :generate, :value nil}
                {:process 2, :type :fail, :f :generate, :value nil}
                {:process 3, :type :invoke, :f :generate, :value nil}
                {:process 3, :type :ok, :f :generate, :value 8}
                """);
        assertThat(verdict.answer()).isEqualTo(Answer.VALID);
        assertThat(verdict.obliged()).isEqualTo(2);
    }

    @Test
    void whatDoesNotSayItsValueIsUndecided() {
        Verdict verdict = check("""
                {:process 0, :type :invoke, :f :generate, :value nil}
                {:process 0, :type :ok, :f :generate, :value 7}
                {:process 0, :type :invoke, :f :generate, :value nil}
                {:process 0, :type :ok, :f :generate, :value 8}
                {:process 1, :type :invoke, :f :generate, :value nil}
                {:process 1, :type :ok, :f :generate, :value nil}
                """);
        assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
        assertThat(verdict.reason()).contains("1 acknowledged generate does not say which value it was");
    }

    @Test
    void whatMayBeReleasedMayBeGivenAgain() {
        Verdict verdict = check("""
                {:process 0, :type :invoke, :f :claim, :value 7}
                {:process 0, :type :ok, :f :claim, :value 7}
                {:process 0, :type :invoke, :f :release, :value 7}
                {:process 0, :type :ok, :f :release, :value 7}
                {:process 1, :type :invoke, :f :claim, :value 7}
                {:process 1, :type :ok, :f :claim, :value 7}
                """);
        assertThat(verdict.answer()).isEqualTo(Answer.UNKNOWN);
    }

    @Test
    void onRandomHistoriesEveryPairOfCallersIsCompared() {
        long seed = Long.getLong("umpire.seed", 20261126L);
        for (int run = 0; run < Share.of(3000); run++) {
            Random random = new Random(seed * 1_000_003 + run);
            int n = 2 + random.nextInt(7);
            StringBuilder events = new StringBuilder();
            int[] key = new int[n];
            int[] value = new int[n];
            boolean[] acknowledged = new boolean[n];
            int count = 0;
            for (int i = 0; i < n; i++) {
                key[i] = random.nextInt(2);
                value[i] = random.nextInt(9);
                int outcome = random.nextInt(5);
                acknowledged[i] = outcome > 1;
                count += acknowledged[i] ? 1 : 0;
                String head = "{:process " + i + ", :f :generate, :key " + key[i] + ", :type ";
                events.append(head).append(":invoke, :value nil}\n").append(head);
                events.append(acknowledged[i] ? ":ok, :value " + value[i] : outcome == 1 ? ":info" : ":fail");
                events.append("}\n");
            }
            boolean twice = false;
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < i; j++) {
                    twice |= acknowledged[i] && acknowledged[j] && key[i] == key[j] && value[i] == value[j];
                }
            }
            assertThat(check(events.toString()).answer())
                    .as("umpire.seed=" + seed + " run " + run + "\n" + events)
                    .isEqualTo(twice ? Answer.INVALID : count < 2 ? Answer.UNKNOWN : Answer.VALID);
        }
    }
}
