package dev.umpire.checkers.online;

import dev.umpire.histories.value.Value;
import java.util.Optional;

/**
 * What an acknowledged operation read of one key.
 *
 * @param operation that read it, alone or with other keys; complete
 * @param value that was returned
 * @param from what it came from
 * @param source the write that it came from, if that is known; of failed ones the last
 * @param open what is under way
 */
record Read<W extends Write>(Operation operation, Value value, From from, Optional<W> source, Open open) {

    /** Where a value came from. */
    enum From {
        INITIAL,
        /** A write that has not failed, so far. */
        WRITE,
        /** Writes that failed, all of them. */
        FAILED_WRITE,
        /** Nobody, so far. */
        NOBODY,
        /** A write of which no more is remembered than that it was acknowledged. */
        FORGOTTEN,
        /** Perhaps a write that is forgotten, perhaps nobody. */
        PERHAPS_FORGOTTEN
    }
}
