package dev.umpire.checkers.verdict;

/**
 * A number that a verdict tells beside its answer.
 *
 * @param name what was measured or counted, in the words of the field: {@code lost}, {@code p99}
 * @param value in {@code unit}; finite
 * @param unit what it counts
 */
public record Figure(String name, double value, Unit unit) {

    public Figure {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("value: found " + value + ", expected a finite number");
        }
    }

    /** So many of something. */
    public static Figure count(String name, long value) {
        return new Figure(name, value, Unit.COUNT);
    }

    /** So many nanoseconds. */
    public static Figure nanos(String name, long value) {
        return new Figure(name, value, Unit.NANOS);
    }

    /** A share of a whole, 0 to 1. */
    public static Figure fraction(String name, double value) {
        return new Figure(name, value, Unit.FRACTION);
    }

    /** What a figure counts. */
    public enum Unit {
        COUNT,
        NANOS,
        FRACTION
    }
}
