package dev.umpire.targets.mariadb;

import dev.umpire.harness.launcher.LaunchException;
import dev.umpire.harness.launcher.Launcher;
import java.nio.file.Path;
import java.util.List;

/**
 * What servers need beside MariaDB to be a Galera cluster.
 *
 * @param provider the library that they load: {@code wsrep_provider}
 */
record GaleraLibrary(Path provider) {

    private static final String DEBIAN = "/usr/lib/galera/libgalera_smm.so";

    /**
     * Finds it, and the programs by which a node that comes back gets its copy: a script, and what that calls.
     *
     * @param provider a library of the user's own; empty: Debian's
     * @throws LaunchException if one is missing; the message names Debian's package
     */
    static GaleraLibrary find(Launcher launcher, String provider) throws LaunchException {
        Path place = Path.of(provider.isEmpty() ? DEBIAN : provider).toAbsolutePath();
        Path library = launcher.library(place.toString(), "galera-4");
        for (String program : List.of("bash", "rsync")) {
            Path unused = launcher.program(program, program);
        }
        return new GaleraLibrary(library);
    }
}
