package dev.umpire.targets.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.run.RunException;
import dev.umpire.harness.run.Runner;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a crash tore or corrupted is read only where nothing tells it from what is whole. */
class ChecksumsTest {
    private static final SimulatedTarget TARGET = new SimulatedTarget();
    private static final long SEEDS = 15;
    private static final long MOST_SEEDS = 400;

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "sl-leader, integrity",
        "pl-snapshot, integrity",
        "ml-siblings, integrity",
        "ll-quorum, integrity",
        "lg-all, integrity"
    })
    void valuesThatNobodyWroteAreReadWithoutThemOnly(String configuration, String guarantee) {
        assertThat(LongStream.rangeClosed(1, SEEDS)).noneMatch(seed -> breaks(configuration, "on", guarantee, seed));
        OptionalLong found = LongStream.rangeClosed(1, MOST_SEEDS)
                .filter(seed -> breaks(configuration, "off", guarantee, seed))
                .findFirst();
        assertThat(found).isPresent();
    }

    private static boolean breaks(String configuration, String checksums, String guarantee, long seed) {
        Plan plan = Plans.promise(Plans.configuration(configuration), Map.of("checksums", checksums), seed)
                .judgedBy(List.of(guarantee));
        try {
            return Judge.breaks(Runner.simulate(plan, TARGET), guarantee);
        } catch (RunException e) {
            throw new AssertionError("seed " + seed, e);
        }
    }
}
