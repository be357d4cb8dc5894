package dev.umpire.targets.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.harness.launcher.LaunchException;
import dev.umpire.harness.nemesis.NemesisKinds;
import dev.umpire.harness.plan.Plan;
import dev.umpire.harness.plan.PlanBuilder;
import dev.umpire.harness.plan.UsualGuarantees;
import dev.umpire.harness.target.Configuration;
import dev.umpire.harness.target.FaultKind;
import dev.umpire.harness.target.Settings;
import dev.umpire.harness.target.SettingsResolver;
import dev.umpire.harness.target.Target;
import dev.umpire.targets.testing.PretendedJar;
import dev.umpire.targets.testing.TestCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused before a node runs, for which no server is needed. */
class CassandraSettingsTest {

    private static final CassandraTarget TARGET = new CassandraTarget();

    @TempDir
    Path folder;

    @Test
    void theTargetIsFoundByItsName() {
        assertThat(ServiceLoader.load(Target.class)).extracting(Target::name).contains("cassandra");
    }

    @Test
    void aConsistencyThatCassandraHasNotIsRefused() {
        Settings settings = TestCluster.settings(TARGET, "reads=most");
        assertThatThrownBy(() -> TARGET.requirePossible(settings, 3))
                .hasMessage("reads: found most, expected one of one, quorum, all, local-serial, serial");
    }

    @Test
    void aClockThatIsBehindIsRefused() {
        Settings settings = TestCluster.settings(TARGET, "skew=-1");
        assertThatThrownBy(() -> TARGET.requirePossible(settings, 3)).hasMessage("skew: found -1, expected 0 or more");
    }

    @ParameterizedTest
    @ValueSource(strings = {"skew=2000", "timestamps=server", "read-repair=off", "hints=off"})
    void clocksRepairAndHintsDecideWhatIsPromised(String otherwise) {
        String[] setting = otherwise.split("=", 2);
        for (Configuration configuration : TARGET.configurations()) {
            Settings settings = SettingsResolver.resolve(
                    TARGET, Map.of("configuration", configuration.name(), setting[0], setting[1]));

            assertThat(SettingsResolver.departures(TARGET, settings)).containsExactly(otherwise);
        }
    }

    @Test
    void oneNodeIsNoClusterAndHundredsHaveNoAddresses() {
        Settings settings = TestCluster.settings(TARGET);
        assertThatCode(() -> TARGET.requirePossible(settings, 3)).doesNotThrowAnyException();
        assertThatThrownBy(() -> TARGET.requirePossible(settings, 1))
                .hasMessageStartingWith("nodes: found 1, expected 2 to");
        assertThatThrownBy(() -> TARGET.requirePossible(settings, 101)).hasMessageStartingWith("nodes: found 101");
    }

    @Test
    void noRunOfRegistersIsUndecidedForWantOfAnOrderThatCassandraNeverTells() {
        Plan usual = PlanBuilder.of(TARGET, Map.of()).build();

        assertThat(usual.workload().name()).isEqualTo("register");
        assertThat(usual.guarantees())
                .containsExactly("read-your-writes", "monotonic-reads", "durability", "eventual", "integrity");
        assertThat(UsualGuarantees.notAsked(usual, TARGET))
                .singleElement()
                .asString()
                .startsWith("consistent-prefix, as");
        assertThat(PlanBuilder.of(TARGET, Map.of())
                        .workload("cas-register", Map.of())
                        .build()
                        .guarantees())
                .contains("consistent-prefix");
    }

    @Test
    void twoNodesAreTooFewForAnotherMembership() {
        assertThat(NemesisKinds.meantByAll(TARGET, SettingsResolver.resolve(TARGET, Map.of()), 2))
                .doesNotContain(FaultKind.MEMBERSHIP);
        assertThat(NemesisKinds.meantByAll(TARGET, SettingsResolver.resolve(TARGET, Map.of()), 3))
                .contains(FaultKind.MEMBERSHIP);
    }

    @Test
    void aJavaOnWhichCassandraDoesNotRunIsRefused() {
        assertThatCode(() -> JavaOptions.requireJava(17)).doesNotThrowAnyException();
        assertThatThrownBy(() -> JavaOptions.requireJava(25))
                .isInstanceOf(LaunchException.class)
                .hasMessageStartingWith("cassandra: found Java 25, expected 17");
    }

    @Test
    void jarsThatAreNotThereAreRefusedWithTheCommandThatFetchesThem() {
        assertThat(refusal("version=0.0.0"))
                .hasMessageContaining("cassandra 0.0.0: found no jars in")
                .hasMessageContaining("pom.xml package");
    }

    @Test
    void aPortThatIsTakenIsSaid() throws IOException {
        Path home = PretendedJar.write(
                folder.resolve("taken"),
                Layout.MAIN_CLASS,
                "System.err.println(\"127.0.0.1:7000 is in use by another process.\"); System.exit(3);");

        assertThat(refusal("home=" + home, "version=any"))
                .hasMessageContainingAll(
                        "n1: did not start; it ended with exit code 3", "is in use by another process");
    }

    @Test
    void nodesOfAnotherVersionAreRefusedBeforeTheyRun() throws IOException {
        Path home = PretendedJar.write(folder.resolve("older"), "apache-cassandra-4.1.3.jar", Layout.MAIN_CLASS, "");

        assertThat(refusal("home=" + home))
                .hasMessageContainingAll(
                        home + ": found Cassandra 4.1.3, expected Cassandra 5.0,",
                        "to go on all the same: --set home=" + home + " --set version=any");
        assertThat(folder.resolve("n1.log")).doesNotExist();
    }

    @Test
    void anyVersionIsOneOfAnInstallationThatIsNamed() {
        assertThat(refusal("version=any"))
                .hasMessageContaining("version: found any, and no home, expected the version");
    }

    private Throwable refusal(String... settings) {
        return TestCluster.refusal(TARGET, folder, 3, settings);
    }
}
