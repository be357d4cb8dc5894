package dev.umpire.histories;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What holds in every file of this module. */
class HouseRulesTest {
    private static JavaClasses classes;

    @BeforeAll
    static void readTheClasses() {
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.umpire.histories");
    }

    @Test
    void historiesDependsOnNothingOfOurs() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.umpire.checkers..", "dev.umpire.harness..", "dev.umpire.targets..")
                .check(classes);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.umpire.(**)").should().beFreeOfCycles().check(classes);
    }

    @Test
    void subpackagesDoNotKnowTheRoot() {
        noClasses()
                .that()
                .resideInAPackage("dev.umpire.histories.*..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.umpire.histories")
                .check(classes);
    }

    @Test
    void nobodyReadsAClockStartsAThreadDrawsARandomNumberOrPrints() {
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
                .belongToAnyOf(Random.class, Thread.class, java.time.Clock.class)
                .check(classes);
    }

    @Test
    void everyPackageHasItsSign() {
        TreeSet<String> unsigned = classes.stream()
                .map(JavaClass::getPackage)
                .filter(room -> !room.isAnnotatedWith(NullMarked.class))
                .map(JavaPackage::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(unsigned).isEmpty();
    }
}
