package dev.umpire.targets.etcd;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What the style asks of this module and a machine can see. */
class HouseRulesTest {

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.umpire.targets.etcd");

    @Test
    void theTargetKnowsTheHarnessAndNoChecker() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.umpire.targets.etcd..",
                        "dev.umpire.harness.cluster..",
                        "dev.umpire.harness.environment..",
                        "dev.umpire.harness.launcher..",
                        "dev.umpire.harness.target..",
                        "dev.umpire.histories..",
                        "tools.jackson..",
                        "java..",
                        "org.jspecify..")
                .check(OURS);
    }

    @Test
    void nobodyReadsAClockOrSleepsOrStartsAThread() {
        noClasses()
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Thread.class, "start")
                .orShould()
                .accessField(System.class, "out")
                .check(OURS);
    }
}
