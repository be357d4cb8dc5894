package dev.umpire.targets.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the style asks of the target of a real store and a machine can see. */
public abstract class RealTargetRules {

    private final String room;
    private final String[] drivers;
    private final JavaClasses ours;

    /**
     * Rules for a package.
     *
     * @param drivers the packages by which it talks to its store: {@code redis.clients..}
     */
    protected RealTargetRules(String room, String... drivers) {
        this.room = room;
        this.drivers = drivers.clone();
        this.ours = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(room);
    }

    @Test
    void theTargetKnowsTheHarnessAndNoChecker() {
        Stream<String> allowed = Stream.of(
                room + "..",
                "dev.umpire.harness.cluster..",
                "dev.umpire.harness.environment..",
                "dev.umpire.harness.external..",
                "dev.umpire.harness.launcher..",
                "dev.umpire.harness.target..",
                "dev.umpire.histories..",
                "java..",
                "org.jspecify..");
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(Stream.concat(allowed, Stream.of(drivers)).toArray(String[]::new))
                .check(ours);
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
                .check(ours);
    }
}
