package dev.umpire.targets.mariadb;

import dev.umpire.harness.launcher.LaunchException;
import dev.umpire.harness.launcher.Launcher;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The programs of MariaDB.
 *
 * @param server {@code mariadbd}
 * @param install {@code mariadb-install-db}, which makes the first data
 * @param base the user's own installation; empty: the system's
 */
record Installation(Path server, Path install, Optional<Path> base) {

    /** Where Debian has it, which is on the {@code PATH} of root alone. */
    private static final String DEBIAN = "/usr/sbin/mariadbd";

    private static final String PACKAGE = "mariadb-server";

    /**
     * Finds them.
     *
     * @param home a folder of the user's own, with {@code bin} and {@code scripts} in it; empty: Debian's, else the one on {@code PATH}
     * @throws LaunchException if there are none
     */
    static Installation find(Launcher launcher, String home) throws LaunchException {
        if (home.isEmpty()) {
            return new Installation(
                    launcher.installed(List.of(DEBIAN, "mariadbd"), PACKAGE),
                    launcher.program("mariadb-install-db", PACKAGE),
                    Optional.empty());
        }
        Path folder = Path.of(home).toAbsolutePath();
        return new Installation(
                launcher.program(folder.resolve("bin/mariadbd").toString(), PACKAGE),
                launcher.program(folder.resolve("scripts/mariadb-install-db").toString(), PACKAGE),
                Optional.of(folder));
    }
}
