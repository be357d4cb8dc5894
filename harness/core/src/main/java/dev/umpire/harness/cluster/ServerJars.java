package dev.umpire.harness.cluster;

import dev.umpire.harness.launcher.LaunchException;
import dev.umpire.harness.launcher.Launcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a server that is written in Java runs from: the java of this process, and jars in a folder of their own, never on the
 * harness's class path.
 *
 * @param java the program
 * @param folder of the jars
 */
public record ServerJars(Path java, Path folder) {

    /** The system property that names the folder with a Maven project for each server. */
    public static final String PROPERTY = "umpire.servers";

    private static final String PROJECTS = "targets/servers";

    /**
     * Finds the jars of a server.
     *
     * @param server its name, as its project is named
     * @param home the folder of an installation, with the jars in it or in {@code libs} or {@code lib} below it; empty: where the
     *     server's project has put those of this version
     * @param version of the server; without a meaning where a home is given
     * @throws LaunchException if there are none; the message says how to get them
     */
    public static ServerJars find(Launcher launcher, String server, String home, String version)
            throws LaunchException {
        Path project = Path.of(System.getProperty(PROPERTY, PROJECTS), server).toAbsolutePath();
        Path place = home.isEmpty()
                ? project.resolve("target").resolve(server + "-" + version)
                : Path.of(home).toAbsolutePath();
        Path java = launcher.program(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "openjdk-17-jre-headless");
        for (Path folder : List.of(place, place.resolve("libs"), place.resolve("lib"))) {
            if (hasJars(folder)) {
                return new ServerJars(java, folder);
            }
        }
        throw new LaunchException(server + " " + version + ": found no jars in " + place
                + ", expected those of the server; in a checkout: mvn -q -f " + project.resolve("pom.xml")
                + " package; else name an installation's folder by the setting home");
    }

    private static boolean hasJars(Path folder) throws LaunchException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> file.toString().endsWith(".jar"));
        } catch (IOException e) {
            throw new LaunchException(folder + ": " + e.getMessage(), e);
        }
    }

    /** All jars, as java's option {@code -cp} takes them. */
    public String classPath() {
        return folder + "/*";
    }
}
