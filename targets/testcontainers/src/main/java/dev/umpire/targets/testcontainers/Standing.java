package dev.umpire.targets.testcontainers;

/**
 * What a node says of itself.
 *
 * @param leads whether it takes writes; true of every node of a store without a leader
 * @param position how much it has of the one order of the store's writes; equal at all nodes once all have everything
 */
public record Standing(boolean leads, long position) {

    /** {@code leads at 812}. */
    String describe() {
        return (leads ? "leads at " : "follows at ") + position;
    }
}
