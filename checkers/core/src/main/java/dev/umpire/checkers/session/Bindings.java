package dev.umpire.checkers.session;

/**
 * What binds a session under one version order: any combination of the four session guarantees.
 *
 * @param ownWrites read your writes: its reads by its earlier writes
 * @param ownReads monotonic reads: its reads by its earlier reads
 * @param writesInOrder monotonic writes: its writes by its earlier writes
 * @param writesAfterReads writes follow reads: its writes by its earlier reads
 */
record Bindings(boolean ownWrites, boolean ownReads, boolean writesInOrder, boolean writesAfterReads) {

    /** What binds reads alone. */
    Bindings(boolean ownWrites, boolean ownReads) {
        this(ownWrites, ownReads, false, false);
    }

    /** Whether anything is bound. */
    boolean bindsAnything() {
        return ownWrites || ownReads || bindsWrites();
    }

    /** Whether any write is bound. */
    boolean bindsWrites() {
        return writesInOrder || writesAfterReads;
    }
}
