package dev.umpire.targets.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A script in the place of a store's program. */
public final class PretendedProgram {

    private PretendedProgram() {}

    /** Writes one that everybody may run. */
    public static Path write(Path place, String script) throws IOException {
        Path program = Files.writeString(place, "#!/bin/sh\n" + script + "\n");
        program.toFile().setExecutable(true, false);
        return program;
    }
}
