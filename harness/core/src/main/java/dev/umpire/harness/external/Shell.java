package dev.umpire.harness.external;

import java.nio.file.Path;

/** What is handed to a POSIX shell. */
public final class Shell {
    private Shell() {}

    /** A script that runs a command in a directory. The process itself begins in a folder by which it is known as ours. */
    public static String in(Path directory, String command) {
        return "cd '" + directory.toString().replace("'", "'\\''") + "' || exit 1\n" + command;
    }
}
