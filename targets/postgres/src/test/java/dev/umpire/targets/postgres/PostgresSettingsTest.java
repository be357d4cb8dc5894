package dev.umpire.targets.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.harness.target.Node;
import dev.umpire.harness.target.Settings;
import dev.umpire.harness.target.SettingsResolver;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What settings mean and what is refused before a server runs, for which none is needed. */
class PostgresSettingsTest {

    private static final PostgresTarget TARGET = new PostgresTarget();

    private static Settings settings(String... pairs) {
        return SettingsResolver.resolve(
                TARGET,
                IntStream.range(0, pairs.length / 2)
                        .boxed()
                        .collect(Collectors.toMap(i -> pairs[2 * i], i -> pairs[2 * i + 1])));
    }

    @ParameterizedTest
    @ValueSource(strings = {"quorum", "primary-reads", "remote-apply"})
    void nothingIsPromisedOfAStoreWhoseOldPrimaryLivesOn(String configuration) {
        assertThat(SettingsResolver.departures(TARGET, settings("configuration", configuration, "fencing", "no")))
                .isEqualTo(List.of("fencing=no"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"2|any 1 (n2)", "3|any 2 (n2, n3)", "4|any 3 (n2, n3, n4)"})
    void whatCanBeReadAtEveryStandbyIsConfirmedByEveryOne(int nodes, String names) {
        PostgresSettings remoteApply = PostgresSettings.of(settings("configuration", "remote-apply"));
        List<Node> standbys =
                IntStream.rangeClosed(2, nodes).mapToObj(i -> new Node("n" + i)).toList();

        assertThatCode(() -> remoteApply.requirePossible(nodes)).doesNotThrowAnyException();
        assertThat(remoteApply.synchronousStandbyNames(standbys)).isEqualTo(names);
        assertThat(remoteApply.describe()).contains("synchronous_commit remote_apply, all standbys");
    }

    @Test
    void aStoreInWhichTwoOfThreeStandbysConfirmIsNotTheOneOfWhichAllDo() {
        Settings settings = settings("configuration", "remote-apply", "standbys", "any-2");

        assertThat(SettingsResolver.departures(TARGET, settings)).isEqualTo(List.of("standbys=any-2"));
    }

    @Test
    void aSingleStandbyIsComparedWithNoneAsThePrimaryTellsNoPlace() {
        assertThat(TARGET.positionUnit(settings(), 2)).isEmpty();
        assertThat(TARGET.positionUnit(settings(), 3)).contains("byte");
    }

    @Test
    void everyConfigurationCanBeStarted() {
        assertThat(TARGET.configurations())
                .allSatisfy(configuration -> assertThatCode(() -> TARGET.requirePossible(
                                settings("configuration", configuration.name()), configuration.nodes()))
                        .doesNotThrowAnyException());
    }

    @Test
    void noCommitWaitsForAllWhereItWaitsForNone() {
        Settings settings = settings("standbys", "all", "commit", "local");

        assertThatThrownBy(() -> TARGET.requirePossible(settings, 3))
                .hasMessageStartingWith("commit: found local with standbys=all, expected remote_write");
    }
}
