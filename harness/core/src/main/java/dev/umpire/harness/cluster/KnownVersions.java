package dev.umpire.harness.cluster;

import dev.umpire.harness.launcher.Command;
import dev.umpire.harness.launcher.LaunchException;
import dev.umpire.harness.launcher.Launcher;
import dev.umpire.harness.target.Setting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The versions of a server that a target is known to work with: from the first that has what the target asks of it, to the
 * last that was tried.
 *
 * @param server what people call it: {@code Redis}
 * @param least the first of them: {@code 5}, or {@code 3.4} where its second number makes the difference
 * @param most the last of them, with all that begin so: {@code 7} is 7.4.1 too
 */
public record KnownVersions(String server, String least, String most) {

    /** The value of a target's setting {@code version} with which a server of any version is taken. */
    public static final String ANY = "any";

    /** Of a version. */
    static final String NUMBERS = "\\d{1,9}(?:\\.\\d{1,9})*";

    private static final String SETTING = "version";
    private static final String KNOWN = "known";
    private static final String GO_ON = "--set " + SETTING + "=" + ANY;
    private static final Duration TO_TELL = Duration.ofSeconds(10);
    private static final int MOST_SAID = 200;

    /** The setting of a target whose server is a program: which versions of it are taken. */
    public Setting setting() {
        return new Setting(
                SETTING,
                List.of(KNOWN, ANY),
                KNOWN,
                "known: a server that is not " + range() + " is refused; any: it is tried all the same");
    }

    /**
     * Refuses a program of another version, as it says itself when it is asked by {@code --version}. Blocks.
     *
     * @param before what stands right before its version in what it says: {@code Redis server v=}
     * @param wish the value of the setting {@code version}; {@link #ANY}: nothing is asked
     * @throws LaunchException if its version is none of these, or it does not tell one
     */
    public void require(Launcher launcher, Path program, String before, String wish) throws IOException {
        if (wish.equals(ANY)) {
            return;
        }
        String said = said(launcher, program);
        Matcher told =
                Pattern.compile(Pattern.quote(before) + "(" + NUMBERS + ")").matcher(said);
        requireOneOf(
                program,
                told.find() ? Optional.of(told.group(1)) : Optional.empty(),
                "what it says to --version, '" + shortened(said) + "'",
                GO_ON);
    }

    /**
     * Refuses jars of another version, as the name of the server's own jar says, or else its manifest. Blocks.
     *
     * @param mainClass of the server, by its full name
     * @param wish the value of the setting {@code version}; {@link #ANY}: nothing is asked
     * @throws LaunchException if their version is none of these, or none can be told
     */
    public void require(ServerJars jars, String mainClass, String wish) throws IOException {
        if (!wish.equals(ANY)) {
            requireOneOf(
                    jars.folder(),
                    jars.version(mainClass),
                    "the name and the manifest of the jar with " + mainClass,
                    "--set home=" + jars.folder() + " " + GO_ON);
        }
    }

    /**
     * Refuses a server that runs already and is of another version.
     *
     * @param place where it is, as a user says
     * @param told the version that it has told; empty: none
     * @throws LaunchException if its version is none of these, or it does not tell one
     */
    public void requireTold(String place, Optional<String> told) throws LaunchException {
        if (told.filter(this::include).isEmpty()) {
            throw new LaunchException(place + ": found "
                    + told.map(version -> server + " " + version).orElse("no version of " + server) + ", expected "
                    + range() + ", with which this target is known to work");
        }
    }

    private void requireOneOf(Path place, Optional<String> version, String where, String goOn) throws LaunchException {
        if (version.filter(this::include).isPresent()) {
            return;
        }
        throw new LaunchException(place + ": found "
                + version.map(known -> server + " " + known).orElse("no version of " + server + " in " + where)
                + ", expected " + range() + ", with which this target is known to work; to go on all the same: "
                + goOn);
    }

    /** {@code Redis 5 to 7}. */
    private String range() {
        return server + " " + (least.equals(most) ? least : least + " to " + most);
    }

    private boolean include(String version) {
        return compare(version, least) >= 0 && compare(version, most) <= 0;
    }

    /** Compares as many numbers as the bound has: 3.4.23 is 3.4. */
    private static int compare(String version, String bound) {
        String[] found = version.split("\\.", -1);
        String[] expected = bound.split("\\.", -1);
        for (int i = 0; i < expected.length; i++) {
            long number = i < found.length ? Long.parseLong(found[i]) : 0;
            int difference = Long.compare(number, Long.parseLong(expected[i]));
            if (difference != 0) {
                return difference;
            }
        }
        return 0;
    }

    private static String said(Launcher launcher, Path program) throws IOException {
        Path folder = launcher.newFolder(SETTING);
        try {
            Path log = folder.resolve("said");
            launcher.complete(
                    new Command(program + " --version", program, List.of("--version"), folder, Map.of(), log), TO_TELL);
            return new String(Files.readAllBytes(log), StandardCharsets.UTF_8).strip();
        } finally {
            launcher.deleteFolder(folder);
        }
    }

    private static String shortened(String said) {
        return said.length() > MOST_SAID ? said.substring(0, MOST_SAID) + "..." : said;
    }
}
