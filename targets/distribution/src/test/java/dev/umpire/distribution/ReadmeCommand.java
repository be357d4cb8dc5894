package dev.umpire.distribution;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command of a README.
 *
 * @param file from the root of the project
 * @param line as it is typed
 * @param said what the comment behind it says of it; empty: there is none
 */
record ReadmeCommand(String file, String line, String said) {
    private static final Pattern COMMENTED = Pattern.compile("^(.*?)\\s+#\\s*(.*)$");

    static ReadmeCommand of(String file, String line) {
        Matcher commented = COMMENTED.matcher(line);
        return commented.matches()
                ? new ReadmeCommand(
                        file, commented.group(1).strip(), commented.group(2).strip())
                : new ReadmeCommand(file, line.strip(), "");
    }

    /** {@code targets/redis/README.md: ./umpire run redis}. */
    @Override
    public String toString() {
        return file + ": " + line;
    }
}
