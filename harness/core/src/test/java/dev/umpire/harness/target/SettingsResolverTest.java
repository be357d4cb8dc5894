package dev.umpire.harness.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
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

    private static final class Catalogue implements Target {
        @Override
        public String name() {
            return "catalogue";
        }

        @Override
        public String meaning() {
            return "";
        }

        @Override
        public boolean simulated() {
            return true;
        }

        @Override
        public List<Setting> settings() {
            return List.of(
                    new Setting("reads", List.of("leader", "token", "sticky"), "leader", ""),
                    new Setting("lag", List.of(), "5", ""));
        }

        @Override
        public List<Configuration> configurations() {
            return List.of(
                    configuration("sl-token", Map.of("reads", "token", "lag", "9")), configuration("sl-any", Map.of()));
        }

        private static Configuration configuration(String name, Map<String, String> settings) {
            return new Configuration(name, settings, List.of(), Set.of(), "real-time", "");
        }

        @Override
        public List<Defect> defects() {
            return List.of(new Defect("SL1", "sl-token", "", "", List.of(), List.of(), Defect.Trial.USUAL));
        }

        @Override
        public String describe(Settings settings) {
            return "";
        }

        @Override
        public Set<FaultKind> faults(Settings settings) {
            return Set.of();
        }

        @Override
        public Set<String> functions(Settings settings) {
            return Set.of();
        }

        @Override
        public CompletionStage<Cluster> start(StartContext context) {
            throw new UnsupportedOperationException("a catalogue never starts");
        }
    }
}
