package dev.umpire.checkers.lint;

/**
 * A mistake that a recording shows.
 *
 * @param mistake its kind
 * @param count how often it was made; 1 or more
 * @param operation the number of the operation that shows it first
 * @param sentence what that operation shows, without a full stop
 */
public record Finding(Mistake mistake, long count, int operation, String sentence) {
    public Finding {
        if (count < 1) {
            throw new IllegalArgumentException("count: found " + count + ", expected 1 or more");
        }
    }
}
