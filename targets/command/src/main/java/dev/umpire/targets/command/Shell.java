package dev.umpire.targets.command;

import java.nio.file.Path;

/** What is handed to a POSIX shell. */
final class Shell {
    private Shell() {}

    /** A script that runs a command in a directory. The process itself begins in a folder by which it is known as ours. */
    static String in(Path directory, String command) {
        return "cd '" + directory.toString().replace("'", "'\\''") + "' || exit 1\n" + command;
    }
}
