package dev.umpire.checkers.knossos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.checkers.verdict.CheckOptions;
import dev.umpire.checkers.verdict.CheckerProvider;
import dev.umpire.checkers.verdict.OpenChecker;
import dev.umpire.histories.History;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class KnossosProviderTest {
    private static CheckerProvider provider() {
        return ServiceLoader.load(CheckerProvider.class).findFirst().orElseThrow();
    }

    @Test
    void itIsFoundAsAServiceAndJudgesLinearizable() {
        assertThat(provider().name()).isEqualTo("knossos");
        assertThat(provider().guarantees()).containsExactly("linearizable");
        assertThat(provider().settings().keySet())
                .containsExactly("place", "algorithm", "heap-megabytes", "limit-millis");
    }

    @Test
    void itsSettingsReachTheChecker() throws Exception {
        Map<String, String> settings = Map.of("place", "in-process", "algorithm", "wgl", "limit-millis", "5000");
        try (OpenChecker checker = provider().open(settings, StandIn.classPath())) {
            assertThat(checker.check(History.parse("""
                            {:process 0, :type :invoke, :f :read}
                            {:process 0, :type :ok, :f :read, :value 1}
                            """), CheckOptions.DEFAULT).algorithm())
                    .isEqualTo("model register: knossos wgl in this process");
        }
    }

    @Test
    void aSettingThatCannotBeIsRefused() {
        assertThatThrownBy(() -> provider().open(Map.of("place", "elsewhere"), StandIn.classPath()))
                .hasMessage("--knossos: found elsewhere, expected own-process or in-process");
        assertThatThrownBy(() -> provider().open(Map.of("algorithm", "wgk"), StandIn.classPath()))
                .hasMessage("--knossos-algorithm: found wgk, expected one of competition, wgl, linear");
        assertThatThrownBy(() -> provider().open(Map.of("limit-millis", "soon"), StandIn.classPath()))
                .hasMessage("limit-millis: found soon, expected a whole number");
        assertThatThrownBy(() -> provider().open(Map.of("limit-millis", "0"), StandIn.classPath()))
                .hasMessage("limitMillis: found 0, expected 1 or more");
        assertThatThrownBy(() -> provider().open(Map.of("colour", "red"), StandIn.classPath()))
                .hasMessageStartingWith("found the setting colour, expected one of place, algorithm");
    }
}
