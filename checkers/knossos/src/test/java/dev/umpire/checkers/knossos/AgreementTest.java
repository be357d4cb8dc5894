package dev.umpire.checkers.knossos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.umpire.checkers.knossos.analysis.Algorithm;
import dev.umpire.checkers.linearizable.Linearizable;
import dev.umpire.checkers.verdict.Answer;
import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.histories.History;
import dev.umpire.histories.ReadOptions;
import dev.umpire.histories.value.Value;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Our search and Knossos agree, on histories that were linearizable while they were recorded and on the same with an answer
 * changed: always with what stands in for Knossos, and with the real one where {@code -Dumpire.knossos.classpath=JARS} or the
 * variable UMPIRE_CLASSPATH says where it is. {@code -Dumpire.knossos.histories=N} of each kind; {@code -Dumpire.seed=S}.
 */
class AgreementTest {
    private static final List<String> MODELS = List.of("register", "cas-register", "mutex", "set", "fifo-queue");
    private static final long SEED = Long.getLong("umpire.seed", 1);

    static Stream<Arguments> kinds() {
        return MODELS.stream()
                .flatMap(model -> Stream.of(Algorithm.values()).map(algorithm -> Arguments.of(model, algorithm)));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void oursAndTheStandInAgree(String model, Algorithm algorithm) throws Exception {
        try (KnossosChecker knossos = KnossosChecker.open(StandIn.inProcess().with(algorithm))) {
            agree(knossos, model, 30, 10, 3);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void oursAndTheRealOneAgree(String model, Algorithm algorithm) throws Exception {
        List<String> real = StandIn.real().orElse(List.of());
        assumeTrue(
                !real.isEmpty(),
                "the real Knossos is not here; -Dumpire.knossos.classpath=JARS or UMPIRE_CLASSPATH says where it is");
        KnossosOptions options = KnossosOptions.DEFAULT
                .with(algorithm)
                .withClassPath(real)
                .withHeapMegabytes(500)
                .withLimitMillis(20_000);
        try (KnossosChecker knossos = KnossosChecker.open(options)) {
            System.out.println(model + " by " + algorithm + ", ours and Knossos: "
                    + agree(knossos, model, Integer.getInteger("umpire.knossos.histories", 20), 24, 4));
        }
    }

    @Test
    void bothAnswersOccur() throws Exception {
        try (KnossosChecker knossos = KnossosChecker.open(StandIn.inProcess())) {
            for (String model : MODELS) {
                assertThat(agree(knossos, model, 30, 10, 3)).containsKeys(Answer.VALID, Answer.INVALID);
            }
        }
    }

    /** Judges histories by both; how many had which answer. */
    private static Map<Answer, Integer> agree(
            KnossosChecker knossos, String model, int histories, int operations, int processes) throws Exception {
        Map<Answer, Integer> counts = new EnumMap<>(Answer.class);
        CheckOptions options = CheckOptions.DEFAULT.withModel(model);
        for (int i = 0; i < histories; i++) {
            RandomObjects.Shape shape =
                    new RandomObjects.Shape(model, operations, processes, 3, i % 3 == 0 ? 0 : 10, i % 2 == 1);
            String text = RandomObjects.history(SEED * 1_000_003 + i, shape);
            ReadOptions reading = ReadOptions.DEFAULT.withKeys(ReadOptions.Keys.SINGLE);
            History history =
                    History.parse(text, model.endsWith("register") ? reading.withInitial(Value.of(0)) : reading);
            Answer ours = Linearizable.check(history, options).answer();
            dev.umpire.checkers.verdict.Verdict theirs = knossos.check(history, options);
            // a real search may give up; it may not contradict
            if (theirs.answer() != Answer.UNKNOWN || theirs.reason().orElse("").startsWith("vacuous")) {
                assertThat(theirs.answer())
                        .as("seed %d, history %d, %s%n%s", SEED, i, theirs.reason(), text)
                        .isEqualTo(ours);
            }
            counts.merge(theirs.answer(), 1, Integer::sum);
        }
        return counts;
    }
}
