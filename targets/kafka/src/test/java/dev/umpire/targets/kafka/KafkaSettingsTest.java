package dev.umpire.targets.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.harness.target.Settings;
import dev.umpire.harness.target.SettingsResolver;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What settings mean and what is refused before a broker runs, for which no server is needed. */
class KafkaSettingsTest {

    private static final KafkaTarget TARGET = new KafkaTarget();

    @ParameterizedTest
    @ValueSource(strings = {"leader-acks", "no-acks"})
    void producersThatAreNotIdempotentSendNothingAgainWherePromisesAreMadeForThem(String configuration) {
        Settings settings = SettingsResolver.resolve(TARGET, Map.of("configuration", configuration));

        assertThat(KafkaSettings.of(settings).retries()).isZero();
        assertThat(KafkaSettings.of(settings).idempotent()).isFalse();
    }

    @Test
    void producersThatSendAgainAreNotThoseOfWhichAloneSomethingIsPromised() {
        Settings settings =
                SettingsResolver.resolve(TARGET, Map.of("configuration", "leader-acks", "retries", "2147483647"));

        assertThat(SettingsResolver.departures(TARGET, settings)).isEqualTo(List.of("retries=2147483647"));
    }

    @Test
    void everyConfigurationCanBeStarted() {
        assertThat(TARGET.configurations())
                .allSatisfy(configuration -> assertThatCode(() -> TARGET.requirePossible(
                                SettingsResolver.resolve(TARGET, Map.of("configuration", configuration.name())),
                                configuration.nodes()))
                        .doesNotThrowAnyException());
    }

    @Test
    void idempotentProducersThatSendNothingAgainAreRefused() {
        Settings settings = SettingsResolver.resolve(TARGET, Map.of("retries", "0"));

        assertThatThrownBy(() -> TARGET.requirePossible(settings, 3))
                .hasMessageStartingWith("retries: found 0 with acks=all idempotence=true, expected 2147483647, or");
    }
}
