package dev.umpire.harness.cluster;

import dev.umpire.harness.launcher.LaunchException;
import dev.umpire.harness.launcher.Launcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a server that is written in Java runs from: the java of this process, or of the containers' image, and jars in a folder of
 * their own, never on the harness's class path.
 *
 * @param java the program
 * @param folder of the jars
 * @param sharing whether classes may be kept beside them: the server's project has put them there, and the java of this process runs
 *     them, which that of an image is not, wherever it stands
 */
public record ServerJars(Path java, Path folder, boolean sharing) {

    /** The system property that names the folder with a Maven project for each server. */
    public static final String PROPERTY = "umpire.servers";

    private static final String PROJECTS = "targets/servers";
    private static final String JAR = ".jar";

    /** Of {@code kafka_2.13-3.9.1.jar}, and of {@code zookeeper-3.9.3-SNAPSHOT.jar}. */
    private static final Pattern IN_NAME = Pattern.compile("-(" + KnownVersions.NUMBERS + ")(?:-[^-]*)?\\.jar$");

    private static final Pattern IN_MANIFEST = Pattern.compile(KnownVersions.NUMBERS);

    /**
     * Finds the jars of a server.
     *
     * @param server its name, as its project is named
     * @param home the folder of an installation, with the jars in it or in {@code libs} or {@code lib} below it; empty: where the
     *     server's project has put those of this version
     * @param version of the server; without a meaning where a home is given, {@link KnownVersions#ANY} with one only
     * @throws LaunchException if there are none; the message says how to get them
     */
    public static ServerJars find(Launcher launcher, String server, String home, String version)
            throws LaunchException {
        if (home.isEmpty() && version.equals(KnownVersions.ANY)) {
            throw new LaunchException(
                    "version: found any, and no home, expected the version whose jars are to be used; any"
                            + " is what an installation may be that the setting home names");
        }
        Path project = Path.of(System.getProperty(PROPERTY, PROJECTS), server).toAbsolutePath();
        Path place = home.isEmpty()
                ? project.resolve("target").resolve(server + "-" + version)
                : Path.of(home).toAbsolutePath();
        Path java = launcher.java();
        for (Path folder : List.of(place, place.resolve("libs"), place.resolve("lib"))) {
            if (hasJars(folder)) {
                launcher.lend(folder);
                return new ServerJars(java, folder, home.isEmpty() && launcher.ofThisMachine());
            }
        }
        throw new LaunchException(server + " " + version + ": found no jars in " + place
                + ", expected those of the server; in a checkout: mvn -q -f " + project.resolve("pom.xml")
                + " package; else name an installation's folder by the setting home");
    }

    private static boolean hasJars(Path folder) throws LaunchException {
        return Files.isDirectory(folder) && !jars(folder).isEmpty();
    }

    private static List<Path> jars(Path folder) throws LaunchException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(JAR)).sorted().toList();
        } catch (IOException e) {
            throw new LaunchException(folder + ": " + e.getMessage(), e);
        }
    }

    /**
     * The version of the server: {@code 3.9.1}, as the name of the jar says that has its main class, or else that jar's
     * manifest. Empty where neither does, or there is no such jar.
     *
     * @param mainClass by its full name
     * @throws LaunchException if a jar cannot be read
     */
    public Optional<String> version(String mainClass) throws LaunchException {
        String entry = mainClass.replace('.', '/') + ".class";
        for (Path file : jars(folder)) {
            try (JarFile jar = new JarFile(file.toFile())) {
                if (jar.getEntry(entry) != null) {
                    return version(String.valueOf(file.getFileName()), Optional.ofNullable(jar.getManifest()));
                }
            } catch (IOException e) {
                throw new LaunchException(file + ": found no jar that can be read: " + e.getMessage(), e);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> version(String name, Optional<Manifest> manifest) {
        Matcher inName = IN_NAME.matcher(name);
        if (inName.find()) {
            return Optional.of(inName.group(1));
        }
        return manifest.map(all -> all.getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION))
                .map(IN_MANIFEST::matcher)
                .filter(Matcher::lookingAt)
                .map(Matcher::group);
    }

    /** All jars, as java's option {@code -cp} takes them. */
    public String classPath() {
        return folder + "/*";
    }

    /** The classes of these jars as a node's java may have them sooner. */
    public SharedClasses classes() {
        return SharedClasses.of(this);
    }
}
