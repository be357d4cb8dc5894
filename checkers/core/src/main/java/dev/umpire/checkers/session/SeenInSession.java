package dev.umpire.checkers.session;

import dev.umpire.checkers.register.Register;

/**
 * What one session has seen of one key so far: the first read of each value, and the last read of any other value.
 *
 * <p>8 bytes a write, used again for every session.
 */
final class SeenInSession {
    private static final int NONE = -1;

    private final Register register;
    private final int[] sessionOf;
    private final int[] firstOf;
    private int session;
    /** The last invoked read of all, and the last invoked one with another value than that. */
    private int latest = NONE;

    private int latestOfOther = NONE;

    SeenInSession(Register register) {
        this.register = register;
        sessionOf = new int[register.writeCount()];
        firstOf = new int[register.writeCount()];
    }

    /** A new session. */
    void begin() {
        session++;
        latest = NONE;
        latestOfOther = NONE;
    }

    /** A read completed; reads are seen in the order of their completions. */
    void see(int read) {
        int value = register.source(read);
        if (value >= 0 && sessionOf[value] != session) {
            sessionOf[value] = session;
            firstOf[value] = read;
        }
        if (latest == NONE) {
            latest = read;
        } else if (register.source(latest) == value) {
            latest = Math.max(latest, read);
        } else if (read > latest) {
            latestOfOther = latest;
            latest = read;
        } else if (latestOfOther == NONE || read > latestOfOther) {
            latestOfOther = read;
        }
    }

    /** The read that completed first of those that returned the value, or -1. */
    int first(int value) {
        return sessionOf[value] == session ? firstOf[value] : NONE;
    }

    /** The read that was invoked last of those that returned another value, or -1. */
    int latestOther(int value) {
        return latest != NONE && register.source(latest) != value ? latest : latestOfOther;
    }
}
