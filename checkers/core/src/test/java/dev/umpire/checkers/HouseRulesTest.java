package dev.umpire.checkers;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Random;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The rules of the house that hold for all checkers: they are pure functions of a history. */
class HouseRulesTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.umpire.checkers");

    @Test
    void checkersKnowHistoriesAndNothingElseOfOurs() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.umpire.checkers..", "dev.umpire.histories..", "java..", "org.agrona..", "org.jspecify..")
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.umpire.checkers.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void nobodyReadsAClockStartsAThreadDrawsOrPrints() {
        noClasses()
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Random.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Thread.class)
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("java.time..", "java.io..", "java.nio..", "java.net..", "java.util.random..")
                .check(CLASSES);
    }

    @Test
    void nothingStaticChanges() {
        fields().that()
                .areStatic()
                .and()
                .areDeclaredInClassesThat()
                .resideInAPackage("dev.umpire.checkers..")
                .should()
                .beFinal()
                .check(CLASSES);
    }

    @Test
    void everyPackageHasItsSign() {
        for (JavaPackage room : CLASSES.getPackage("dev.umpire.checkers").getSubpackagesInTree()) {
            boolean hasClasses = room.getClasses().stream()
                    .anyMatch(one -> !one.getSimpleName().equals("package-info"));
            if (hasClasses) {
                assertThat(room.isAnnotatedWith(NullMarked.class))
                        .as(room.getName() + " has a package-info with @NullMarked")
                        .isTrue();
            }
        }
    }

    @Test
    void publicClassesAreFinalUnlessTheyAreInterfaces() {
        classes()
                .that()
                .arePublic()
                .and()
                .areNotInterfaces()
                .and()
                .areNotEnums()
                .should()
                .haveModifier(JavaModifier.FINAL)
                .check(CLASSES);
    }
}
