package dev.umpire.targets.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.harness.target.Settings;
import dev.umpire.harness.target.SettingsResolver;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    @Test
    void brokersWhoseControllersNeverChangeAreRefusedWhereTheirMembershipIsTo() {
        Path home = Path.of("kafka-3.8");

        assertThatThrownBy(() -> KafkaSettings.requireChangeable(home, Optional.of("3.8.1")))
                .hasMessage("nemesis: found membership with Kafka 3.8.1 in kafka-3.8, expected Kafka 3.9 or later, the"
                        + " first whose controllers can leave the quorum and join it (KIP-853)");
        assertThatThrownBy(() -> KafkaSettings.requireChangeable(home, Optional.of("2.8.0")))
                .hasMessageContaining("found membership with Kafka 2.8.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.9.0", "3.10.0", "4.0.0", "4"})
    void laterBrokersAndSuchAsAreNotKnownAreTried(String version) {
        assertThatCode(() -> KafkaSettings.requireChangeable(Path.of("kafka"), Optional.of(version)))
                .doesNotThrowAnyException();
        assertThatCode(() -> KafkaSettings.requireChangeable(Path.of("kafka"), Optional.empty()))
                .doesNotThrowAnyException();
    }
}
