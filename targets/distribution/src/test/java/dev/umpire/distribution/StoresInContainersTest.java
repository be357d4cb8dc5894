package dev.umpire.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.harness.plan.PlanBuilder;
import dev.umpire.harness.run.Runner;
import dev.umpire.harness.target.InContainers;
import dev.umpire.harness.target.Settings;
import dev.umpire.harness.target.SettingsResolver;
import dev.umpire.harness.target.Target;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the class of each real store takes of a plan whose nodes are containers, without starting any. */
class StoresInContainersTest {

    private static final int NODES = 3;

    static List<Target> stores() {
        return ServiceLoader.load(Target.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(target -> target.settings().stream()
                        .anyMatch(setting -> setting.name().equals(InContainers.IMAGE)))
                .toList();
    }

    @Test
    void allThatCanBeStartedAsProcessesAreLookedAt() {
        assertThat(stores())
                .extracting(Target::name)
                .containsExactlyInAnyOrder("redis", "etcd", "postgres", "mariadb", "kafka", "zookeeper", "cassandra");
    }

    @ParameterizedTest
    @MethodSource("stores")
    void aStoreTakesAnImageAndRefusesAClockOfItsOwn(Target store) {
        Settings settings = SettingsResolver.resolve(store, plan(store).build().settings());
        assertThatCode(() -> store.requirePossible(settings, NODES)).doesNotThrowAnyException();
        assertThatThrownBy(() ->
                        Runner.requirePossible(plan(store).nemesis("clock").build(), store))
                .hasMessageStartingWith("nemesis: found clock, but " + store.name())
                .hasMessageEndingWith(
                        "it is not supported here: nodes in containers have the clock and the disks of their"
                                + " engine; with launcher=process it may be");
    }

    private static PlanBuilder plan(Target store) {
        return PlanBuilder.real(store.name()).set("launcher", "docker").set("image", "store:1");
    }
}
