package dev.umpire.harness.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsResolverTest {

    private final Target target = new Catalogue();

    @Test
    void whatIsNotGivenHasItsDefault() {
        assertThat(resolve(Map.of()))
                .containsExactly(
                        Map.entry("configuration", ""),
                        Map.entry("defect", ""),
                        Map.entry("lag", "5"),
                        Map.entry("reads", "leader"));
    }

    @Test
    void aConfigurationBringsItsSettingsAndWhatIsGivenOverridesThem() {
        assertThat(resolve(Map.of("configuration", "sl-token")))
                .containsEntry("reads", "token")
                .containsEntry("lag", "9");
        assertThat(resolve(Map.of("configuration", "sl-token", "reads", "sticky")))
                .containsEntry("reads", "sticky")
                .containsEntry("lag", "9");
    }

    @Test
    void aDefectBringsItsConfiguration() {
        assertThat(resolve(Map.of("defect", "SL1")))
                .containsEntry("defect", "SL1")
                .containsEntry("configuration", "sl-token")
                .containsEntry("reads", "token");
    }

    @Test
    void aDefectOfAnotherConfigurationIsRefused() {
        refuses(
                Map.of("defect", "SL1", "configuration", "sl-any"),
                "defect: found SL1 with configuration=sl-any, expected configuration=sl-token");
    }

    @Test
    void anUnknownNameIsRefusedWithTheNearest() {
        refuses(
                Map.of("read", "leader"),
                "setting: found read, expected one of reads, lag, configuration, defect (the nearest is reads)");
    }

    @Test
    void anUnknownValueIsRefusedWithTheNearest() {
        refuses(
                Map.of("reads", "leadr"),
                "reads: found leadr, expected one of leader, token, sticky (the nearest is leader)");
    }

    @Test
    void anUnknownConfigurationOrDefectIsRefused() {
        refuses(Map.of("configuration", "xyz"), "configuration: found xyz, expected one of sl-token, sl-any");
        refuses(Map.of("defect", "SL2"), "defect: found SL2, expected one of SL1 (the nearest is SL1)");
    }

    @Test
    void aSettingWithoutListedValuesTakesAny() {
        assertThat(resolve(Map.of("lag", "123"))).containsEntry("lag", "123");
    }

    private Map<String, String> resolve(Map<String, String> given) {
        return SettingsResolver.resolve(target, given).values();
    }

    private void refuses(Map<String, String> given, String message) {
        assertThatThrownBy(() -> resolve(given))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void aStoreThatIsOtherThanItsConfigurationDepartsFromThePromise() {
        assertThat(departures(Map.of("configuration", "sl-token"))).isEmpty();
        assertThat(departures(Map.of("configuration", "sl-token", "reads", "sticky", "lag", "1")))
                .containsExactly("lag=1", "reads=sticky");
        assertThat(departures(Map.of("configuration", "sl-any", "reads", "token")))
                .as("that another configuration names")
                .containsExactly("reads=token");
        assertThat(departures(Map.of("reads", "sticky")))
                .as("without a configuration")
                .isEmpty();
    }

    private List<String> departures(Map<String, String> given) {
        return SettingsResolver.departures(target, SettingsResolver.resolve(target, given));
    }
}
