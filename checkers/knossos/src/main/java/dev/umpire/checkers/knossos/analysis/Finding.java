package dev.umpire.checkers.knossos.analysis;

import dev.umpire.checkers.verdict.Answer;
import java.util.List;

/**
 * What Knossos says of one object.
 *
 * @param object the number of the object in its history
 * @param answer whether it is linearizable
 * @param witness of an INVALID object: the last operation that found a place, if there is one, then the one that found none;
 *     numbers of operations in their history
 * @param details of an INVALID object: the configurations that were left and how each of them ends, one line each
 * @param reason of an UNKNOWN object: why; else empty
 * @param millis how long the analysis took, in milliseconds
 */
public record Finding(
        int object, Answer answer, List<Integer> witness, List<String> details, String reason, long millis) {
    public Finding {
        witness = List.copyOf(witness);
        details = List.copyOf(details);
        if (answer == Answer.INVALID && witness.isEmpty()) {
            throw new IllegalArgumentException("witness: found none, expected at least one operation for INVALID");
        }
        if (answer == Answer.UNKNOWN && reason.isBlank()) {
            throw new IllegalArgumentException("reason: found none, expected one for UNKNOWN");
        }
    }

    /** An order was found. */
    public static Finding valid(int object, long millis) {
        return new Finding(object, Answer.VALID, List.of(), List.of(), "", millis);
    }

    /** There is no order. */
    public static Finding invalid(int object, List<Integer> witness, List<String> details, long millis) {
        return new Finding(object, Answer.INVALID, witness, details, "", millis);
    }

    /** Neither is known; {@code reason} is a clause without a full stop. */
    public static Finding unknown(int object, String reason, long millis) {
        return new Finding(object, Answer.UNKNOWN, List.of(), List.of(), reason, millis);
    }
}
