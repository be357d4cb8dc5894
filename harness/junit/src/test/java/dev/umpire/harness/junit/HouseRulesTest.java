package dev.umpire.harness.junit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** What the style asks of this module and a machine can see. */
class HouseRulesTest {

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.umpire.harness.junit");

    @Test
    void itKnowsHarnessCheckersAndHistoriesAndNoTargetOrCommandLine() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.umpire.harness.junit..",
                        "dev.umpire.harness.environment..",
                        "dev.umpire.harness.generator..",
                        "dev.umpire.harness.launcher..",
                        "dev.umpire.harness.nemesis..",
                        "dev.umpire.harness.plan..",
                        "dev.umpire.harness.report..",
                        "dev.umpire.harness.run..",
                        "dev.umpire.harness.target..",
                        "dev.umpire.harness.workload..",
                        "dev.umpire.checkers..",
                        "dev.umpire.histories..",
                        "org.junit.jupiter.api..",
                        "org.junit.platform.commons..",
                        "org.opentest4j..",
                        "org.assertj..",
                        "org.awaitility..",
                        "org.hamcrest..",
                        "java..",
                        "org.jspecify..")
                .check(OURS);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.umpire.harness.junit.(**)")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(OURS);
    }

    @Test
    void nobodyReadsAClockOrSleepsOrStartsAThreadOrPrints() {
        noClasses()
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Thread.class, "start")
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(OURS);
    }

    @Test
    void everyPackageHasItsSign() {
        Set<String> without = new TreeSet<>();
        for (JavaClass one : OURS) {
            if (!one.getPackage().isAnnotatedWith(NullMarked.class)) {
                without.add(one.getPackageName());
            }
        }
        assertThat(OURS).isNotEmpty();
        assertThat(without).isEmpty();
    }
}
