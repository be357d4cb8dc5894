package dev.umpire.targets.command;

/** One request on its way to a client: waits until the client runs, is under way, is over; or is given up. Thread-safe. */
final class Turn {
    private enum State {
        WAITING,
        UNDER_WAY,
        OVER
    }

    private State state = State.WAITING;

    /** Whether it is still wanted; it is under way then. */
    synchronized boolean begin() {
        boolean wanted = state == State.WAITING;
        state = wanted ? State.UNDER_WAY : State.OVER;
        return wanted;
    }

    synchronized void end() {
        state = State.OVER;
    }

    /** Nobody wants it any more; whether it is under way, so that its answer would come into the way of the next one. */
    synchronized boolean giveUp() {
        boolean underWay = state == State.UNDER_WAY;
        state = State.OVER;
        return underWay;
    }
}
