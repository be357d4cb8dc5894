package dev.umpire.harness.target;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * A replicated store that can be tested. Implementations are found by {@link java.util.ServiceLoader} and have a public
 * constructor without parameters.
 */
public interface Target {

    /** Its name on the command line. */
    String name();

    /** One sentence for people. */
    String meaning();

    /** Whether it runs in virtual time; no, as by default, of every store that is real. */
    default boolean simulated() {
        return false;
    }

    /**
     * What {@link FaultControl#sendsAgain} says of its clusters, known before one is started: whether what links lose is sent again;
     * yes, as by default, of every store that is real. The nemesis draws by what the cluster says, and by this it is judged what a
     * schedule may do under a promise.
     */
    default boolean sendsAgain() {
        return !simulated();
    }

    /** The settings that it takes. Names {@code configuration} and {@code defect} are Umpire's own. */
    List<Setting> settings();

    /** Its named correct configurations. */
    List<Configuration> configurations();

    /** The defects that it can be told to have; none, as by default, of real stores. */
    default List<Defect> defects() {
        return List.of();
    }

    /** What these settings make of it, in a few words: {@code "single-leader · asynchronous · reads at any follower"}. */
    String describe(Settings settings);

    /** The faults that it can be given with these settings. */
    Set<FaultKind> faults(Settings settings);

    /**
     * Why a fault that {@link #faults} leaves out cannot be given on this machine, where it could on another; empty, as by default:
     * it can on none, with these settings.
     */
    default Optional<String> missingFor(FaultKind kind) {
        return Optional.empty();
    }

    /**
     * How many nodes a cluster must have to be given a fault, 2 or more; 2, as by default: there is another one beside the node that is
     * struck. {@code all} leaves out what a cluster is too small for.
     */
    default int leastNodes(FaultKind kind) {
        return 2;
    }

    /**
     * What the positions count that its clients tell with these settings, one of it, in English; {@code entry}, as by default, where
     * each write has the next number. Empty: nothing by which it could be told how far a replica is behind another.
     *
     * @param nodes how many the cluster has, 1 or more: where nobody tells a position but replicas, one alone has none to be compared
     *     with
     */
    default Optional<String> positionUnit(Settings settings, int nodes) {
        return Optional.of("entry");
    }

    /**
     * Whether its clients may tell with these settings where a write stands among others: a version of its key or a position
     * ({@link Response.Ok#version}, {@link Response.Ok#position}); yes, as by default, of every target that does not know better. Where
     * none is told, and nothing is asked but reads and writes of one key each, no answer could break consistent-prefix, which is then
     * judged only where it is named.
     */
    default boolean tellsOrder(Settings settings) {
        return true;
    }

    /** The functions that its clients understand with these settings: {@code read}, {@code write}, {@code snapshot}. */
    Set<String> functions(Settings settings);

    /**
     * Refuses settings that contradict one another or the number of nodes, before anything is started.
     *
     * @throws IllegalArgumentException if they do; the message says what was found and what is expected
     */
    default void requirePossible(Settings settings, int nodes) {
        // every combination is possible, unless a target knows better
    }

    /**
     * Starts a cluster; completes when every node is ready for requests.
     *
     * <p>If it fails, everything that was started has been undone and the exception's message says what a user can do: the
     * missing package, the last lines of the node's log.
     */
    CompletionStage<Cluster> start(StartContext context);
}
