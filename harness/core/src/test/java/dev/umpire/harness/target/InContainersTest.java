package dev.umpire.harness.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.harness.external.ExternalSettings;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InContainersTest {

    private final Target store = new Store();

    @Test
    void nodesRunInContainersWhereSettingsSaySo() {
        assertThat(InContainers.image(resolve("launcher=docker", "image=redis:7")))
                .contains("redis:7");
        assertThat(InContainers.image(resolve())).isEmpty();
        assertThat(InContainers.image(resolve("launcher=external", "addresses=a:1")))
                .isEmpty();
        assertThat(InContainers.image(new Settings(Map.of())))
                .as("a store of another kind")
                .isEmpty();
    }

    @Test
    void settingsOfProcessesHaveAMeaningInContainersAndAnImageOnlyThere() {
        assertThat(resolve("launcher=docker", "image=redis:7", "home=/opt/store")
                        .get("home"))
                .isEqualTo("/opt/store");
        assertThatThrownBy(() -> resolve("image=redis:7"))
                .hasMessage("image: found redis:7, expected none, as it has a meaning only with launcher=docker");
        assertThatThrownBy(() -> resolve("launcher=external", "home=/opt/store"))
                .hasMessage(
                        "home: found /opt/store, expected none, as it has a meaning only with launcher=process|docker");
    }

    @Test
    void whatNeedsProcessesOfThisMachineIsLeftOutAndSaidToBe() {
        Settings processes = resolve();
        Settings containers = resolve("launcher=docker", "image=redis:7");

        assertThat(InContainers.faults(store, processes)).containsExactlyInAnyOrder(FaultKind.values());
        assertThat(InContainers.faults(store, containers))
                .isEqualTo(EnumSet.complementOf(EnumSet.of(FaultKind.CLOCK, FaultKind.FULL_DISK)));
        assertThat(InContainers.missingFor(store, containers, FaultKind.CLOCK))
                .contains(
                        "nodes in containers have the clock and the disks of their engine; with launcher=process it may"
                                + " be");
        assertThat(InContainers.missingFor(store, processes, FaultKind.CLOCK)).contains("by the store: clock");
        assertThat(InContainers.missingFor(store, containers, FaultKind.CRASH)).contains("by the store: crash");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--privileged", "redis 7", "redis:7;true"})
    void anImageThatIsNoneIsRefused(String image) {
        assertThatThrownBy(() -> ExternalSettings.requirePossible(resolve("launcher=docker", "image=" + image), 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("image: found " + (image.isEmpty() ? "none" : image)
                        + ", expected the image that nodes run in, as docker knows it: redis:7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis", "quay.io/coreos/etcd:v3.5.21", "localhost:5000/a_b@sha256:0123abcd"})
    void anImageIsNamedAsDockerKnowsIt(String image) {
        Settings settings = resolve("launcher=docker", "image=" + image);
        ExternalSettings.requirePossible(settings, 3);
        assertThat(InContainers.describe(store, settings)).isEqualTo(image + " · a store");
        assertThat(InContainers.describe(store, resolve())).isEqualTo("a store");
    }

    private Settings resolve(String... given) {
        Map<String, String> values = new HashMap<>();
        for (String one : given) {
            String[] parts = one.split("=", 2);
            values.put(parts[0], parts[1]);
        }
        return SettingsResolver.resolve(store, values);
    }

    private static final class Store implements Target {
        @Override
        public String name() {
            return "store";
        }

        @Override
        public String meaning() {
            return "";
        }

        @Override
        public List<Setting> settings() {
            return ExternalSettings.all(
                    List.of(), List.of(new Setting("home", List.of(), "store-server", "")), List.of(), true);
        }

        @Override
        public List<Configuration> configurations() {
            return List.of();
        }

        @Override
        public String describe(Settings settings) {
            return "a store";
        }

        @Override
        public Set<FaultKind> faults(Settings settings) {
            return Set.of(FaultKind.values());
        }

        @Override
        public Optional<String> missingFor(FaultKind kind) {
            return Optional.of("by the store: " + kind.optionName());
        }

        @Override
        public Set<String> functions(Settings settings) {
            return Set.of();
        }

        @Override
        public CompletionStage<Cluster> start(StartContext context) {
            throw new UnsupportedOperationException("a store that is only described");
        }
    }
}
