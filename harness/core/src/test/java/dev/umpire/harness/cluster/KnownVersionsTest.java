package dev.umpire.harness.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.umpire.harness.launcher.LaunchException;
import dev.umpire.harness.launcher.Launcher;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnownVersionsTest {

    private static final KnownVersions KNOWN = new KnownVersions("Store", "3.4", "7");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"3.4", "3.4.23", "3.10", "4", "7.0.15", "7.99"})
    void aVersionWithinTheBoundsIsTaken(String version) {
        assertThatCode(() -> asked("echo store v=" + version + " built=2026", "known"))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.9", "3.3.99", "3", "8.0", "10"})
    void anotherOneIsRefusedWithTheWayToGoOn(String version) {
        assertThatThrownBy(() -> asked("echo store v=" + version, "known"))
                .isInstanceOf(LaunchException.class)
                .hasMessage(
                        folder.resolve("store") + ": found Store " + version + ", expected Store 3.4 to 7, with which"
                                + " this target is known to work; to go on all the same: --set version=any");
        assertThatCode(() -> asked("echo store v=" + version, "any")).doesNotThrowAnyException();
    }

    @Test
    void aProgramThatTellsNoVersionIsRefused() {
        assertThatThrownBy(() -> asked("echo I am old", "known"))
                .hasMessageContaining("found no version of Store in what it says to --version, 'I am old', expected");
        assertThatThrownBy(() -> asked("echo no such option; exit 1", "known"))
                .isInstanceOf(LaunchException.class)
                .hasMessageContainingAll("store --version: failed; it ended with exit code 1", "no such option");
    }

    @ParameterizedTest
    @ValueSource(strings = {"store-5.0.5.jar", "store_2.13-5.0.5.jar", "store-all-5.0.5-SNAPSHOT.jar"})
    void jarsHaveTheVersionInTheNameOfTheOneWithTheMainClass(String name) throws IOException {
        jar("library-9.9.jar", "a.Library", "9.9");
        jar(name, "a.Main", "1.0");

        assertThat(new ServerJars(folder, folder, false).version("a.Main")).contains("5.0.5");
    }

    @Test
    void aJarWithoutAVersionInItsNameHasThatOfItsManifest() throws IOException {
        jar("store.jar", "a.Main", "8.0.1");

        ServerJars jars = new ServerJars(folder, folder, false);

        assertThat(jars.version("a.Main")).contains("8.0.1");
        assertThatThrownBy(() -> KNOWN.require(jars, "a.Main", "5.0"))
                .hasMessage(folder + ": found Store 8.0.1, expected Store 3.4 to 7, with which this target is known to"
                        + " work; to go on all the same: --set home=" + folder + " --set version=any");
        assertThatCode(() -> KNOWN.require(jars, "a.Main", "any")).doesNotThrowAnyException();
    }

    @Test
    void jarsWithoutTheMainClassAreRefused() throws IOException {
        jar("store-5.0.jar", "a.Other", "5.0");

        assertThatThrownBy(() -> KNOWN.require(new ServerJars(folder, folder, false), "a.Main", "5.0"))
                .hasMessageContaining("found no version of Store in the name and the manifest of the jar with a.Main");
    }

    @Test
    void aServerThatRunsAlreadyIsRefusedByWhatItTells() {
        assertThatCode(() -> KNOWN.requireTold("addresses: db1:7001", Optional.of("3.4")))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> KNOWN.requireTold("addresses: db1:7001", Optional.of("3.3")))
                .isInstanceOf(LaunchException.class)
                .hasMessage("addresses: db1:7001: found Store 3.3, expected Store 3.4 to 7, with which this target is"
                        + " known to work");
        assertThatThrownBy(() -> KNOWN.requireTold("addresses: db1:7001", Optional.empty()))
                .hasMessageContaining("found no version of Store, expected Store 3.4 to 7");
    }

    private void asked(String script, String wish) throws IOException {
        Path program = folder.resolve("store");
        Files.writeString(program, "#!/bin/sh\n[ \"$*\" = --version ] || exit 9\n" + script + "\n");
        program.toFile().setExecutable(true);
        try (Launcher launcher = Launcher.open(folder.resolve("state"))) {
            KNOWN.require(launcher, program, "store v=", wish);
        }
        try (var left = Files.list(folder.resolve("state/in-force"))) {
            assertThat(left.filter(file -> file.toString().endsWith(".json"))).isEmpty();
        } catch (java.nio.file.NoSuchFileException nothingWasStarted) {
            assertThat(wish).isEqualTo("any");
        }
    }

    private void jar(String name, String mainClass, String version) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, version);
        try (OutputStream file = Files.newOutputStream(folder.resolve(name));
                JarOutputStream jar = new JarOutputStream(file, manifest)) {
            jar.putNextEntry(new JarEntry(mainClass.replace('.', '/') + ".class"));
        }
    }
}
