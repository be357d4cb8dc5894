package dev.umpire.checkers.verdict;

/**
 * Tells a search that its time is over. Checkers read no clock: whoever asks them has one, and gives them this.
 *
 * <p>A search asks every few hundred steps, and before every step that a model takes; a step that never comes back is for
 * whoever asked to leave behind. May be asked and told from any thread.
 */
@FunctionalInterface
public interface Deadline {

    /** Never over. */
    Deadline NONE = () -> false;

    /** Whether the answer is to be given now; once true, always true. */
    boolean isOver();

    /**
     * Leaves the search if the time is over.
     *
     * @throws TimeIsOver if it is
     */
    default void ask() {
        if (isOver()) {
            throw new TimeIsOver();
        }
    }

    /** Is told how far a search came, each time that it came further than before. */
    default void reached(Reached reached) {}

    /**
     * How far a search came.
     *
     * @param decided how many objects (keys) are decided
     * @param objects how many there are
     * @param placed how many operations of the object at hand were put in order at most
     * @param operations how many it has
     */
    record Reached(int decided, int objects, int placed, int operations) {

        /** {@code 3 of 7 keys decided, 41 of 90 operations of the next placed}. */
        public String text() {
            return decided + " of " + objects + (objects == 1 ? " key" : " keys") + " decided, " + placed + " of "
                    + operations + (operations == 1 ? " operation" : " operations") + " of the next placed";
        }
    }
}
