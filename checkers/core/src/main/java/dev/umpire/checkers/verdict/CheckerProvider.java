package dev.umpire.checkers.verdict;

import java.util.List;
import java.util.Map;

/**
 * A checker of somebody else under a name of its own, asked in place of ours by {@code umpire check --checker NAME}.
 *
 * <p>Found with {@link java.util.ServiceLoader}, so that nobody who does not ask for it needs what it stands on.
 * Implementations have a public constructor without arguments and do nothing until they are opened.
 */
public interface CheckerProvider {

    /** As on the command line: {@code knossos}. */
    String name();

    /** One sentence for people, without a full stop. */
    String meaning();

    /** The names of the guarantees that it judges. */
    List<String> guarantees();

    /**
     * The settings that it understands, each with what it says in one sentence.
     */
    Map<String, String> settings();

    /**
     * Makes it ready to judge.
     *
     * @param settings values of some of {@link #settings}
     * @param classPath jars and folders, as paths that exist, in which it may look for what it stands on
     * @throws CheckerUnavailableException if what it stands on is not there; the message says how to add it
     * @throws IllegalArgumentException if a setting has a value that cannot be; the message names it
     */
    OpenChecker open(Map<String, String> settings, List<String> classPath) throws CheckerUnavailableException;
}
