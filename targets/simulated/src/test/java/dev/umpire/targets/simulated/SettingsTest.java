package dev.umpire.targets.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.PlanBuilder;
import dev.umpire.harness.run.Runner;
import dev.umpire.harness.target.Setting;
import dev.umpire.harness.target.SettingsResolver;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Values that cannot be are refused before anything is started. */
class SettingsTest {
    private static final SimulatedTarget TARGET = new SimulatedTarget();

    @ParameterizedTest
    @CsvSource({
        "single-leader, snapshot-after, -3, '0 or more'",
        "single-leader, snapshot-after, abc, a whole number",
        "single-leader, loss-percent, 300, 0 to 99",
        "single-leader, loss-percent, -1, 0 to 99",
        "single-leader, loss-percent, 1.5, a whole number",
        "partitioned, duplication-percent, 101, 0 to 100",
        "multi-leader, duplication-percent, many, a whole number",
        "leaderless, n, 4, '1 to 3 (the number of nodes, 3)'",
        "leaderless, w, 0, '1 to 3 (n, 3)'",
        "leaderless, r, two, a whole number",
        "log, topic-partitions, 0, 1 to 1000",
        "log, topic-partitions, 99999999999, a whole number"
    })
    void aValueThatCannotBeIsToldWithWhatIsAllowed(String store, String name, String value, String allowed) {
        Plan plan = PlanBuilder.of(TARGET, Map.of(SimulatedStore.STORE, store, name, value))
                .nodes(3)
                .build();

        assertThatThrownBy(() -> Runner.requirePossible(plan, TARGET))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(name + ": found " + value + ", expected " + allowed);
    }

    static List<Setting> numbers() {
        return TARGET.settings().stream()
                .filter(setting -> setting.allowed().isEmpty())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void everySettingWithoutAListOfValuesIsReadBeforeTheStart(Setting setting) {
        Map<String, String> given = new HashMap<>(setting.onlyWith());
        given.put(setting.name(), "no number");

        assertThatThrownBy(() -> TARGET.requirePossible(SettingsResolver.resolve(TARGET, given), 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(setting.name() + ": found no number, expected ");
    }

    @Test
    void thereAreSuchSettings() {
        assertThat(numbers()).extracting(Setting::name).contains("snapshot-after", "loss-percent", "topic-partitions");
    }

    @Test
    void aConfigurationIsOfOneStore() {
        Map<String, String> other =
                Map.of(SettingsResolver.CONFIGURATION, "sl-leader", SimulatedStore.STORE, "leaderless");

        assertThatThrownBy(() -> TARGET.requirePossible(SettingsResolver.resolve(TARGET, other), 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("store: found leaderless with configuration=sl-leader, expected store=single-leader");
    }

    @ParameterizedTest
    @CsvSource({
        "sl-leader, sync, in-background, 1",
        "sl-leader, checksums, off, 1",
        "sl-leader, log, physical, 0",
        "sl-any, snapshot-after, 3, 0",
        "sl-leader, loss-percent, 10, 0",
        "ll-abd, w, 1, 1",
        "lg-all, topic-partitions, 5, 0"
    })
    void aStoreThatIsNotAsItsConfigurationSaysIsPromisedNothing(
            String configuration, String name, String value, int departures) {
        Map<String, String> given = Map.of(SettingsResolver.CONFIGURATION, configuration, name, value);

        assertThat(SettingsResolver.departures(TARGET, SettingsResolver.resolve(TARGET, given)))
                .hasSize(departures)
                .allMatch(one -> one.equals(name + "=" + value));
    }
}
