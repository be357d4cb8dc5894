package dev.umpire.targets.simulated;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** What the style of this module asks for and a machine can see. */
class HouseRulesTest {
    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.umpire.targets.simulated");

    @Test
    void aStoreKnowsTheContractOfTargetsAndNeverACheckerOrTheHarnessBehindIt() {
        classes()
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                                "dev.umpire.targets.simulated..",
                                "dev.umpire.harness.target..",
                                "dev.umpire.harness.environment..",
                                "dev.umpire.histories.value..",
                                "java.lang..",
                                "java.util..",
                                "org.jspecify..")
                        .or(type(Duration.class)))
                .check(OURS);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.umpire.targets.simulated.(**)")
                .should()
                .beFreeOfCycles()
                .check(OURS);
    }

    @Test
    void nothingReadsAClockStartsAThreadDrawsByOrderOrDependsOnIdentity() {
        noClasses()
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "identityHashCode", Object.class)
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(java.util.random.RandomGenerator.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Thread.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(java.util.concurrent.Executor.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(java.util.IdentityHashMap.class)
                .orShould()
                .accessField(System.class, "out")
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
