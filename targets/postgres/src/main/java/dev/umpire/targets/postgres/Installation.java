package dev.umpire.targets.postgres;

import dev.umpire.harness.launcher.LaunchException;
import dev.umpire.harness.launcher.Launcher;
import java.nio.file.Path;
import java.util.List;

/**
 * Where the programs of PostgreSQL are.
 *
 * @param programs the folder that they are in
 */
record Installation(Path programs) {

    /** There is a folder for each major version. */
    private static final String DEBIAN = "/usr/lib/postgresql/*/bin/postgres";

    private static final String PACKAGE = "postgresql";

    /**
     * Finds the programs.
     *
     * @param home a folder of the user's own, the one with {@code bin} in it or that one itself; empty: the newest of
     *     Debian's, else the one on {@code PATH}
     * @throws LaunchException if there are none
     */
    static Installation find(Launcher launcher, String home) throws LaunchException {
        // a link on PATH stands alone; what it leads to stands among the other programs
        Path server = launcher.installed(servers(home), PACKAGE);
        Path programs = server.getParent();
        if (programs == null) {
            throw new LaunchException(server + ": found no folder around it, expected the other programs in it");
        }
        return new Installation(programs);
    }

    private static List<String> servers(String home) {
        if (home.isEmpty()) {
            return List.of(DEBIAN, "postgres");
        }
        Path folder = Path.of(home).toAbsolutePath();
        return List.of(folder + "/bin/postgres", folder + "/postgres");
    }

    Path program(Launcher launcher, String name) throws LaunchException {
        return launcher.program(programs.resolve(name).toString(), PACKAGE);
    }
}
