package dev.umpire.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the script {@code umpire} builds, and when it starts at once; in a checkout of one source, with a Maven and a Java that only say so. */
class StartScriptTest {
    private static final String BUILDS = "builds";
    private static final String STARTS = "starts";

    /** When Maven began, as it tells the time. */
    private final Instant begun = Instant.now().minus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);

    @TempDir
    private Path folder;

    private Path source = Path.of("");
    private Path stamp = Path.of("");

    @BeforeEach
    void checkOut() throws IOException {
        Path script = folder.resolve("umpire");
        Files.copy(ReadmeBlock.ROOT.resolve("umpire"), script, StandardCopyOption.COPY_ATTRIBUTES);
        for (String module : new String[] {"histories", "checkers", "harness", "targets"}) {
            Files.createDirectories(folder.resolve(module));
        }
        Files.writeString(folder.resolve("pom.xml"), "<project/>");
        source = Files.writeString(
                Files.createDirectories(folder.resolve("histories/src/main/java"))
                        .resolve("History.java"),
                "class History {}");
        changed(folder.resolve("pom.xml"), begun.minusSeconds(60));
        changed(source, begun.minusSeconds(60));
        stamp = folder.resolve("targets/distribution/target/umpire/built");
        Path programs = Files.createDirectories(folder.resolve("jdk/bin"));
        program(programs.resolve("java"), "echo " + STARTS);
        program(programs.resolve("javac"), "exit 1");
        // what the real one leaves, by the pom of this module
        program(
                programs.resolve("mvn"),
                "echo " + BUILDS + "; mkdir -p '" + stamp.getParent() + "'; date -u +%Y-%m-%dT%H:%M:%SZ > '" + stamp
                        + "'");
    }

    private static void program(Path file, String line) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + line + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void changed(Path file, Instant when) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(when));
    }

    /** As a Maven leaves it that began then and has just ended. */
    private void packaged() throws IOException {
        Files.createDirectories(stamp.getParent());
        Files.writeString(stamp, begun + "\n");
    }

    /** What was said by those that it called, in their order. */
    private String umpire() throws IOException, InterruptedException {
        Path said = folder.resolve("said.txt");
        ProcessBuilder builder = new ProcessBuilder(
                        "sh", folder.resolve("umpire").toString(), "list")
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        Path jdk = folder.resolve("jdk");
        builder.environment().put("JAVA_HOME", jdk.toString());
        builder.environment().put("PATH", jdk.resolve("bin") + ":" + System.getenv("PATH"));
        Process process = builder.start();
        process.getOutputStream().close();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("the script ends").isTrue();
        String all = Files.readString(said);
        assertThat(process.exitValue()).as(all).isZero();
        return all.lines()
                .filter(line -> line.equals(BUILDS) || line.equals(STARTS))
                .reduce((one, next) -> one + " " + next)
                .orElse("");
    }

    @Test
    void itBuildsWhereNobodyHasAndThenStartsAtOnce() throws Exception {
        assertThat(umpire()).isEqualTo("builds starts");
        assertThat(umpire()).isEqualTo("starts");
    }

    @Test
    void itStartsAtOnceWhereAMavenHasPackaged() throws Exception {
        packaged();

        assertThat(umpire()).isEqualTo("starts");
    }

    @Test
    void itBuildsWhatChangedWhileTheOtherMavenWasAtWork() throws Exception {
        packaged();
        changed(source, begun.plusSeconds(30));

        assertThat(umpire()).isEqualTo("builds starts");
        assertThat(umpire()).isEqualTo("starts");
    }

    @Test
    void itBuildsWhereABuildLeftNothingOfWhenItBegan() throws Exception {
        packaged();
        Files.writeString(stamp, "");

        assertThat(umpire()).isEqualTo("builds starts");
    }

    @Test
    void theBuildWritesWhenItBegan() throws Exception {
        Path module = ReadmeBlock.ROOT.resolve("targets/distribution");
        assertThat(module.resolve("src/main/run/" + stamp.getFileName())).hasContent("${build.begun}");
        assertThat(Files.readString(module.resolve("pom.xml")))
                .contains("<build.begun>${maven.build.timestamp}</build.begun>")
                .contains("<directory>src/main/run</directory>", "<outputDirectory>${project.build.directory}/umpire<");
    }
}
