package dev.umpire.harness.cluster;

import dev.umpire.harness.launcher.Command;
import dev.umpire.harness.launcher.LaunchException;
import dev.umpire.harness.launcher.Launcher;
import dev.umpire.harness.launcher.NodeProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The classes of a server in the form in which java maps them into memory (class data sharing, JEP 310): kept once, of a node that
 * runs, beside the folder with the server's jars, so that later nodes do not read and check them again. A start of a server that is
 * written in Java is nothing but processor time, most of it for that. Java itself leaves an archive alone that does not fit it
 * or the jars.
 *
 * @param java the program
 * @param jars their folder
 * @param archive which need not be there; empty: none is made
 */
public record SharedClasses(Path java, Path jars, Optional<Path> archive) {

    private static final Duration TO_KEEP = Duration.ofSeconds(60);

    /** Of these jars, where something may be kept beside them: an installation of somebody's is left as it is. */
    static SharedClasses of(ServerJars server) {
        String name = server.folder().getFileName() + "-java-" + Runtime.version() + ".jsa";
        return new SharedClasses(
                server.java(),
                server.folder(),
                server.sharing() ? Optional.of(server.folder().resolveSibling(name)) : Optional.empty());
    }

    /** What java is told at a start: nothing where there is no archive of these jars. */
    public List<String> options() {
        return archive.filter(this::isOfTheseJars)
                .map(kept -> List.of("-Xshare:auto", "-XX:SharedArchiveFile=" + kept))
                .orElse(List.of());
    }

    private boolean isOfTheseJars(Path kept) {
        try (Stream<Path> files = Files.list(jars)) {
            FileTime made = Files.getLastModifiedTime(kept);
            for (Path jar : files.toList()) {
                if (Files.getLastModifiedTime(jar).compareTo(made) > 0) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Keeps the classes that a node has loaded so far, where there is no archive of these jars. Takes some seconds then; does
     * nothing where this java has no {@code jcmd}, or where it cannot be done.
     *
     * @param node runs from these jars, by this java
     * @return whether it was done
     */
    public boolean keep(Launcher launcher, NodeProcess node) throws IOException {
        Path jcmd = java.resolveSibling("jcmd");
        if (archive.isEmpty()
                || !options().isEmpty()
                || !Files.isExecutable(jcmd)
                || node.pid().isEmpty()) {
            return false;
        }
        Command started = node.command();
        Path made = started.folder().resolve("classes.jsa");
        List<String> arguments = List.of(node.pid().get().toString(), "VM.cds", "static_dump", made.toString());
        try {
            launcher.complete(
                    new Command(
                            "classes of " + node.name(), jcmd, arguments, started.folder(), Map.of(), started.log()),
                    TO_KEEP);
            put(made, archive.get());
            return true;
        } catch (LaunchException e) {
            // nodes start without
            return false;
        } finally {
            Files.deleteIfExists(made);
        }
    }

    /** In one step, as another harness may start a node just now. */
    private static void put(Path made, Path archive) throws IOException {
        Path near = Files.createTempFile(archive.toAbsolutePath().getParent(), "classes", ".jsa");
        try {
            Files.move(made, near, StandardCopyOption.REPLACE_EXISTING);
            Files.move(near, archive, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(near);
        }
    }
}
