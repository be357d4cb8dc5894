package dev.umpire.harness.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Where nobody says anything. */
class TestSettingsTest {
    /** A test to which no configuration parameter was given. */
    private static final ExtensionContext NOTHING_SAID = (ExtensionContext) Proxy.newProxyInstance(
            TestSettingsTest.class.getClassLoader(),
            new Class<?>[] {ExtensionContext.class},
            (proxy, method, arguments) -> {
                assertThat(method.getName()).isEqualTo("getConfigurationParameter");
                return Optional.empty();
            });

    @Test
    void seedsThatFailedAreKeptBesideTheTestsAndRunsWithWhatIsBuilt() {
        assertThat(TestSettings.seedsFolder(NOTHING_SAID)).isEqualTo(Path.of("src/test/umpire"));
        assertThat(TestSettings.folder(NOTHING_SAID)).isEqualTo(Path.of("target/umpire"));
        assertThat(TestSettings.keep(NOTHING_SAID)).isFalse();
    }
}
