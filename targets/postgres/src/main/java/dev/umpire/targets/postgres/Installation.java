package dev.umpire.targets.postgres;

import dev.umpire.harness.launcher.LaunchException;
import dev.umpire.harness.launcher.Launcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the programs of PostgreSQL are.
 *
 * @param programs the folder that they are in
 */
record Installation(Path programs) {

    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
    private static final String PACKAGE = "postgresql";

    /**
     * Finds the programs.
     *
     * @param home a folder of the user's own, the one with {@code bin} in it or that one itself; empty: the newest of
     *     Debian's, else the one on {@code PATH}
     * @throws LaunchException if there are none
     */
    static Installation find(Launcher launcher, String home) throws IOException {
        // a link on PATH stands alone; what it leads to stands among the other programs
        Path server = launcher.program(server(home), PACKAGE).toRealPath();
        Path programs = server.getParent();
        if (programs == null) {
            throw new LaunchException(server + ": found no folder around it, expected the other programs in it");
        }
        return new Installation(programs);
    }

    private static String server(String home) throws IOException {
        if (!home.isEmpty()) {
            Path folder = Path.of(home).toAbsolutePath();
            Path programs = Files.isDirectory(folder.resolve("bin")) ? folder.resolve("bin") : folder;
            return programs.resolve("postgres").toString();
        }
        return newest().map(folder -> folder.resolve("bin/postgres").toString()).orElse("postgres");
    }

    /** Debian has a folder for each major version. */
    private static Optional<Path> newest() throws IOException {
        if (!Files.isDirectory(DEBIAN)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(DEBIAN)) {
            return versions.filter(folder -> Files.isExecutable(folder.resolve("bin/postgres")))
                    .max(Comparator.comparingDouble(Installation::major));
        }
    }

    private static double major(Path folder) {
        try {
            return Double.parseDouble(String.valueOf(folder.getFileName()));
        } catch (NumberFormatException another) {
            return 0;
        }
    }

    Path program(Launcher launcher, String name) throws LaunchException {
        return launcher.program(programs.resolve(name).toString(), PACKAGE);
    }
}
