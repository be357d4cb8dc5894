package dev.umpire.harness.launcher;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The programs that a launcher runs: where they are found, and how one of them is started. Used by one launcher. */
interface Programs {

    /** Stands in a path for any name. */
    String ANY = "*";

    Pattern NUMBER = Pattern.compile("\\d{1,9}");

    /** What a file is looked for as. */
    enum Kind {
        PROGRAM,
        LIBRARY
    }

    /**
     * The first of some files that there is.
     *
     * @param places each the name of a program, looked up on {@code PATH}, or a path; of several that are meant by one with
     *     {@link #ANY} the one with the highest number in its path
     * @throws LaunchException if there is none; the message says what to install
     */
    Found find(List<String> places, Kind kind, String debianPackage) throws LaunchException;

    /**
     * A file that was found.
     *
     * @param path as it was looked for
     * @param real with links followed
     */
    record Found(Path path, Path real) {}

    /** The java that servers run on. */
    Path java() throws LaunchException;

    /** Lets what is started from now on read a folder of this machine. */
    void lend(Path folder);

    /** How to remove what processes of this machine may leave behind when they are killed; does no harm where nothing is. */
    Optional<Command> removal();

    /** Why a wall clock or a disk of a node's own cannot be made for these programs; empty: they can. */
    Optional<String> nothingOfTheirOwn();

    /**
     * How to start one.
     *
     * @param conversing whether the harness talks to it
     * @param runFolder the temporary folder of the run; empty: there is none
     */
    Start start(Command command, boolean conversing, Optional<Path> runFolder) throws LaunchException;

    /**
     * A process of this machine that is about to be started.
     *
     * @param program the file that it runs, links resolved
     * @param words the program that is begun with, and its arguments
     * @param variables set in addition to those of the harness
     * @param way how what it has started is reached
     */
    record Start(String program, List<String> words, Map<String, String> variables, Way way) {}

    /** Makes of a process what a node holds. */
    @FunctionalInterface
    interface Way {
        /**
         * What is held of a process that was started.
         *
         * @param identity empty if it ended at once
         */
        Started of(Process process, Optional<ProcessIdentity> identity, Journal.Entry entry);
    }

    /** What to do about a missing program. */
    static String install(String debianPackage) {
        return "; on Debian: apt-get install " + debianPackage;
    }

    /** The path with the highest numbers in it: {@code /usr/lib/postgresql/15/bin/postgres} before that of 9.6. */
    static Optional<Path> newest(Collection<Path> paths) {
        Comparator<Path> byNumbers = (one, other) -> Arrays.compare(numbers(one), numbers(other));
        return paths.stream().max(byNumbers.thenComparing(Comparator.naturalOrder()));
    }

    private static long[] numbers(Path path) {
        return NUMBER.matcher(path.toString())
                .results()
                .map(MatchResult::group)
                .mapToLong(Long::parseLong)
                .toArray();
    }
}
