package dev.umpire.targets.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** A script in the place of a store's programs. */
public final class PretendedProgram {

    private PretendedProgram() {}

    /** Writes one that everybody may run. */
    public static Path write(Path place, String script) throws IOException {
        Path program = Files.writeString(place, "#!/bin/sh\n" + script + "\n");
        program.toFile().setExecutable(true, false);
        return program;
    }

    /**
     * Writes an installation whose every program is this script. The user as whom servers run can come to it.
     *
     * @param folder of the test
     * @param programs where they are in the installation: {@code bin/postgres}
     */
    public static Path installation(Path folder, String script, String... programs) throws IOException {
        Path home = Files.createTempDirectory(folder, "home");
        for (Path open : List.of(folder, home)) {
            Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        for (String program : programs) {
            Path place = home.resolve(program);
            Files.createDirectories(place.resolveSibling(""));
            write(place, script);
        }
        return home;
    }
}
