package dev.umpire.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.umpire.harness.launcher.FolderTree;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * The builds and benchmarks of the READMEs that CI does not make itself, in a copy of the project and in this order. What would take
 * hours is asked for less, by options behind what is typed.
 */
@EnabledIfSystemProperty(named = "umpire.long", matches = "true", disabledReason = "asked for by the profile long")
class ReadmeBuildsTest {
    private static final String BRIEFLY = " -f 1 -wi 0 -i 1 -r 100ms";

    static final List<Build> BUILDS = List.of(
            new Build(
                    "checkers/README.md",
                    "mvn -Dfast -Pbenchmarks -pl checkers/benchmarks -am package -DskipTests",
                    ""),
            new Build(
                    "checkers/README.md",
                    "java -jar checkers/benchmarks/target/benchmarks.jar GuaranteeBenchmark -prof gc -rf json -rff results.json",
                    " -p shape=10000-32-16" + BRIEFLY),
            new Build(
                    "checkers/README.md", "java -jar checkers/benchmarks/target/benchmarks.jar table results.json", ""),
            new Build(
                    "checkers/README.md",
                    "java -jar checkers/benchmarks/target/benchmarks.jar FormatBenchmark",
                    " -p operations=100000" + BRIEFLY),
            new Build(
                    "checkers/README.md",
                    "java -Xmx200m -jar checkers/benchmarks/target/benchmarks.jar heap 1000000",
                    ""),
            new Build(
                    "harness/README.md", "mvn -Dfast -Pbenchmarks -pl harness/benchmarks -am package -DskipTests", ""),
            new Build(
                    "harness/README.md",
                    "java -jar harness/benchmarks/target/benchmarks.jar Recorder -prof gc",
                    BRIEFLY),
            new Build("harness/README.md", "java -jar harness/benchmarks/target/benchmarks.jar LinkProxy", BRIEFLY),
            new Build(
                    "targets/README.md",
                    "mvn -Plong -Dtest=PromisesTest -Dsurefire.failIfNoSpecifiedTests=false -pl targets/simulated -am test",
                    " -Dumpire.seeds=2"),
            new Build("targets/cassandra/README.md", "mvn -q -f targets/servers/cassandra/pom.xml package", ""),
            new Build(
                    "targets/cassandra/README.md",
                    "mvn -Plong -Dtest=CassandraRunTest -Dsurefire.failIfNoSpecifiedTests=false -pl targets/cassandra -am test",
                    ""),
            new Build(
                    "checkers/README.md",
                    "mvn -Pmutation -Dfast -pl histories,checkers/core process-test-classes"
                            + " -Dmutation.classes='dev.umpire.checkers.lint.*' -Dmutation.tests='dev.umpire.checkers.lint.*'",
                    ""));

    private static Path folder = Path.of("");

    /** @param more behind what is typed, so that it takes minutes */
    record Build(String file, String line, String more) {}

    @BeforeAll
    static void copyTheProject() throws IOException {
        folder = Files.createTempDirectory("umpire-builds");
        Path copy = Files.createDirectory(folder.resolve("project"));
        Files.walkFileTree(ReadmeBlock.ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path from, BasicFileAttributes attributes) throws IOException {
                boolean built = from.endsWith("target") && Files.exists(from.resolveSibling("pom.xml"));
                if (built || from.endsWith(".git")) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(copy.resolve(ReadmeBlock.ROOT.relativize(from)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path from, BasicFileAttributes attributes) throws IOException {
                if (attributes.isRegularFile()) {
                    Files.copy(from, copy.resolve(ReadmeBlock.ROOT.relativize(from)));
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    @AfterAll
    static void delete() throws IOException {
        FolderTree.delete(folder);
    }

    @ParameterizedTest
    @FieldSource("BUILDS")
    void isMadeAsItStands(Build build) throws Exception {
        assertThat(Files.readString(ReadmeBlock.ROOT.resolve(build.file())).replaceAll("\\\\\n *", ""))
                .contains(build.line());
        try (Shell shell = Shell.in(folder)) {
            Shell.Ended ended = shell.type("cd project && " + build.line() + build.more());

            assertThat(ended.code()).as("%s%n%s", build, ended.printed()).isZero();
        }
    }
}
