package dev.umpire.harness;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** What the style of this module asks for and a machine can see. */
class HouseRulesTest {

    private static final String[] ALLOWED_TO_TOUCH_THE_MACHINE = {
        "dev.umpire.harness.environment..", "dev.umpire.harness.launcher.."
    };

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.umpire.harness");

    @Test
    void theHarnessKnowsHistoriesAndCheckersAndNoTarget() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.umpire.targets..")
                .check(OURS);
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.umpire.harness..",
                        "dev.umpire.checkers..",
                        "dev.umpire.histories..",
                        "java..",
                        "javax.xml..",
                        "tools.jackson..",
                        // what methods of Jackson 3 take is still there
                        "com.fasterxml.jackson.annotation..",
                        "org.slf4j..",
                        "org.HdrHistogram..",
                        "org.jspecify..")
                .check(OURS);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.umpire.harness.(**)").should().beFreeOfCycles().check(OURS);
    }

    @Test
    void onlyTheEnvironmentAndTheLauncherReadAClockOrStartAThread() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ALLOWED_TO_TOUCH_THE_MACHINE)
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(java.time.LocalDateTime.class, "now")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Thread.class, "start")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(java.util.concurrent.Executor.class)
                .check(OURS);
    }

    @Test
    void nobodyDrawsRandomNumbersByTheOrderOfCalls() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.umpire.harness.launcher..")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(java.util.random.RandomGenerator.class)
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .callMethod(java.util.UUID.class, "randomUUID")
                .check(OURS);
    }

    @Test
    void nobodyPrintsButWhoSpeaksWhenTheProgramEnds() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.umpire.harness.launcher.LastWords")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(OURS);
    }

    @Test
    void noClassHasStaticStateThatChanges() {
        Set<String> changing = new TreeSet<>();
        for (JavaClass one : OURS) {
            one.getFields().stream()
                    .filter(field -> field.getModifiers().contains(JavaModifier.STATIC)
                            && !field.getModifiers().contains(JavaModifier.FINAL)
                            && !field.getModifiers().contains(JavaModifier.SYNTHETIC))
                    .forEach(field -> changing.add(field.getFullName()));
        }
        assertThat(changing).isEmpty();
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
