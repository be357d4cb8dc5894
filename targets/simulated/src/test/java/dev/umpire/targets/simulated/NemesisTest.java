package dev.umpire.targets.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.checkers.evidence.Fault;
import dev.umpire.harness.plan.PlanBuilder;
import dev.umpire.harness.run.Run;
import dev.umpire.harness.run.RunException;
import dev.umpire.harness.run.Runner;
import dev.umpire.harness.target.FaultKind;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The nemesis on a world that can be given every fault that needs no help of a store. */
class NemesisTest {

    @Test
    void everyFaultIsSeenToComeAndToGo() throws RunException {
        Set<String> seen = new TreeSet<>();
        for (long seed = 1; seed <= 4; seed++) {
            Run run = Runner.simulate(
                    Plans.busy(Plans.configuration("sl-sync"), Map.of(), 6_000, seed), new SimulatedTarget());
            assertThat(run.missing()).as("seed %d", seed).noneMatch(sentence -> sentence.contains("never seen"));
            Fault.of(run.history()).stream()
                    .filter(fault -> fault.gone() && fault.confirmedAt().isPresent())
                    .forEach(fault -> seen.add(fault.kind()));
        }
        assertThat(seen).contains(names(SimulatedStore.USUAL_FAULTS)).contains(FaultKind.FAILOVER.optionName());
    }

    private static String[] names(Collection<FaultKind> kinds) {
        return kinds.stream().map(FaultKind::optionName).toArray(String[]::new);
    }

    /** That each of so many links shows by chance what strikes all of them, all at one moment, is not to be expected. */
    @Test
    void aFaultOfManyLinksIsSeenToComeAndToGo() throws RunException {
        int seen = 0;
        for (long seed = 1; seed <= 6; seed++) {
            Run run = Runner.simulate(
                    PlanBuilder.simulated("simulated")
                            .set("configuration", "lg-all")
                            .workload("log", Map.of())
                            .nodes(9)
                            .nemesis("loss", "duplication")
                            .operations(2_000)
                            .seed(seed)
                            .build(),
                    new SimulatedTarget());
            assertThat(run.missing()).as("seed %d", seed).noneMatch(sentence -> sentence.contains("never seen"));
            seen += (int) Fault.of(run.history()).stream()
                    .filter(fault -> fault.confirmedAt().isPresent())
                    .count();
        }
        assertThat(seen).isGreaterThan(12);
    }

    /** Randomness is split by purpose: what one more client draws is nothing that a fault draws. */
    @Test
    void oneMoreClientDoesNotChangeTheFaults() throws RunException {
        Set<List<Long>> byPlan = new HashSet<>();
        for (long seed = 1; seed <= 3; seed++) {
            List<Long> ofEight = injected(8, seed);
            assertThat(ofEight).as("seed %d", seed).hasSizeGreaterThan(4);
            assertThat(injected(9, seed)).as("seed %d", seed).isEqualTo(ofEight);
            byPlan.add(ofEight);
        }
        assertThat(byPlan).as("of each seed its own").hasSize(3);
    }

    /** When faults of several kinds were injected, while so many sessions asked as fast as they were answered. */
    private static List<Long> injected(int sessions, long seed) throws RunException {
        Run run = Runner.simulate(
                PlanBuilder.simulated("simulated")
                        .set("configuration", "sl-any")
                        .sessions(sessions)
                        .lasting(Duration.ofSeconds(4))
                        .rate(0)
                        .nemesis("partition", "slow", "clock")
                        .guarantees()
                        .seed(seed)
                        .build(),
                new SimulatedTarget());
        return run.history().nemesisEvents().stream()
                .filter(event -> event.function().equals("inject"))
                .map(event -> event.nanos().orElseThrow())
                .toList();
    }

    /** A probe of a link that another partition has cut since failed, and nothing else struck meanwhile. */
    @Test
    void noProbeIsHeldUpByAnotherFault() throws RunException {
        for (long seed = 1; seed <= 5; seed++) {
            Map<String, Long> longest = new HashMap<>();
            Run run = Runner.simulate(
                    Plans.busy(Plans.configuration("sl-any"), Map.of(), 3_000, seed), new SimulatedTarget());
            long[] lastNanos = {0};
            run.history().nemesisEvents().forEach(event -> {
                long nanos = event.nanos().orElse(0);
                if (!event.function().equals("inject") && !event.function().equals("heal")) {
                    longest.merge(event.function(), nanos - lastNanos[0], Math::max);
                }
                lastNanos[0] = nanos;
            });
            assertThat(longest)
                    .as("seed %d", seed)
                    .allSatisfy(
                            (function, nanos) -> assertThat(nanos).as(function).isLessThan(1_500_000_000L));
        }
    }
}
