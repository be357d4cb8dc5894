package dev.umpire.distribution;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One way for the data: histories ← checkers ← harness ← targets. Over all classes of the distribution. */
class FolderRuleTest {
    private static final String HISTORIES = "dev.umpire.histories..";
    private static final String CHECKERS = "dev.umpire.checkers..";
    private static final String HARNESS = "dev.umpire.harness..";
    private static final String CLI = "dev.umpire.harness.cli..";
    private static final String TARGETS = "dev.umpire.targets..";

    /** What has a clock, a thread, a file or an environment variable by right. */
    private static final String[] OF_THE_MACHINE = {"dev.umpire.harness.environment..", CLI};

    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            // tests of targets are written with it, and nothing that is published
            .withImportOption(location -> !location.contains("dev/umpire/targets/testing/"))
            .importPackages("dev.umpire");

    @Test
    void everyModuleIsLookedAt() {
        assertThat(ALL.stream()
                        .map(one -> one.getPackageName().split("\\.", -1)[2])
                        .collect(Collectors.toSet()))
                .isEqualTo(Set.of("histories", "checkers", "harness", "targets"));
    }

    @Test
    void historiesKnowNobody() {
        noClasses()
                .that()
                .resideInAPackage(HISTORIES)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(CHECKERS, HARNESS, TARGETS)
                .check(ALL);
    }

    @Test
    void checkersKnowOnlyHistories() {
        noClasses()
                .that()
                .resideInAPackage(CHECKERS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(HARNESS, TARGETS)
                .check(ALL);
    }

    @Test
    void theHarnessKnowsNoTarget() {
        noClasses()
                .that()
                .resideInAPackage(HARNESS)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(TARGETS)
                .check(ALL);
    }

    @Test
    void targetsKnowNoCheckerAndNotTheCommandLine() {
        noClasses()
                .that()
                .resideInAPackage(TARGETS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(CHECKERS, CLI)
                .check(ALL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "histories",
                "checkers",
                "harness",
                "harness.cli",
                "targets.simulated",
                "targets.redis",
                "targets.postgres",
                "targets.mariadb",
                "targets.etcd",
                "targets.kafka",
                "targets.zookeeper",
                "targets.cassandra",
                "targets.testcontainers",
                "targets.command"
            })
    void packagesHaveNoCycles(String module) {
        slices().matching("dev.umpire." + module + ".(*)..")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(ALL);
    }

    @Test
    void everyPackageHasItsSign() {
        Set<String> without = ALL.stream()
                .map(one -> one.getPackage())
                .filter(one -> !one.getClasses().isEmpty())
                .filter(one -> !isNullMarked(one))
                .map(JavaPackage::getName)
                .collect(Collectors.toSet());

        assertThat(without).isEmpty();
    }

    @Test
    void onlyTheCommandLineWritesToTheStandardStreams() {
        noClasses()
                .that()
                .resideOutsideOfPackage(CLI)
                .and()
                .doNotHaveSimpleName("LastWords") // when the program ends nobody is left who could be told
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(ALL);
    }

    @Test
    void historiesCheckersAndSimulatedStoresReadNoClockStartNoThreadAndDrawNoNumber() {
        noClasses()
                .that()
                .resideInAnyPackage(HISTORIES, CHECKERS, "dev.umpire.targets.simulated..")
                // somebody else's checker, in a process of its own that has to be given up in time
                .and()
                .resideOutsideOfPackage("dev.umpire.checkers.knossos..")
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(
                        java.util.Random.class, java.util.concurrent.ThreadLocalRandom.class, java.time.Clock.class)
                .orShould()
                .callConstructor(Thread.class, Runnable.class)
                .check(ALL);
    }

    @Test
    void nobodyElseReadsTheWallClock() {
        noClasses()
                .that()
                .resideOutsideOfPackages(OF_THE_MACHINE)
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(java.time.LocalDateTime.class, "now")
                .check(ALL);
    }

    @Test
    void nothingInHistoriesCanEvaluateCode() {
        noClasses()
                .that()
                .resideInAPackage(HISTORIES)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("clojure..", "javax.script..", "java.lang.reflect..")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(java.io.ObjectInputStream.class)
                .check(ALL);
    }

    private static boolean isNullMarked(JavaPackage one) {
        return one.tryGetPackageInfo()
                .map(sign -> sign.isAnnotatedWith(NullMarked.class))
                .orElse(false);
    }
}
