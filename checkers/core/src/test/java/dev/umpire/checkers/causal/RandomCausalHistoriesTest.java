package dev.umpire.checkers.causal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.oracle.CausalOracle;
import dev.umpire.checkers.oracle.RandomHistories;
import dev.umpire.checkers.oracle.RandomHistories.Shape;
import dev.umpire.checkers.oracle.SmallHistory;
import dev.umpire.checkers.oracle.SmallOperation;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.Verdict;
import dev.umpire.histories.History;
import dev.umpire.histories.Outcome;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Random histories against the definition, and every witness against the definition as well. */
class RandomCausalHistoriesTest {
    private final Map<CausalOracle, Map<Answer, Integer>> answers = new EnumMap<>(CausalOracle.class);
    private final Map<String, Integer> kinds = new TreeMap<>();

    @AfterEach
    void bothAnswersWereSeen() {
        System.out.println("causal at random: " + answers + " " + kinds);
        answers.values().forEach(seen -> assertThat(seen).containsKeys(Answer.VALID, Answer.INVALID));
    }

    @Test
    void sequentialSessionsAreJudgedAsByDefinition() {
        check(1500, new Shape(14, 3, 2, false, false, true, 0));
        check(1000, new Shape(14, 4, 2, false, false, false, 0));
    }

    @Test
    void overlappingOperationsOfOneSessionAreJudgedAsByDefinition() {
        check(1500, new Shape(12, 3, 2, true, false, false, 0));
    }

    @Test
    void casAreJudgedAsByDefinition() {
        check(1500, new Shape(12, 4, 2, false, true, false, 0));
        check(1500, new Shape(10, 3, 1, true, true, true, 0));
    }

    @Test
    void snapshotsAreJudgedAsByDefinition() {
        new RandomHistories()
                .check(1500, new Shape(12, 3, 2, false, false, false, 0), small -> isAsDefined(withSnapshots(small)));
        new RandomHistories()
                .check(1000, new Shape(12, 3, 2, true, true, false, 0), small -> isAsDefined(withSnapshots(small)));
    }

    @Test
    void snapshotsAfterReadsAreJudgedAsByDefinition() {
        long seed = Long.getLong("umpire.seed", 20261123L);
        for (int i = 0; i < 2000; i++) {
            SmallHistory small = writersAndOneReader(new Random(seed * 1_000_003 + i));
            assertThat(isAsDefined(small))
                    .as("umpire.seed=" + seed + " history " + i + small)
                    .isTrue();
        }
        assertThat(kinds).containsKey("WRITE_CO_SNAPSHOT");
    }

    private static SmallHistory writersAndOneReader(Random random) {
        List<SmallOperation> operations = new ArrayList<>();
        List<List<Integer>> values = List.of(new ArrayList<>(), new ArrayList<>());
        for (int i = 1; i <= 6; i++) {
            int key = random.nextInt(2);
            values.get(key).add(i);
            operations.add(SmallOperation.write(random.nextInt(2), key, i, Outcome.OK, 2 * i, 2 * i + 1));
        }
        for (int i = 7; i <= 9; i++) {
            int[] read = {0, 0};
            for (int key = 0; key < 2; key++) {
                List<Integer> written = values.get(key);
                read[key] = written.isEmpty() ? 0 : written.get(random.nextInt(written.size()));
            }
            operations.add(
                    i < 9
                            ? SmallOperation.read(2, i - 7, read[i - 7], 2 * i, 2 * i + 1)
                            : SmallOperation.snapshot(2, new int[] {0, 1}, read, 2 * i, 2 * i + 1));
        }
        return new SmallHistory(operations);
    }

    /** The same with half of the reads reading the other key as well. */
    private static SmallHistory withSnapshots(SmallHistory small) {
        List<SmallOperation> operations = new ArrayList<>();
        for (SmallOperation one : small.operations()) {
            int key = one.readOf(0) >= 0 ? 0 : 1;
            if (!one.function().equals("read") || one.invoked() % 2 == 0) {
                operations.add(one);
                continue;
            }
            List<Integer> values = new ArrayList<>(List.of(0));
            for (SmallOperation writer : small.operations()) {
                if (writer.writes(1 - key) && writer.invoked() < one.completed()) {
                    values.add(writer.written());
                }
            }
            int other = values.get(one.completed() % values.size());
            operations.add(SmallOperation.snapshot(
                    one.session(),
                    new int[] {key, 1 - key},
                    new int[] {one.readOf(key), other},
                    one.invoked(),
                    one.completed()));
        }
        return new SmallHistory(operations);
    }

    private void check(int count, Shape shape) {
        new RandomHistories().check(count, shape, this::isAsDefined);
    }

    private boolean isAsDefined(SmallHistory small) {
        History history = small.history();
        CheckOptions options = CheckOptions.DEFAULT.withAnomalyLimit(3);
        // few sessions make one block; blocks of one chain must not change anything
        for (boolean convergence : new boolean[] {false, true}) {
            Verdict narrow = new CausalCheck("narrow", convergence, history, options, 1).verdict();
            Verdict wide = new CausalCheck("narrow", convergence, history, options).verdict();
            if (narrow.answer() != wide.answer() || narrow.anomalyCount() != wide.anomalyCount()) {
                return false;
            }
        }
        return agrees(small, CausalOracle.CAUSAL, Causal.check(history, options))
                && agrees(small, CausalOracle.CAUSAL_CONVERGENCE, CausalConvergence.check(history, options))
                && agrees(small, CausalOracle.CAUSAL_MEMORY, CausalMemory.check(history, options))
                && agrees(small, CausalOracle.PRAM, Pram.check(history, options));
    }

    private boolean agrees(SmallHistory small, CausalOracle oracle, Verdict verdict) {
        Answer expected = oracle.judge(small);
        answers.computeIfAbsent(oracle, o -> new EnumMap<>(Answer.class)).merge(expected, 1, Integer::sum);
        verdict.anomalies().forEach(anomaly -> kinds.merge(anomaly.kind(), 1, Integer::sum));
        return verdict.answer() == expected
                && verdict.anomalies().stream().allMatch(anomaly -> MinimalWitness.isMinimal(small, anomaly, oracle));
    }
}
